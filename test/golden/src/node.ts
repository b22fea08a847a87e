import type { Node, Taint } from "@evenkeel/core/model";

/** A Node of the recordings, with the fields that our model reads. */
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
    ...(ready === undefined ? {} : { ready: ready === "True" }),
    ...(unavailable === undefined ? {} : { networkUnavailable: unavailable === "True" }),
    ...(spec.providerID === undefined ? {} : { providerID: spec.providerID }),
  };
}
