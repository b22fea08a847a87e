import type { Exposure, Missing } from "./exposure";
import type { Front } from "./front";
import type { Knowable } from "./knowable";
import type { ObjectRef } from "./ref";
import type { Place } from "./setting";
import type { Workload } from "./workload";

/**
 * Everything that one source holds: what adapters return, and what rules and controllers are asked about. A source leaves out the
 * parts that it cannot have: only files have texts, only stacks have load balancers of their own.
 */
export interface Inventory {
  readonly exposures: readonly Exposure[];
  /** Workloads that no Service of the exposures selects. */
  readonly workloads?: readonly LoneWorkload[];
  /** Single resources by kind, for questions about values that need nothing else. */
  readonly resources?: Resources;
  /** Kubernetes objects that controllers of load balancers read, by kind. */
  readonly objects?: Readonly<Record<string, readonly ResourceRecord[]>>;
  /** Objects as text. */
  readonly texts?: readonly SourceText[];
  /** Fronts whose Service was not found in the source. */
  readonly unjoined?: readonly Unjoined[];
}

/** A Service by itself and the versions of its cluster: no verdict on it changes with what is joined to it. */
export type LoneService = Pick<Exposure, "service" | "written" | "stored" | "cluster">;

/** A workload by itself and the versions of its cluster, whether or not a Service selects it. */
export interface LoneWorkload extends Pick<Exposure, "cluster"> {
  readonly workload: Workload;
}

/** A front whose Service, or the target group of a binding, was not found in the source. */
export interface Unjoined {
  /** The resource that makes the front: a target group, a binding without its target group, a listener of a proxy. */
  readonly ref: ObjectRef;
  /** Where its Service can be named. */
  readonly at: Place;
  readonly missing: Missing;
  readonly front: Front;
}

/** One resource by itself, as its source has it. */
export interface ResourceRecord {
  readonly ref: ObjectRef;
  readonly properties: Readonly<Record<string, Knowable<unknown>>>;
}

export type ResourceKind = "loadBalancer" | "listener" | "targetGroup" | "targetGroupBinding" | "addressPool";

/** Single resources by kind. */
export type Resources = Readonly<Partial<Record<ResourceKind, readonly ResourceRecord[]>>>;

/** One object as its file has it, for questions about the text itself. */
export interface SourceText {
  readonly ref: ObjectRef;
  /** Keys that are written twice in one map; the later one wins. */
  readonly duplicateKeys: readonly DuplicateKey[];
}

export interface DuplicateKey {
  readonly path: string;
  readonly key: string;
  readonly firstLine: number;
  readonly line: number;
}
