import type { Labels } from "./selector";
import type { ResourceList } from "./resources";

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** An image on a node, as `status.images` lists it. */
export interface NodeImage {
  readonly names: readonly string[];
  readonly sizeBytes: number;
}

/** A Kubernetes Node, as far as it decides placement and routing. */
export interface Node {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly taints: readonly Taint[];
  readonly unschedulable: boolean;
  /** `status.allocatable` in base units. */
  readonly allocatable: ResourceList;
  readonly images?: readonly NodeImage[];
  /**
   * Condition Ready; `unknown` once the node controller hears nothing from the kubelet. Absent where the source does not say (a
   * hand-written shape), which counts as ready.
   */
  readonly ready?: boolean | "unknown";
  /** Condition NetworkUnavailable; absent where the source does not say, which counts as available. */
  readonly networkUnavailable?: boolean;
  readonly providerID?: string;
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
  readonly podCIDRs?: readonly string[];
}

/**
 * Labels that every kubelet sets on its node, as on most nodes; manifests select by them, the older names included
 * (k/k pkg/kubelet/kubelet_node_status.go initialNode).
 */
export function kubeletLabels(arch: "amd64" | "arm64" = "amd64"): Readonly<Record<string, string>> {
  return {
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": arch,
    "beta.kubernetes.io/os": "linux",
    "beta.kubernetes.io/arch": arch,
  };
}

export const KUBELET_LABELS = kubeletLabels();

export const ZONE_LABEL = "topology.kubernetes.io/zone";
export const REGION_LABEL = "topology.kubernetes.io/region";
export const HOSTNAME_LABEL = "kubernetes.io/hostname";
/** Legacy zone and region labels; the scheduler's node tree still falls back on them. */
export const LEGACY_ZONE_LABEL = "failure-domain.beta.kubernetes.io/zone";
export const LEGACY_REGION_LABEL = "failure-domain.beta.kubernetes.io/region";

/** Whether condition Ready is True, or nothing says. */
export function isReadyNode({ ready = true }: Node): boolean {
  return ready === true;
}

export function zoneOf(node: Node): string | undefined {
  return node.labels[ZONE_LABEL] ?? node.labels[LEGACY_ZONE_LABEL];
}
