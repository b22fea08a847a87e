// Closed sets of words, in the form that Pulumi's schema inference reads as enums. In TypeScript the bare words do as well.

/** Who may receive what enters a node from outside (`spec.externalTrafficPolicy`). */
export const TrafficPolicy = {
  /** Chosen from the workload, the cluster and the requirements. */
  Auto: "Auto",
  /** Every node passes connections on to any pod; the pod sees a node's address. */
  Cluster: "Cluster",
  /** Every node keeps connections to its own pods; the pod sees the client's address. */
  Local: "Local",
} as const;
export type TrafficPolicy = (typeof TrafficPolicy)[keyof typeof TrafficPolicy];

/** Who may receive what pods send to the Service (`spec.internalTrafficPolicy`). */
export const InternalTrafficPolicy = {
  /** Any pod of the Service. */
  Cluster: "Cluster",
  /** Only pods on the node of the caller; nobody where there is none. */
  Local: "Local",
} as const;
export type InternalTrafficPolicy = (typeof InternalTrafficPolicy)[keyof typeof InternalTrafficPolicy];

/** The same where it may be left to the component. */
export const InternalTrafficPolicyChoice = {
  /** Chosen from the workload, the cluster and the requirements, together with the preferred endpoints unless these are given. */
  Auto: "Auto",
  /** Any pod of the Service. */
  Cluster: "Cluster",
  /** Only pods on the node of the caller; nobody where there is none. */
  Local: "Local",
} as const;
export type InternalTrafficPolicyChoice =
  (typeof InternalTrafficPolicyChoice)[keyof typeof InternalTrafficPolicyChoice];

/** A policy that was chosen before. */
export const ChosenPolicy = {
  /** Any pod of the Service. */
  Cluster: "Cluster",
  /** Only pods of the node. */
  Local: "Local",
} as const;
export type ChosenPolicy = (typeof ChosenPolicy)[keyof typeof ChosenPolicy];

/** Which endpoints are preferred (`spec.trafficDistribution`). */
export const TrafficDistribution = {
  /** Endpoints of the same zone; the older name of PreferSameZone. */
  PreferClose: "PreferClose",
  /** Endpoints of the same zone. Kubernetes 1.34 and newer. */
  PreferSameZone: "PreferSameZone",
  /** Endpoints of the same node. Kubernetes 1.34 and newer. */
  PreferSameNode: "PreferSameNode",
} as const;
export type TrafficDistribution = (typeof TrafficDistribution)[keyof typeof TrafficDistribution];

/** Whether a client stays with one pod (`spec.sessionAffinity`). */
export const SessionAffinity = {
  /** Every connection is balanced anew. */
  None: "None",
  /** Connections from one address go to one pod. */
  ClientIP: "ClientIP",
} as const;
export type SessionAffinity = (typeof SessionAffinity)[keyof typeof SessionAffinity];

/** Who can reach the load balancer. */
export const Scheme = {
  /** Clients inside the network. */
  Internal: "internal",
  /** Clients on the internet. */
  InternetFacing: "internet-facing",
} as const;
export type Scheme = (typeof Scheme)[keyof typeof Scheme];

/** How a target is asked whether it is healthy. */
export const HealthCheckProtocol = {
  /** Opens a connection. */
  TCP: "TCP",
  /** Reads the status of an HTTP answer. */
  HTTP: "HTTP",
  /** Reads the status of an HTTPS answer. */
  HTTPS: "HTTPS",
} as const;
export type HealthCheckProtocol = (typeof HealthCheckProtocol)[keyof typeof HealthCheckProtocol];

/** How much the client's address matters. */
export const ClientAddress = {
  /** Whatever hides it is rejected. */
  Required: "required",
  /** It decides between what is otherwise acceptable. */
  Preferred: "preferred",
  /** It does not matter. */
  Ignored: "ignored",
} as const;
export type ClientAddress = (typeof ClientAddress)[keyof typeof ClientAddress];

/** What implements Services on the nodes. */
export const Dataplane = {
  /** kube-proxy with iptables. */
  Iptables: "iptables",
  /** kube-proxy with nftables. */
  Nftables: "nftables",
  /** kube-proxy with IPVS. */
  Ipvs: "ipvs",
  /** Cilium in place of kube-proxy. */
  Cilium: "cilium",
  /** OVN-Kubernetes. */
  Ovn: "ovn",
  /** Anything else. */
  Other: "other",
} as const;
export type Dataplane = (typeof Dataplane)[keyof typeof Dataplane];

/** What makes the pods. */
export const WorkloadKind = {
  /** `apps/v1` Deployment. */
  Deployment: "Deployment",
  /** `apps/v1` StatefulSet. */
  StatefulSet: "StatefulSet",
  /** `apps/v1` DaemonSet: one pod on each node that it fits. */
  DaemonSet: "DaemonSet",
} as const;
export type WorkloadKind = (typeof WorkloadKind)[keyof typeof WorkloadKind];
