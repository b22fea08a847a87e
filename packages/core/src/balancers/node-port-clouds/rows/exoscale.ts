import { byDefault } from "../../../model";
import { isLocal } from "../../checks/required";
import { annotationPlace, GO_DURATION, words } from "../annotations";
import { checkOf, trafficPortCheck, withoutHeader } from "../check";
import type { CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws } from "../laws";

// exoscale-cloud-controller-manager `exoscale/loadbalancer.go` @32c9584f.
const PREFIX = "service.beta.kubernetes.io/exoscale-loadbalancer-";
const CHECK = {
  protocol: `${PREFIX}service-healthcheck-mode`,
  port: `${PREFIX}service-healthcheck-port`,
  path: `${PREFIX}service-healthcheck-uri`,
  interval: `${PREFIX}service-healthcheck-interval`,
  timeout: `${PREFIX}service-healthcheck-timeout`,
  // How many passing checks bring an instance back is not documented; as many as take it out are assumed.
  healthy: `${PREFIX}service-healthcheck-retries`,
  unhealthy: `${PREFIX}service-healthcheck-retries`,
};

export const facts = {
  "exoscale-local-check-is-tcp": {
    statement:
      "Exoscale, Local: by default the check connects to healthCheckNodePort over TCP, which is open on every node, so nodes without a pod stay in use.",
    source:
      "https://github.com/exoscale/exoscale-cloud-controller-manager/blob/32c9584f/exoscale/loadbalancer.go#L827-L862",
  },
  "udp-needs-a-tcp-check-port": {
    statement:
      "The load balancer checks over TCP: a port of UDP never answers, so a Service of UDP ports alone needs another port to check.",
    source:
      "https://github.com/exoscale/exoscale-cloud-controller-manager/blob/32c9584f/docs/service-loadbalancer.md",
  },
} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 1, unhealthyThreshold: 1 };
const FIX = `Set the annotations ${CHECK.protocol}: "http" and ${CHECK.path}: "/healthz".`;

/** Exoscale Network Load Balancer: it sends to the instances of one pool. */
export const cloud: NodePortCloud = {
  name: "exoscale",
  title: "Exoscale Network Load Balancer",
  controller: {
    name: "exoscale-cloud-controller-manager",
    title: "Exoscale cloud controller manager",
    image: /exoscale-cloud-controller-manager|exoscale\/cloud-controller-manager/,
  },
  providerID: /^exoscale:\/\//,
  annotations: {
    prefixes: [PREFIX],
    known: [
      ...new Set(Object.values(CHECK)),
      ...[
        "description",
        "external",
        "id",
        "name",
        "service-description",
        "service-instancepool-id",
        "service-name",
        "service-sks-nodepool-name",
        "service-strategy",
        "sks-cluster-name",
      ].map((suffix) => PREFIX + suffix),
    ],
  },
  healthCheckKeys: [CHECK.protocol, CHECK.port, CHECK.path],
  front({ service }) {
    const at = annotationPlace(service, CHECK.protocol);
    const port = isLocal(service) ? (service.healthCheckNodePort ?? "traffic-port") : "traffic-port";
    const check = checkOf(
      service,
      CHECK.protocol,
      { ...trafficPortCheck(TIMES), port, matcher: "200" },
      CHECK,
      { protocol: words({ tcp: "TCP", http: "HTTP", https: "HTTPS" } as const), seconds: GO_DURATION },
    );
    return {
      healthCheck: withoutHeader(check),
      proxyProtocol: byDefault("off", at),
      preservesClientAddress: byDefault(true, at),
      publishes: byDefault("address", at),
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: true,
  laws: {
    ...checkLaws(() => FIX),
    localCheckProtocol: { facts: ["exoscale-local-check-is-tcp"], fix: () => FIX },
    udpCheckPort: {
      facts: ["udp-needs-a-tcp-check-port"],
      fix: () =>
        `Set the annotation ${CHECK.port} to a TCP port that every node answers on, such as the node port of a TCP port of the Service.`,
      level: "advisory",
    },
    nodePorts: { facts: [] },
  },
};
