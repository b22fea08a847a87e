import type {
  Front,
  Node,
  ObjectRef,
  Place,
  ResourceRecord,
  Service,
  ServicePort,
  Statement,
  TargetKind,
  Unknown,
  Workload,
} from "../model";
import type { BalancerFactId } from "./facts";
import type { ControllerSettings } from "./settings";

/**
 * Whoever makes load balancers from Services and the objects beside them. Adapters, transitions and rules ask here which load balancer a
 * Service gets, or why none, and how a change reaches it.
 */
export interface Controller {
  /** `aws-load-balancer-controller`: the value of `Front.controller.name`. */
  readonly name: string;
  /** `AWS Load Balancer Controller`: what people call it. */
  readonly title: string;
  /**
   * What it makes of each Service. It is asked once about everything that is there, since address pools, shared addresses, bindings and
   * its own configuration decide too; what it cannot see is unknown by name.
   */
  answersOn(input: ControllerInput): (service: Service) => ControllerAnswer;
  /** What it builds for a Service that it takes, or why it refuses; absent where fronts are not made from Services. */
  build?(service: Service, settings: ControllerSettings): Built | Refusal;
  /** Kinds of objects that it reads beside Services; absent: none. */
  readonly objectKinds?: readonly ObjectKind[];
  /** Keys of Secrets and ConfigMaps that hold its configuration: `cloud.conf`. */
  readonly configFiles?: readonly string[];
  /** Variables of its environment that it is configured with. */
  readonly environment?: readonly string[];
  /** The annotations that it reads on a Service. */
  readonly annotations: AnnotationKeys;
  /** Kinds of target that it can register. */
  readonly targetKinds: readonly TargetKind[];
  /** The edit of a Service that makes it register another kind of target; absent where it has no such choice. */
  targetKindEdit?(kind: TargetKind): { readonly annotation: string; readonly value: string };
  /** Annotations that fix the health check, so that it does not follow the traffic policy any more. */
  readonly healthCheckKeys: readonly string[];
  /** How a change from one front to the other reaches the load balancer. */
  change(before: Front, after: Front): Change;
  /** How a node is taken out of its load balancers. */
  readonly excludeNode: Statement;
}

/** How a change reaches the load balancer: targets stay what they are, or new ones take their place. */
export type Change = { readonly kind: "inPlace" } | { readonly kind: "replaces"; readonly why: Statement };

/** A kind of Kubernetes object: `metallb.io`, `IPAddressPool`. */
export interface ObjectKind {
  readonly group: string;
  readonly kind: string;
}

export interface AnnotationKeys {
  /** What its keys begin with; a key that begins so and is not read is dead or misspelt. */
  readonly prefixes: readonly string[];
  /** Keys that some version reads. */
  readonly known: readonly string[];
  /** Whether a version reads the key; undefined where that is not known. */
  reads(key: string, version?: string): boolean | undefined;
  /** Keys that are read only beside another one, with that one. */
  readonly needs?: Readonly<Record<string, string>>;
}

/** Everything that a controller may look at. */
export interface ControllerInput {
  readonly services: readonly Service[];
  readonly nodes: readonly Node[];
  readonly workloads: readonly Workload[];
  /** Objects of other kinds that controllers read, by kind: `IPAddressPool`, `TargetGroupBinding`. */
  readonly objects: Readonly<Record<string, readonly ResourceRecord[]>>;
  /** Configuration files of controllers, from Secrets and ConfigMaps. */
  readonly configFiles?: readonly ConfigFile[];
  readonly settings: ControllerSettings;
}

/** One key of a Secret or ConfigMap. Its text may hold credentials: nothing of it but known settings is kept. */
export interface ConfigFile {
  readonly ref: ObjectRef;
  /** `cloud.conf`. */
  readonly name: string;
  readonly text: string;
}

/**
 * What shows that a Service is a controller's: its class, an annotation that only this controller reads, its own objects beside the Service, the cloud that the nodes run
 * on; strongest first.
 */
export const EVIDENCE = ["class", "annotation", "objects", "cloud"] as const;
export type Evidence = (typeof EVIDENCE)[number];

export type ControllerAnswer =
  /** It has nothing to do with the Service. */
  | { readonly claim: "no" }
  /** It leaves the Service alone although it looks as if it were meant for it. */
  | {
      readonly claim: "leaves";
      readonly reason: string;
      readonly how: string;
      /** Set where something shows that the Service was meant for it. */
      readonly evidence?: Evidence;
    }
  /** Whether it takes the Service depends on something that is not known yet. */
  | { readonly claim: "unknown"; readonly unknown: Unknown }
  | { readonly claim: "takes"; readonly evidence: Evidence; readonly result: Built | Refusal };

/** What it builds: a front for each port that gets one. */
export interface Built {
  readonly fronts: readonly Front[];
  /** Ports of the Service that get no listener, and why. */
  readonly left: readonly { readonly port: ServicePort; readonly reason: string }[];
  /** What of it is not followed here. */
  readonly notFollowed: readonly { readonly detail: string; readonly how: string }[];
}

/** It builds nothing, because of one value. */
export interface Refusal {
  readonly refused: true;
  readonly at: Place;
  /** The value as written. */
  readonly seen: string;
  readonly wanted: string;
  /** What it rests on and cannot be seen. */
  readonly assumption?: string;
  /** Facts that it stands for, beside the general one. */
  readonly facts?: readonly BalancerFactId[];
}

export const IN_PLACE: Change = Object.freeze({ kind: "inPlace" });
