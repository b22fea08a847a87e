const LBC = "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main";
const ANNOTATIONS = `${LBC}/docs/guide/service/annotations.md` as const;
const NLB = `${LBC}/docs/guide/service/nlb.md` as const;

export const AWS_FACTS = {
  U1: {
    statement:
      "Instance targets, Local, health check over TCP: the check is blind to local endpoints and to kube-proxy's state.",
    source: ANNOTATIONS,
  },
  U2: {
    statement:
      "Instance targets, Local, health check on another port than healthCheckNodePort: nodes without endpoints look healthy, or all nodes fail.",
    source: ANNOTATIONS,
  },
  U3: {
    statement:
      "Instance targets, Cluster, health check on a health-check node port: the port is closed, so every target is unhealthy.",
    source: "https://github.com/kubernetes/kubernetes/issues/80996",
  },
  U4: {
    statement:
      "IP targets, health check on a node port or health-check node port: the pod does not listen there, so every target is unhealthy.",
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1813",
  },
  U5: {
    statement:
      "IP targets: externalTrafficPolicy Local has no effect on what arrives through the load balancer.",
    source: `${LBC}/pkg/service/model_build_target_group.go`,
  },
  U6: {
    statement:
      "Instance targets, Local, Service of type NodePort: there is no health-check node port to ask.",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/api/service/util.go",
  },
  U9: {
    statement:
      "A UDP target group that is checked over TCP on its own port: every target is unhealthy, and works only while the NLB fails open.",
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2144",
  },
  U14: {
    statement:
      "PROXY protocol on, instance targets, Local: kube-proxy cannot parse the header on the health-check node port.",
    source: "https://github.com/kubernetes/ingress-nginx/issues/6263",
  },
  U15: {
    statement:
      "PROXY protocol on, HTTP health check on a port that does not parse the header: the check fails on every target.",
    source: "https://github.com/kubernetes/ingress-nginx/issues/10982",
  },
  U16: {
    statement:
      "PROXY protocol on one side only, the target group's or the pods': the header arrives as garbage, or is missing.",
    source: "https://github.com/kubernetes/ingress-nginx/issues/6996",
  },
  U18: {
    statement:
      "Client address wanted, instance targets, Cluster, no PROXY protocol: the pods see the node's address.",
    source: NLB,
  },
  U19: {
    statement:
      "Client address wanted, IP targets, TCP or TLS without preserve_client_ip and PROXY protocol: the pods see the load balancer's address.",
    source: NLB,
  },
  U39: {
    statement:
      "Scheme left implicit: one controller builds an internal load balancer, another an internet-facing one.",
    source: ANNOTATIONS,
  },
  U40: {
    statement:
      "Instance targets, allocateLoadBalancerNodePorts false and no node port: there is no port of the node to register.",
    source: `${LBC}/pkg/service/model_build_target_group.go`,
  },
} as const;
