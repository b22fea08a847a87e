import type { Node } from "./node";
import type { Pod } from "./pod";
import type { ReleaseAssumption } from "../releases";

/** What implements Services on the nodes. Proved for `iptables` and `nftables`; elsewhere answers carry the assumption. */
export const DATAPLANES = ["iptables", "nftables", "ipvs", "cilium", "ovn", "other"] as const;
export type Dataplane = (typeof DATAPLANES)[number];

export function isProved(dataplane: Dataplane): boolean {
  return dataplane === "iptables" || dataplane === "nftables";
}

/** The cluster as far as it is known: its version, its data plane, its nodes and what already runs on them. */
export interface Cluster {
  /** `1.36`, `1.36.3`. Absent: answer for the supported range and say where the answer changes. */
  readonly kubernetesVersion?: string;
  /** Set where the cluster's own version is another one, which is not modelled. */
  readonly versionAssumption?: ReleaseAssumption;
  readonly dataplane: Dataplane;
  readonly nodes: readonly Node[];
  /** Groups of nodes whose number an autoscaler moves. */
  readonly nodeRanges?: readonly NodeRange[];
  /** Pods that already run; background for the placement of new ones. */
  readonly pods: readonly Pod[];
  /**
   * Fraction of each node's CPU and memory that is already asked for, drawn evenly between 0 and this bound in every trial.
   * Only where `pods` does not say it.
   */
  readonly backgroundLoad?: number;
  /** Sentence that says where the shape comes from if nobody gave it. */
  readonly assumed?: string;
  /** Where the nodes were read from, if it does not tell all of them. */
  readonly readFrom?: ReadFrom;
}

/** A source that describes nodes in part, such as the node groups of a stack. */
export interface ReadFrom {
  /** What people call it. */
  readonly name: string;
  /** Sentence that says what was read, and what of the nodes had to be assumed. */
  readonly says: string;
}

/** A group of nodes whose number an autoscaler moves, from `min` to as many as are listed. */
export interface NodeRange {
  readonly min: number;
  /** All that there may be, in the order in which they come; the nodes of the cluster have the first of them, at least `min`. */
  readonly nodes: readonly Node[];
}
