import type { Dataplane } from "../model/cluster";
import type { Endpoint } from "../model/endpoint";
import type { IngressAddress } from "../model/service";
import type { NodeView, ServiceTraffic } from "./categorize";

/** How kube-proxy tells the pods of its own node from everybody else: `--detect-local-mode`. */
export const LOCAL_DETECTORS = [
  "clusterCIDR",
  "nodeCIDR",
  "bridgeInterface",
  "interfaceNamePrefix",
  /** Detection by cluster CIDR without a cluster CIDR: nothing is detected. */
  "none",
] as const;
export type LocalDetector = (typeof LOCAL_DETECTORS)[number];

/** The settings of the cluster's network that decide what happens to a connection. */
export interface Network {
  readonly dataplane: Dataplane;
  readonly localDetector: LocalDetector;
  /** `--masquerade-all`. */
  readonly masqueradeAll?: boolean;
  /** `--iptables-localhost-nodeports`; on unless switched off. */
  readonly localhostNodePorts?: boolean;
  /** The pod network hides pods behind their node when they talk to the address of another node. */
  readonly hidesPodsFromNodes?: boolean;
}

export interface FlowNode extends NodeView {
  /** The address that its node ports are reached at and that its own processes talk from. */
  readonly address: string;
}

/** Who opens the connection. */
export type Source =
  | { readonly kind: "pod"; readonly node: string; readonly address: string }
  /** A process of the node itself, or a pod in its network: talks from the node's address. */
  | { readonly kind: "hostNetwork"; readonly node: string }
  /** A process of the node that talks to 127.0.0.1, where the destination is one of the node's own ports. */
  | { readonly kind: "localhost"; readonly node: string }
  /** From outside. `enters` is the node that the packet arrives at first; a node port is entered at its own node. */
  | { readonly kind: "external"; readonly address: string; readonly enters: string };

/** A client outside the cluster. */
export type Client = Extract<Source, { readonly kind: "external" }>;

export type Destination =
  | { readonly kind: "clusterIP" }
  | { readonly kind: "nodePort"; readonly node: string }
  /** An entry of `status.loadBalancer.ingress`. */
  | { readonly kind: "loadBalancer"; readonly ingress: IngressAddress }
  | { readonly kind: "externalIP"; readonly address: string };

/** What of a Service port decides about a connection. */
export interface FlowService {
  readonly traffic: ServiceTraffic;
  readonly loadBalancerSourceRanges: readonly string[];
  readonly sessionAffinity: "None" | "ClientIP";
}

/** A new connection to a port of a Service. */
export interface Flow {
  readonly source: Source;
  readonly destination: Destination;
  readonly service: FlowService;
  readonly endpoints: readonly Endpoint[];
  readonly nodes: readonly FlowNode[];
  readonly network: Network;
}

/** Why the connection goes where it goes. */
export type Because =
  /** The policy of this path, Cluster or Local. */
  | "policy"
  /** External policy Local spares the pods of the node itself: they get the cluster set. */
  | "shortCircuit"
  /** External policy Local spares the node's own processes likewise. */
  | "hostShortCircuit"
  /** No endpoint anywhere. */
  | "noEndpoints"
  /** Endpoints elsewhere, none here, and the policy is Local. */
  | "noLocalEndpoints"
  /** `loadBalancerSourceRanges` do not admit the source. */
  | "sourceRanges"
  /** kube-proxy knows nothing of an address in Proxy mode or of a hostname. */
  | "notOwned"
  /** 127.0.0.1 has no node ports in this data plane or address family. */
  | "noLocalhostNodePorts"
  /** ipvs uses the cluster set where no endpoint is local. */
  | "ipvsFallback";

/** The address that the pod sees the connection come from. */
export type Seen =
  | { readonly kind: "client"; readonly address: string }
  /** One of the addresses of that node, as the kernel chooses it. */
  | { readonly kind: "node"; readonly node: string };

/** One endpoint that the connection may be given to; each is as likely as the others. */
export interface Delivery {
  readonly endpoint: Endpoint;
  readonly masqueraded: boolean;
  readonly sees: Seen;
  /**
   * Whether the reply passes the node that translated the connection. If not, it reaches the client from an address that the
   * client never spoke to, and the connection times out.
   */
  readonly answered: boolean;
}

export type Outcome =
  | {
      readonly verdict: "deliver";
      /** The node whose kube-proxy decided. */
      readonly at: string;
      readonly set: "cluster" | "local";
      readonly because: Because;
      readonly to: readonly Delivery[];
      /** Session affinity: the address whose further connections through this node go to the same endpoint. */
      readonly sticksTo?: string;
    }
  /** `reject`: refused at once. `drop`: no answer, the client waits until it gives up. */
  | { readonly verdict: "reject" | "drop"; readonly at: string; readonly because: Because }
  /** The packet leaves the node as it is, towards the load balancer or whoever has the address. */
  | { readonly verdict: "leaves"; readonly from: string; readonly because: Because };

export type Route = Outcome & {
  /** What the answer rests on where it is not proved against the real data plane. */
  readonly assumption?: string;
};
