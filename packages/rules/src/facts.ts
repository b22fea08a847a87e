import { BALANCER_FACTS, type Fact } from "@evenkeel/core/balancers";

export type { Fact };

/**
 * The facts that findings stand for, by id, each with its source: those of the load balancers, and those of Kubernetes and of the
 * combination. A rule may stand for several; each finding names its own. `docs/facts.md` is generated from them and the catalogue.
 */
export const FACTS = {
  ...BALANCER_FACTS,
  EK1: {
    statement:
      "Local with one pod, or pods on one node only: all traffic enters one node and stops when that pod or node goes.",
    source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy",
  },
  EK2: {
    statement: "A key that is written twice in one YAML map: the last one silently wins.",
    source: "https://yaml.org/spec/1.2.2/#3213-node-comparison",
  },
  EK3: {
    statement:
      "A target group, or servers of a proxy, whose Service is not part of the input: nothing can be said of the two together.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/targetgroupbinding/targetgroupbinding.md",
  },
  EK4: {
    statement:
      "A value of a Service that the controller of its load balancer refuses: none is built, or it is no longer updated.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/annotations.md",
  },
  EK5: {
    statement:
      "Local: a health check that does not read the HTTP status of healthCheckNodePort passes on nodes without a ready pod.",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/proxy/healthcheck/service_health.go",
  },
  EK6: {
    statement: "Cluster: nothing listens on a health-check node port, so a check of it fails on every node.",
    source: "https://github.com/kubernetes/kubernetes/issues/80996",
  },
  EK7: {
    statement:
      "kube-proxy's health ports parse no PROXY header: a check that starts with one fails on every node.",
    source: "https://github.com/kubernetes/ingress-nginx/issues/6263",
  },
  EK8: {
    statement:
      "The PROXY header is sent to pods that do not parse it, or pods that expect it do not get it: connections break.",
    source: "https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt",
  },
  EK9: {
    statement:
      "A load balancer with connections of its own, or kube-proxy under Cluster, replaces the client's address.",
    source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies",
  },
  EK10: {
    statement:
      "Pods as targets: externalTrafficPolicy Local has no effect on what arrives through the load balancer.",
    source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies",
  },
  EK11: {
    statement:
      "Local behind the PROXY protocol: the header carries the client's address under Cluster too, which spreads evenly.",
    source: "https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt",
  },
  EK12: {
    statement:
      "Local without a health check: nodes without a pod keep their share of the traffic and drop it.",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/proxy/healthcheck/service_health.go",
  },
  EK13: {
    statement: "Nodes as targets, and no node ports: there is no port of the node to send to.",
    source:
      "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation",
  },
  EK14: {
    statement:
      "A load balancer whose behaviour is not modelled: its health check, spread, drops and client address are not known.",
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class",
  },
  EK15: {
    statement:
      "An annotation that the controller of the load balancer does not read: it is silently ignored.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/annotations.md",
  },
  EK16: {
    statement:
      "A Service that asks for a load balancer which is not part of the input: nothing can be said of the two together.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/nlb.md",
  },
  "proxy-header-inside": {
    statement:
      "With a PROXY header and an address in the status whose ipMode is VIP, kube-proxy delivers calls from inside the cluster itself, without the header: the pods close them as broken.",
    source: "https://github.com/hetznercloud/hcloud-cloud-controller-manager/issues/160",
  },
  "K8S-L1": {
    statement: "Local without a selector: endpoints without a node are local nowhere.",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/proxy/endpointslicecache.go",
  },
  "K8S-L2": {
    statement: "Local on a NodePort Service: there is no health-check node port.",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/api/service/util.go",
  },
  "K8S-L3": {
    statement:
      "Local LoadBalancer with publishNotReadyAddresses: the health-check node port counts pods that are not ready.",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/endpointslice/utils.go",
  },
  "K8S-L4": {
    statement: "internalTrafficPolicy Local on a workload that is not a DaemonSet: nodes without a pod drop.",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/proxy/topology.go",
  },
  "K8S-L5": {
    statement: "trafficDistribution and a topology annotation together: the annotation wins.",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/endpointslice/reconciler.go",
  },
  "K8S-L6": {
    statement:
      "loadBalancerSourceRanges without the pods' and nodes' ranges: in-cluster clients of the load balancer's address are dropped.",
    source: "https://github.com/kubernetes/kubernetes/issues/109575",
  },
  "K8S-L7": {
    statement: "A headless Service with traffic policies or trafficDistribution: they have no effect.",
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services",
  },
  "K8S-L8": {
    statement: "externalIPs: deprecated since Kubernetes 1.36.",
    source: "https://github.com/kubernetes/enhancements/issues/5707",
  },
} as const satisfies Record<string, { readonly statement: string; readonly source: string }>;

/** A fact of the table, or a row of the API server's validation: `K8S:spec.ports[i].nodePort`. */
export type FactId = keyof typeof FACTS | `K8S:${string}`;

/** The statement and source behind an id. */
export function factOf(id: FactId): Fact {
  const known = Object.entries(FACTS).find(([key]) => key === id)?.[1];
  return (
    known ?? {
      statement: `The API server refuses what \`${id.slice("K8S:".length)}\` says.`,
      source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/validation/validation.go",
    }
  );
}

/** Whether a text is the id of a fact. */
export function isFactId(text: string): text is FactId {
  return Object.hasOwn(FACTS, text);
}
