import type { Law, Laws } from "../../laws";
import { wordsFor } from "./words";

const proxyHeader: Law = {
  facts: ["U16"],
  fix: wordsFor({
    annotations:
      'Set the annotation aws-load-balancer-proxy-protocol: "*" and enable the PROXY protocol in the pods, or do neither.',
    targetGroup:
      "Set proxyProtocolV2: true on the target group and enable the PROXY protocol in the pods, or do neither.",
    component: "Set proxyProtocol: true and enable the PROXY protocol in the pods, or do neither.",
  }),
};

const checkHeader: Law = {
  facts: ["U15"],
  fix: () => "Check over TCP, or on a port that parses the PROXY header.",
};

const localCheckFix = wordsFor({
  annotations:
    "Remove the health-check annotations: the controller then checks over HTTP on the health-check node port.",
  targetGroup:
    'Set healthCheck: { protocol: "HTTP", path: "/healthz", port: service.spec.healthCheckNodePort.apply(String) } on the target group.',
  component:
    "Leave protocol and port out of healthCheck: the component then checks over HTTP on the health-check node port.",
});

/** What rules that hold for every load balancer say of an NLB that sends to nodes. */
export const NLB_INSTANCE_LAWS: Laws = {
  localCheckProtocol: { facts: ["U1"], fix: localCheckFix },
  localCheckPort: { facts: ["U2"], fix: localCheckFix },
  localCheckStatus: { facts: [], fix: localCheckFix },
  localServiceType: { facts: ["U6"] },
  checkPortOpen: {
    facts: ["U3"],
    fix: wordsFor({
      annotations: "Remove the health-check annotations, or check HTTP /healthz on port 10256.",
      targetGroup:
        'Set healthCheck: { protocol: "TCP", port: "traffic-port" } on the target group, or HTTP /healthz on port 10256.',
      component: "Leave protocol and port out of healthCheck, or check HTTP /healthz on port 10256.",
    }),
  },
  udpCheckPort: {
    facts: ["U9"],
    fix: wordsFor({
      annotations:
        "Set the annotations aws-load-balancer-healthcheck-protocol: http, -healthcheck-path: /healthz and -healthcheck-port: 10256.",
      targetGroup: "Set the health check of the target group to HTTP /healthz on port 10256.",
      component: "Set healthCheck to HTTP /healthz on port 10256.",
    }),
  },
  localCheckHeader: {
    facts: ["U14"],
    fix: () =>
      "Keep the PROXY protocol and set externalTrafficPolicy: Cluster, or keep Local and switch it off.",
  },
  checkHeader,
  proxyHeader,
  clientAddress: {
    facts: ["U18"],
    fix: () =>
      "Set externalTrafficPolicy: Local, or keep Cluster and enable the PROXY protocol on the load balancer and in the pods.",
  },
  nodePorts: { facts: ["U40"] },
};

/** The same of an NLB that sends to the pods themselves. */
export const NLB_IP_LAWS: Laws = {
  checkPortOpen: {
    facts: ["U4"],
    fix: wordsFor({
      annotations:
        "Set the annotation aws-load-balancer-healthcheck-port to traffic-port, or to a port of the pods.",
      targetGroup: 'Set healthCheck.port on the target group to "traffic-port", or to a port of the pods.',
      component: 'Set healthCheck.port to "traffic-port", or to a port of the pods.',
    }),
  },
  udpCheckPort: {
    facts: ["U9"],
    fix: () => "Check over TCP, or over HTTP, on a port that the pods have for TCP.",
  },
  checkHeader,
  proxyHeader,
  clientAddress: {
    facts: ["U19"],
    fix: wordsFor({
      annotations:
        "Set preserve_client_ip.enabled=true in the annotation aws-load-balancer-target-group-attributes.",
      targetGroup: "Set preserveClientIp: true on the target group.",
      component: "Set preserveClientAddress: true.",
    }),
  },
  podTargets: {
    facts: ["U5"],
    fix: () =>
      "Set externalTrafficPolicy: Cluster; to keep the client's address, preserve it or enable the PROXY protocol on the load balancer.",
  },
};
