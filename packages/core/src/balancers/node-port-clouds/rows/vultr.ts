import { byDefault, unknownAt, type HealthCheck, type Service } from "../../../model";
import { parseBool, parseInt32 } from "../../go-values";
import { annotated, annotation, annotationPlace, GO_INT, lenient, words, type Parser } from "../annotations";
import { checkOf, trafficPortCheck } from "../check";
import type { CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws, proxyLaws } from "../laws";

// vultr-cloud-controller-manager `vultr/loadbalancers.go` @d5f3ab03.
const PREFIX = "service.beta.kubernetes.io/vultr-loadbalancer-";
const KEYS = { proxyProtocol: `${PREFIX}proxy-protocol`, hostname: `${PREFIX}hostname` };
const CHECK = {
  protocol: `${PREFIX}healthcheck-protocol`,
  port: `${PREFIX}healthcheck-port`,
  path: `${PREFIX}healthcheck-path`,
  interval: `${PREFIX}healthcheck-check-interval`,
  timeout: `${PREFIX}healthcheck-response-timeout`,
  healthy: `${PREFIX}healthcheck-healthy-threshold`,
  unhealthy: `${PREFIX}healthcheck-unhealthy-threshold`,
};

export const facts = {} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 15, timeoutSeconds: 5, healthyThreshold: 5, unhealthyThreshold: 5 };

export const cloud: NodePortCloud = {
  name: "vultr",
  title: "Vultr Load Balancer",
  controller: {
    name: "vultr-cloud-controller-manager",
    title: "Vultr cloud controller manager",
    image: /vultr-cloud-controller-manager/,
  },
  providerID: /^vultr:\/\//,
  annotations: {
    prefixes: [PREFIX],
    known: [
      ...Object.values(KEYS),
      ...Object.values(CHECK),
      ...[
        "algorithm",
        "auto-ssl",
        "backend-protocol",
        "create",
        "firewall-rules",
        "firewall-rules-cm",
        "http2",
        "http3",
        "https-ports",
        "id",
        "label",
        "node-count",
        "private-network",
        "protocol",
        "ssl",
        "ssl-last-updated",
        "ssl-pass-through",
        "ssl-redirect",
        "sticky-session-cookie-name",
        "sticky-session-enabled",
        "timeout",
        "vpc",
      ].map((suffix) => PREFIX + suffix),
    ],
  },
  healthCheckKeys: [CHECK.protocol, CHECK.port, CHECK.path],
  front({ service }) {
    const sends = annotated(
      service,
      KEYS.proxyProtocol,
      false,
      lenient({ parse: parseBool, wanted: "" }, false),
    );
    const header = { ...sends, value: sends.value === true ? ("v2" as const) : ("off" as const) };
    const at = annotationPlace(service, KEYS.hostname);
    return {
      healthCheck: checkBehind(service, header.value === "off"),
      proxyProtocol:
        sends.value === true || sends.value === false ? header : { ...sends, value: sends.value },
      preservesClientAddress: byDefault(false, sends.at),
      publishes: byDefault((annotation(service, KEYS.hostname) ?? "") === "" ? "address" : "hostname", at),
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: false,
  laws: {
    ...proxyLaws(KEYS.proxyProtocol, "true"),
    // The key for the port takes a port of the Service only, so healthCheckNodePort cannot be asked.
    ...checkLaws(
      () =>
        "Set externalTrafficPolicy: Cluster: the controller checks a port of the Service alone, so it notices late that a node's last pod is ending.",
    ),
    nodePorts: { facts: [] },
  },
};

/** One check for all ports: the first node port over TCP, or over HTTP where a path is written. */
function checkBehind(service: Service, hasNoHeader: boolean): HealthCheck {
  const [first] = service.ports;
  const path = annotation(service, CHECK.path) ?? "";
  const at = annotationPlace(service, KEYS.proxyProtocol);
  const check = checkOf(
    service,
    CHECK.port,
    {
      ...trafficPortCheck(TIMES),
      protocol: path === "" ? "TCP" : "HTTP",
      port: first?.nodePort ?? "traffic-port",
    },
    CHECK,
    { protocol: words({ tcp: "TCP", http: "HTTP" } as const), port: portOf(service), seconds: GO_INT },
  );
  const own = hasNoHeader ? "off" : unknownAt("whether the health check carries the PROXY header");
  return { ...check, proxyProtocol: byDefault<"off" | "v1" | "v2">(own, at) };
}

/** Lines 966 to 987: only the first port of the Service is taken, and its number, not that of its node port, is checked. */
function portOf({ ports: [first] }: Service): Parser<number> {
  return {
    parse: (raw) => (first && parseInt32(raw) === first.port ? parseInt32(raw) : undefined),
    wanted: "the number of the first port of the Service",
  };
}
