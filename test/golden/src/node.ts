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
  const ready = status.conditions?.find(({ type }) => type === "Ready")?.status;
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    taints: spec.taints ?? [],
    unschedulable: spec.unschedulable ?? false,
    allocatable: {},
    ...(ready === undefined ? {} : { ready: ready === "True" }),
    ...(spec.providerID === undefined ? {} : { providerID: spec.providerID }),
  };
}
