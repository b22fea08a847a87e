import type { Input } from "@pulumi/pulumi";
import type { ChosenPolicy, ClientAddress, TrafficDistribution } from "./enums";

// What decides among policies; the sentences on requirements are core's own (`REQUIREMENTS`), and a test holds them together.

/** What the chosen policy must give. Fractions of new connections, held against the 95th percentile over placements. */
export interface RequirementsArgs {
  /**
   * Whether pods must see the client's address: `required` rejects what hides it, `preferred` breaks ties, `ignored` does not look.
   * Default preferred.
   */
  clientAddress?: Input<ClientAddress>;
  /** Largest tolerated fraction of dropped connections in steady state. Default 0. */
  maxDropped?: Input<number>;
  /** Largest tolerated multiple of its fair share that the hottest pod gets. Default 1.5. */
  maxHottest?: Input<number>;
  /** Least number of nodes that must have a pod, where only those carry traffic. Default 2. */
  minNodesServing?: Input<number>;
  /** Largest tolerated fraction of connections that kube-proxy takes to another node: an extra hop. 1 does not look. Default 1. */
  maxCrossNode?: Input<number>;
  /**
   * Largest tolerated fraction of connections that kube-proxy takes to another zone, which clouds bill. 1 does not look. Default 1.
   */
  maxCrossZone?: Input<number>;
  /**
   * Largest tolerated loss over a rollout, in seconds of all new connections: half of them dropped for ten seconds come to five. Absent
   * does not look.
   */
  maxRolloutLossSeconds?: Input<number>;
  /** Whether clients inside the cluster must be able to use the load balancer's address. Default false. */
  inClusterClients?: Input<boolean>;
}

/** What the chosen policy must give to clients inside the cluster. Fractions of new connections, held against the 95th percentile. */
export interface InternalRequirementsArgs {
  /** Largest tolerated fraction of dropped connections in steady state. Default 0. */
  maxDropped?: Input<number>;
  /** Largest tolerated multiple of its fair share that the hottest pod gets. Default 1.5. */
  maxHottest?: Input<number>;
  /** Largest tolerated fraction of connections that kube-proxy takes to another node: an extra hop. 1 does not look. Default 1. */
  maxCrossNode?: Input<number>;
  /**
   * Largest tolerated fraction of connections that kube-proxy takes to another zone, which clouds bill. 1 does not look. Default 1.
   */
  maxCrossZone?: Input<number>;
  /**
   * Largest tolerated loss over a rollout, in seconds of all new connections: half of them dropped for ten seconds come to five. Absent
   * does not look.
   */
  maxRolloutLossSeconds?: Input<number>;
}

/** What every Service takes whose policy may be chosen by `Auto`. */
export interface ChoiceArgs {
  /**
   * File of choices that `evenkeel decide --pin` wrote; relative to the program, from other languages absolute. What it holds for this
   * Service stays while it meets the requirements.
   */
  decisionFile?: string;
  /** The same choice in plain, instead of `decisionFile`. */
  pinned?: PinnedArgs;
  /** From what part of the deciding number on a pinned choice is told of a better one. Default 0.1. */
  betterBy?: Input<number>;
}

/** A choice that was made before. */
export interface PinnedArgs {
  /** The policy. */
  policy: Input<ChosenPolicy>;
  /** Preferred endpoints, if any. */
  trafficDistribution?: Input<TrafficDistribution>;
}
