import type { Advice } from "./advice";
import type { Cluster } from "./cluster";
import type { Endpoint } from "./endpoint";
import type { Front } from "./front";
import type { Service, TrafficDistribution, TrafficPolicy } from "./service";
import type { Place, Setting } from "./setting";
import type { Unknown } from "./knowable";
import type { Workload } from "./workload";

/** A side of the exposure that is not in sight, and what would bring it in. */
export interface Missing {
  readonly what: "service" | "workload" | "front" | "loadBalancer" | "cluster" | "endpoints";
  /** `selector app=web matches no workload in this input`. */
  readonly detail: string;
  /** What would bring it in. */
  readonly how: Advice;
  /** Where a front is missing because its controller refuses to build it: who, and the value it refuses. */
  readonly refused?: Refused;
}

export interface Refused {
  /** Name of the controller: `aws-load-balancer-controller`. */
  readonly by: string;
  readonly at: Place;
  /** The value as written. */
  readonly seen: string;
  readonly wanted: string;
  /** Facts that it stands for, beside the general one. */
  readonly facts?: readonly string[];
  /** What is assumed of who builds the load balancer: `no webhook gives the Service a class`. */
  readonly assumption?: string;
}

/**
 * The waist: one Service, exposed. Sources (arguments of a component, resource properties in a policy pack, manifests, a live
 * cluster) are turned into Exposures by adapters; every question of core and every rule is asked of one.
 */
export interface Exposure {
  readonly service: Service;
  /** The Service object as its source has it, before defaults: what the API server would be asked to take. */
  readonly written?: Readonly<Record<string, unknown>>;
  /** The Service object that an API server has now and that `written` is to take the place of, where the source tells. */
  readonly stored?: Readonly<Record<string, unknown>>;
  /** The cluster that the Service is in, by whatever its source calls it, where the source may have several. */
  readonly scope?: string;
  /** What stands in front, one per load balancer and port. */
  readonly fronts: readonly Front[];
  /** What the selector matches; usually one, two during a blue-green switch, none if it is not in sight. */
  readonly workloads: readonly Workload[];
  readonly cluster: Cluster;
  /**
   * Endpoints by Service port name: as observed in a live cluster, or as people keep them for a Service without a selector. Absent:
   * predict them.
   */
  readonly endpoints?: Readonly<Record<string, readonly Endpoint[]>>;
  readonly missing: readonly Missing[];
  /** Wishes stated by the source: client address wanted, in-cluster clients. */
  readonly wishes?: Wishes;
  /** The side whose policy the source leaves to be chosen, or wants to be weighed; absent once it is chosen. */
  readonly choice?: PolicyChoice;
  /** Whether the pods read a PROXY header before every connection, where their own configuration is in sight. */
  readonly readsProxyProtocol?: Setting<boolean>;
}

/** A side of the Service whose policy is to be decided about. */
export interface PolicyChoice {
  readonly side: "external" | "internal";
  /** Whether the policy is to be chosen, and is unknown until then; else it is given, and only weighed. */
  readonly isOpen: boolean;
  /** A distribution that is given, so that it is not chosen together with the policy. */
  readonly trafficDistribution?: TrafficDistribution;
  /**
   * The first value that the choice rests on and that is not known yet. Nothing is chosen without it: the choice could differ between
   * preview and update.
   */
  readonly waitsFor?: Unknown;
}

/** What somebody said, or plainly configured, that they want; rules that need a wish are silent without one. */
export interface Wishes {
  readonly clientAddress?: boolean;
  readonly inClusterClients?: boolean;
  /** What a policy must give, as the source states it, by the names of `docs/requirements.md`. */
  readonly requirements?: Readonly<Record<string, unknown>>;
  /** What was chosen before, which stays while it meets the requirements. */
  readonly pinned?: PinnedWish;
}

/** A choice made before, as the source states it. */
export interface PinnedWish {
  readonly side: "external" | "internal";
  readonly choice: {
    readonly externalTrafficPolicy: TrafficPolicy;
    readonly internalTrafficPolicy?: TrafficPolicy;
    readonly trafficDistribution: TrafficDistribution | null;
  };
  /** From what part of the deciding number on a better one is told of. */
  readonly betterBy?: number;
}
