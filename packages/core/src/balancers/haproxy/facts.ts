export const HAPROXY_FACTS = {
  H1: {
    statement:
      "Nodes as targets of a proxy such as HAProxy, Local: a check that does not read the HTTP status of healthCheckNodePort passes on nodes without a pod, or until the last pod is gone.",
    source: "https://docs.haproxy.org/2.6/configuration.html#option%20httpchk",
  },
  H2: {
    statement:
      "HAProxy, nodes as servers, Local, no check: nodes without a pod keep their share of the traffic and drop it.",
    source: "https://docs.haproxy.org/2.6/configuration.html#5.2-check",
  },
  H3: {
    statement:
      "A proxy such as HAProxy opens connections of its own: without the PROXY protocol, an HTTP header or `usesrc clientip` the pods see its address, under Local too.",
    source: "https://docs.haproxy.org/2.6/configuration.html#5.2-send-proxy-v2",
  },
  H4: {
    statement:
      "The PROXY header is sent to pods that do not parse it, or pods that expect it do not get it: connections break.",
    source: "https://github.com/haproxytech/kubernetes-ingress/issues/463",
  },
  H5: {
    statement:
      "HAProxy checks healthCheckNodePort with a PROXY header: kube-proxy cannot parse it, so every server is down.",
    source: "https://docs.haproxy.org/2.6/configuration.html#5.2-check-send-proxy",
  },
  H6: {
    statement:
      "HAProxy in front of a Local Service of type NodePort: there is no health-check node port to ask.",
    source: "https://github.com/kubernetes/kubernetes/issues/125167",
  },
  H7: {
    statement:
      "Local behind the PROXY protocol: the header carries the client's address under Cluster too, which spreads evenly.",
    source: "https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt",
  },
} as const;
