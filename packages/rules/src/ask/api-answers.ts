import type { ApiError, Undecided } from "@evenkeel/core/api";
import { SUPPORTED_VERSIONS, type Cluster, type ObjectRef } from "@evenkeel/core/model";
import type { FactId } from "../facts";
import { undecided, violated, type Outcome } from "../frame/outcome";
import { show } from "./show";

/** What servers of one version say of an object. */
export interface Verdict {
  /** Minor version: `1.36`. */
  readonly version: string;
  readonly errors: readonly ApiError[];
  readonly undecided: readonly Undecided[];
}

const BOTH_ENDS: readonly string[] = [SUPPORTED_VERSIONS.newest, SUPPORTED_VERSIONS.oldest];

/** With no version given, what both ends of the supported range refuse is certain; what one of them refuses rests on the version. */
export function versionsAsked({ kubernetesVersion }: Cluster): readonly string[] {
  return kubernetesVersion === undefined ? BOTH_ENDS : [kubernetesVersion];
}

/** An outcome for each thing that the API server refuses, in its own words. */
export function refusals(verdicts: readonly Verdict[], ref: ObjectRef): readonly Outcome[] {
  return merged(verdicts).map(({ error, only }) =>
    violated({
      // What the API server says of a field is a fact of that field.
      facts: [error.fact as FactId],
      at: { resource: ref, path: error.path },
      seen: seen(error),
      wanted: error.message || error.kind.toLowerCase(),
      effect: `the API server answers: ${error.text}`,
      ...(only ? { assumption: `the cluster runs Kubernetes ${only}, or one that agrees with it` } : {}),
    }),
  );
}

/** An outcome for each value that a check waits for. */
export function waiting(unknowns: readonly Undecided[], ref: ObjectRef): readonly Outcome[] {
  return unknowns.map(({ unknown }) =>
    undecided({
      facts: [`K8S:${unknown.path}`],
      at: { resource: ref, path: unknown.path },
      unknown,
      how: "set it to a plain value",
    }),
  );
}

function merged(verdicts: readonly Verdict[]): readonly { error: ApiError; only?: string }[] {
  const [first, second] = verdicts;
  if (!first || verdicts.every(({ errors }) => errors.length === 0)) return [];
  if (!second) return first.errors.map((error) => ({ error }));
  // Texts change between releases; the place and the kind of an error tell whether both mean the same.
  const key = ({ path, kind }: ApiError): string => `${path} ${kind}`;
  const mine = new Set(first.errors.map(key));
  const theirs = new Set(second.errors.map(key));
  return [
    ...first.errors.map((error) => (theirs.has(key(error)) ? { error } : { error, only: first.version })),
    ...second.errors
      .filter((error) => !mine.has(key(error)))
      .map((error) => ({ error, only: second.version })),
  ];
}

function seen({ value, kind }: ApiError): string {
  if (kind === "Required") return "not set";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? show(value)
    : "set";
}
