/**
 * The facts that findings stand for, by id, with the place each was learned from. A rule may stand for several; each finding names
 * its own. `docs/facts.md` is generated from this table and the catalogue.
 */
export const FACTS = {
  U1: {
    statement:
      "Instance targets, Local, health check over TCP: the check is blind to local endpoints and to kube-proxy's state.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/annotations.md",
  },
  U2: {
    statement:
      "Instance targets, Local, health check on another port than healthCheckNodePort: nodes without endpoints look healthy, or all nodes fail.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/annotations.md",
  },
  U3: {
    statement:
      "Instance targets, Cluster, health check on the health-check node port: the port is closed, so every target is unhealthy.",
    source: "https://github.com/kubernetes/kubernetes/issues/80996",
  },
  U5: {
    statement:
      "IP targets: externalTrafficPolicy Local has no effect on what comes through the load balancer.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/model_build_target_group.go",
  },
  U14: {
    statement:
      "PROXY protocol on, instance targets, Local: kube-proxy cannot parse the header on the health-check node port.",
    source: "https://github.com/kubernetes/ingress-nginx/issues/6263",
  },
  U15: {
    statement:
      "PROXY protocol on, HTTP health check on a port that does not speak it: the check fails on every target.",
    source: "https://github.com/kubernetes/ingress-nginx/issues/10982",
  },
  U39: {
    statement:
      "Scheme left implicit: one controller builds an internal load balancer, another an internet-facing one.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/annotations.md",
  },
  EK1: {
    statement:
      "Local with one pod, or pods on one node only: all traffic enters one node and stops when that pod or node goes.",
    source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy",
  },
  EK2: {
    statement: "A key that stands twice in one YAML map: the last one silently wins.",
    source: "https://yaml.org/spec/1.2.2/#3213-node-comparison",
  },
  EK3: {
    statement:
      "A target group, or servers of HAProxy, whose Service is not in sight: nothing can be said of the two together.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/targetgroupbinding/targetgroupbinding.md",
  },
  EK4: {
    statement:
      "A Service that asks for an AWS load balancer and has none in sight: its controller refuses it, or what stands in front is not in the input.",
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/guide/service/annotations.md",
  },
  H1: {
    statement:
      "HAProxy before nodes, Local, a check that does not read the HTTP status of healthCheckNodePort: nodes without a pod pass and drop what they get, or a node passes until its last pod is gone.",
    source: "https://docs.haproxy.org/2.6/configuration.html#option%20httpchk",
  },
  H2: {
    statement: "HAProxy before nodes, Local, no check: nodes without a pod drop their part for good.",
    source: "https://docs.haproxy.org/2.6/configuration.html#5.2-check",
  },
  H3: {
    statement:
      "HAProxy opens connections of its own: without the PROXY protocol, a header or `usesrc clientip` the pods see its address, under Local too.",
    source: "https://docs.haproxy.org/2.6/configuration.html#5.2-send-proxy-v2",
  },
  H4: {
    statement:
      "The PROXY header is sent to pods that do not read it, or wanted by pods to which it is not sent: streams break.",
    source: "https://github.com/haproxytech/kubernetes-ingress/issues/463",
  },
  H5: {
    statement:
      "HAProxy checks healthCheckNodePort with a PROXY header: kube-proxy cannot parse it, so every node is down.",
    source: "https://docs.haproxy.org/2.6/configuration.html#5.2-check-send-proxy",
  },
  H6: {
    statement: "HAProxy before a Local Service of type NodePort: there is no health-check node port to ask.",
    source: "https://github.com/kubernetes/kubernetes/issues/125167",
  },
  H7: {
    statement:
      "Local behind the PROXY protocol: the header names the client under Cluster too, which spreads evenly.",
    source: "https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt",
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

export interface Fact {
  readonly statement: string;
  readonly source: string;
}

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
