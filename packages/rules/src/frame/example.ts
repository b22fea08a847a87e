import type { FindingVerdict, Level } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import type { PatchFields } from "./merge-patch";

/** An example that the tests run through the real adapters and the docs print. */
export interface Example {
  readonly name: string;
  /** Kubernetes manifests, or Pulumi resources `{ type, name, properties }`. */
  readonly objects?: readonly ExampleObject[];
  /** Texts of files by name, for rules about text and for sources that are no objects: `web.yaml`, `haproxy.cfg`. */
  readonly files?: Readonly<Record<string, string>>;
}

export type ExampleObject = Readonly<Record<string, unknown>>;

/** Something wrong, and every finding that its rule must report of it, in order. */
export interface BadExample extends Example {
  readonly expect: Expected | readonly [Expected, ...Expected[]];
}

/** Something right: its rule has nothing to report but what the example says is left open, and no mandatory rule anything. */
export interface GoodExample extends Example {
  readonly expect?: ExpectedUndecided | readonly ExpectedUndecided[];
}

/**
 * A finding as its reader gets it. What is left out has a meaning too: no patch, nothing related, no assumption. `facts` default
 * to the rule's, `fix` and `level` to those that the rule's first bad example states.
 */
export type Expected = ExpectedViolation | ExpectedUndecided;

interface ExpectedEverywhere {
  /** The object and the field to edit: `Service shop/web spec.type`. */
  readonly at: string;
  /** `haproxy.cfg:5`, or `web.yaml` where the finding has no line. */
  readonly file?: string;
  readonly facts?: readonly FactId[];
  readonly level?: Level;
}

export interface ExpectedViolation extends ExpectedEverywhere {
  readonly verdict?: "violated";
  readonly seen: string;
  readonly wanted: string;
  /** The consequence in this case; the rule's `why` if left out. */
  readonly effect?: string;
  readonly fix?: string;
  /** What the patch changes, without the head that names the object. */
  readonly patch?: PatchFields;
  /** Other objects of the finding: `Deployment shop/web`. */
  readonly related?: readonly string[];
  readonly assumption?: string;
}

export interface ExpectedUndecided extends ExpectedEverywhere {
  readonly verdict: Extract<FindingVerdict, "unknown" | "notJoined">;
  /** Path of the unknown value, or the side that is missing. */
  readonly missing: string;
  readonly detail: string;
  /** What would decide it. */
  readonly how: string;
}
