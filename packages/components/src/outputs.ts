// What the components say about themselves. Units: fractions are of new connections; seconds are seconds.

/** One number over the placements that were tried. */
export interface Figure {
  /** Over all of them. */
  mean: number;
  /** What 95 % of the placements do not exceed on the bad side. */
  p95: number;
  /** The worst of them. */
  worst: number;
}

/** A change that would let a rejected policy pass. */
export interface Fix {
  /** `Local`: the policy that it is for. */
  policy: string;
  /** What to do. */
  change: string;
  /** What it is predicted to come to. */
  effect: string;
}

/** What became of a choice that was pinned. */
export interface Pinned {
  /** `Local`, `Cluster + PreferSameNode`. */
  policy: string;
  /** It stays while it meets the requirements. */
  kept: boolean;
  /** What would now be better by the margin, if anything. */
  better?: string;
  /** By what part of the deciding number that is better. */
  betterBy?: number;
}

/** Why a policy, and what it was compared with. */
export interface Comparison {
  /** Preferred endpoints, if any. */
  trafficDistribution?: string;
  /** Whether the policy was chosen here, rather than given. */
  chosen: boolean;
  /** Whether it meets every requirement. */
  met: boolean;
  /** In sentences with numbers. */
  why: string[];
  /** What was rejected, by which requirement. */
  rejected: string[];
  /** The choice that was pinned, if one was. */
  pinned?: Pinned;
  /** Changes that would let a preferable policy pass. */
  fixes: Fix[];
  /** Shapes of the cluster that it holds for. */
  clusters: string[];
  /** Placements tried on each. */
  trials: number;
  /** The same seed gives the same answer. */
  seed: number;
}

/** Which policy for clients outside the cluster, why, and what it was compared with. */
export interface Decision extends Comparison {
  /** Cluster or Local. */
  externalTrafficPolicy: string;
}

/** Which policy for clients inside the cluster, why, and what it was compared with. */
export interface InternalDecision extends Comparison {
  /** Cluster or Local. */
  internalTrafficPolicy: string;
}

/** What the traffic of one side comes to on one shape of the cluster. */
export interface Estimate {
  /** external or internal. */
  side: string;
  /** Ports of the Service that it stands for. */
  ports: number[];
  /** Shape of the cluster. */
  cluster: string;
  /** Pods that serve, or wait to be placed. */
  pods: number;
  /** Pods that could not be placed. */
  pending: Figure;
  /** Largest share over the fair one; absent without pods, or when all is dropped. */
  hottest?: Figure;
  /** Part of the pods' total capacity that can be used before one is full. */
  usableCapacity?: Figure;
  /** Nodes with a pod. */
  nodesServing: Figure;
  /** Targets that pass the health check. */
  targetsHealthy?: Figure;
  /** Connections that are sent to a node that has nothing for them. */
  dropped: Figure;
  /** Connections that take an extra hop between nodes. */
  crossNode: Figure;
  /** Connections that cross a zone. */
  crossZone: Figure;
  /** Whose address pods see: client, node or balancer. */
  clientAddress: string;
  /** Seconds until the load balancer stops sending to a node or pod that stopped. */
  detectionSeconds?: number;
  /** Seconds of these in which connections are lost. */
  lossSeconds?: number;
  /** What had to be assumed. */
  assumptions: string[];
}
