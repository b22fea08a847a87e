import type { Node, Taint } from "@evenkeel/core/model";

/** A Node of the recordings, whole: what it does not have is not there, rather than not known. */
export interface NodeObject {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly providerID?: string;
    readonly unschedulable?: boolean;
    readonly taints?: readonly Taint[];
  };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

export function nodeOf({ metadata, spec = {}, status = {} }: NodeObject): Node {
  const condition = (name: string) => status.conditions?.find(({ type }) => type === name)?.status;
  const ready = condition("Ready");
  const unavailable = condition("NetworkUnavailable");
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    taints: spec.taints ?? [],
    unschedulable: spec.unschedulable ?? false,
    allocatable: {},
    ready: ready === "Unknown" ? "unknown" : ready === "True",
    ...(unavailable === undefined ? {} : { networkUnavailable: unavailable === "True" }),
    providerID: spec.providerID ?? "",
  };
}
