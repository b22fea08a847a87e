import type { Front, HealthCheck, Published, Service, ServicePort, Setting, TargetKind } from "../../model";
import type { Fact } from "../facts";
import type { Laws } from "../laws";

/**
 * A cloud whose controller turns a LoadBalancer Service without a class into a load balancer that sends to the node ports of the nodes.
 * The clouds differ in what is said here and in nothing else: a cloud is one file in `rows/`, with its test, and a line in its index.
 */
export interface NodePortCloud {
  /** `hetzner-cloud`: the value of `Front.balancer`, and how programs name it. */
  readonly name: string;
  /** `Hetzner Cloud Load Balancer`: what people call it. */
  readonly title: string;
  readonly controller: {
    /** `hcloud-cloud-controller-manager`. */
    readonly name: string;
    readonly title: string;
    /** The image of its container, by which its workload is found in the input. */
    readonly image: RegExp;
    /** Variables of its environment that decide about load balancers. */
    readonly environment?: readonly string[];
    /** The file that it is configured with: the key of a Secret or ConfigMap, the section, and the settings that are read of it. */
    readonly configFile?: {
      readonly name: string;
      readonly section: string;
      readonly settings: readonly string[];
    };
    /** Whether it is set up to build load balancers at all; absent: always. */
    readonly builds?: (settings: CloudSettings) => boolean;
  };
  /** `spec.providerID` of the cloud's nodes. */
  readonly providerID: RegExp;
  readonly annotations: {
    /** What the keys of its Services begin with. */
    readonly prefixes: readonly string[];
    /** Keys that the controller reads or writes. */
    readonly known: readonly string[];
    /** Beginnings of keys that end in a port or a name. */
    readonly families?: readonly string[];
    /** Keys that are read only beside another one, with that one. */
    readonly needs?: Readonly<Record<string, string>>;
  };
  /** Annotations that fix the health check, so that it does not follow the traffic policy any more. */
  readonly healthCheckKeys: readonly string[];
  /** The load balancer of one port of a Service. Refuses (`refuse`) where the controller does. */
  front(asked: Asked): CloudFront;
  /** Times of the check that people are advised to set: those that the controller uses where nobody says otherwise. */
  readonly checkTimes: CheckTimes;
  /** What happens while no node is healthy, where a source says so. */
  readonly withoutHealthyTargets: "sendsToAll" | "refuses" | "unknown";
  /** Whether the load balancer keeps the client's address unless it is configured otherwise. */
  readonly preservesClientAddress: boolean;
  /** Set where packets keep the load balancer's address and port instead of going to a node port. */
  readonly deliversTo?: (front: Front) => "nodePort" | "loadBalancerAddress";
  /** Set where under Local only nodes with ready pods are targets, each weighing as much as it has pods. */
  readonly onlyNodesWithPods?: true;
  readonly laws: Laws;
}

/** What is to be known of a row besides: the facts that its laws rest on, by id. */
export type CloudFacts = Readonly<Record<string, Fact>>;

/** Settings of a controller by the names of their variables or of the file, and its `version`; all are text. */
export type CloudSettings = Readonly<Record<string, string>>;

/** One port of a Service that a controller is to build a load balancer for. */
export interface Asked {
  readonly service: Service;
  readonly port: ServicePort;
  /** Place of the port in `spec.ports`. */
  readonly index: number;
  readonly settings: CloudSettings;
}

/** What a row decides about the load balancer of a port; the rest is the same for all. */
export interface CloudFront {
  /** Absent where nothing checks the nodes. */
  readonly healthCheck?: HealthCheck;
  readonly proxyProtocol: Front["proxyProtocol"];
  readonly preservesClientAddress: Setting<boolean>;
  readonly publishes: Setting<Published>;
  /** Port of the node that receives the traffic, where it is not the node port. */
  readonly targetPort?: Setting<number>;
  /** What it sends to, where it is not nodes. */
  readonly targets?: Setting<TargetKind>;
  readonly nodeSelector?: Front["nodeSelector"];
  readonly attributes?: Front["attributes"];
}

export interface CheckTimes {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}
