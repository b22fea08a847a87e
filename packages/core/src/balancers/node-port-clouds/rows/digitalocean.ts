import {
  byDefault,
  mapKnown,
  type Front,
  type HealthCheck,
  type Knowable,
  type Service,
  type ServicePort,
} from "../../../model";
import { parseInt32 } from "../../go-values";
import { annotated, annotation, annotationPlace, GO_BOOL, words } from "../annotations";
import { checkOf, healthCheckNodePortCheck, kubeProxyCheck, trafficPortCheck, withoutHeader } from "../check";
import type { Asked, CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws, proxyLaws } from "../laws";
import { refuse } from "../refusal";

// digitalocean-cloud-controller-manager `cloud-controller-manager/do/loadbalancers.go` @70d527e3.
const PREFIX = "service.beta.kubernetes.io/do-loadbalancer-";
const KEYS = {
  type: `${PREFIX}type`,
  proxyProtocol: `${PREFIX}enable-proxy-protocol`,
  override: `${PREFIX}override-health-check`,
  hostname: `${PREFIX}hostname`,
};
const CHECK = {
  protocol: `${PREFIX}healthcheck-protocol`,
  port: `${PREFIX}healthcheck-port`,
  path: `${PREFIX}healthcheck-path`,
};
const TIMED = {
  interval: `${PREFIX}healthcheck-check-interval-seconds`,
  timeout: `${PREFIX}healthcheck-response-timeout-seconds`,
  healthy: `${PREFIX}healthcheck-healthy-threshold`,
  unhealthy: `${PREFIX}healthcheck-unhealthy-threshold`,
};
const DEFAULT_TYPE = "DEFAULT_LB_TYPE";

export const facts = {
  "do-local-needs-its-own-check": {
    statement:
      "DigitalOcean, Local: override-health-check replaces the check of healthCheckNodePort, so a node is taken out only after its last pod has stopped answering.",
    source:
      "https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/70d527e3/docs/controllers/services/annotations.md",
  },
} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 3, timeoutSeconds: 5, healthyThreshold: 5, unhealthyThreshold: 3 };

export const cloud: NodePortCloud = {
  name: "digitalocean",
  title: "DigitalOcean Load Balancer",
  controller: {
    name: "digitalocean-cloud-controller-manager",
    title: "DigitalOcean cloud controller manager",
    image: /digitalocean-cloud-controller-manager/,
    environment: [DEFAULT_TYPE],
  },
  providerID: /^digitalocean:\/\//,
  annotations: {
    prefixes: [
      PREFIX,
      "kubernetes.digitalocean.com/load-balancer-id",
      "service.kubernetes.io/do-loadbalancer-",
    ],
    known: [
      ...[KEYS, CHECK, TIMED].flatMap((keys) => Object.values(keys)),
      "kubernetes.digitalocean.com/load-balancer-id",
      "service.kubernetes.io/do-loadbalancer-disown",
      ...[
        "algorithm",
        "allow-rules",
        "certificate-id",
        "certificate-name",
        "deny-rules",
        "disable-lets-encrypt-dns-records",
        "enable-backend-keepalive",
        "http-idle-timeout-seconds",
        "http-ports",
        "http2-ports",
        "http3-port",
        "ip",
        "name",
        "network",
        "network-stack",
        "protocol",
        "redirect-http-to-https",
        "size-slug",
        "size-unit",
        "sticky-sessions-cookie-name",
        "sticky-sessions-cookie-ttl",
        "sticky-sessions-type",
        "subnet-uuid",
        "tls-passthrough",
        "tls-ports",
      ].map((suffix) => PREFIX + suffix),
    ],
    needs: Object.fromEntries(Object.values(CHECK).map((key) => [key, KEYS.override])),
  },
  healthCheckKeys: [KEYS.override],
  front(asked) {
    const { service, port, index, settings } = asked;
    const type = annotated(service, KEYS.type, settings[DEFAULT_TYPE] ?? PASS_THROUGH, TYPES);
    const sends = annotated(service, KEYS.proxyProtocol, false, GO_BOOL);
    const at = annotationPlace(service, KEYS.hostname);
    const hostname = annotation(service, KEYS.hostname) ?? "";
    return {
      healthCheck: checkBehind(asked),
      proxyProtocol: { ...sends, value: mapKnown(sends.value, (on) => (on ? "v1" : "off")) },
      preservesClientAddress: { ...type, value: mapKnown(type.value, (name) => name === PASS_THROUGH) },
      publishes: byDefault(hostname === "" ? "address" : "hostname", at),
      attributes: { type },
      // A pass-through load balancer forwards to the same port as it listens on, where kube-proxy knows its address.
      ...(type.value === PASS_THROUGH
        ? { targetPort: byDefault(port.port, { resource: service.ref, path: `spec.ports[${index}].port` }) }
        : {}),
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: true,
  deliversTo: ({ attributes }: Front) =>
    attributes["type"]?.value === PASS_THROUGH ? "loadBalancerAddress" : "nodePort",
  laws: {
    ...proxyLaws(KEYS.proxyProtocol, "true"),
    ...checkLaws(overrideFix),
    localCheckTraffic: { facts: ["do-local-needs-its-own-check"], fix: overrideFix, level: "advisory" },
    nodePorts: { facts: [] },
  },
};

function overrideFix(): string {
  return `Remove the annotation ${KEYS.override}: the controller then checks HTTP /healthz on the Service's healthCheckNodePort.`;
}

const PASS_THROUGH = "REGIONAL_NETWORK";
const TYPES = words({ REGIONAL: "REGIONAL", [PASS_THROUGH]: PASS_THROUGH });

/**
 * The health-check node port under Local, kube-proxy under Cluster, without a PROXY header. With the override: a node port, with the
 * header that the traffic has, whatever the policy.
 */
function checkBehind(asked: Asked): HealthCheck {
  const { service } = asked;
  if (annotation(service, KEYS.override) === undefined) {
    const own = healthCheckNodePortCheck(service, TIMES) ?? kubeProxyCheck(TIMES);
    return withoutHeader(checkOf(service, KEYS.override, own, TIMED));
  }
  const path = annotation(service, CHECK.path);
  const defaults = {
    ...trafficPortCheck(TIMES),
    protocol: path === undefined || path === "" ? ("TCP" as const) : ("HTTP" as const),
    port: nodePortOf(
      asked,
      service.ports.find(({ protocol }) => protocol === "TCP"),
    ),
  };
  return checkOf(
    service,
    KEYS.override,
    defaults,
    { ...CHECK, ...TIMED },
    {
      protocol: words({ tcp: "TCP", http: "HTTP", https: "HTTPS" } as const),
      port: { parse: (raw) => nodePortOf(asked, portNamed(service, raw)), wanted: TCP_PORT },
    },
  );
}

const TCP_PORT = "the number of a TCP port of the Service";

function portNamed({ ports }: Service, raw: string): ServicePort | undefined {
  return ports.find(({ port, protocol }) => port === parseInt32(raw) && protocol !== "UDP");
}

/** Checks go to the node port of the port that is named, or of the first of TCP; without one the controller gives up. */
function nodePortOf({ service }: Asked, port: ServicePort | undefined): Knowable<number> {
  const at = annotationPlace(service, CHECK.port);
  const raw = annotation(service, CHECK.port);
  if (!port) return refuse(at, typeof raw === "string" ? raw : "not set", TCP_PORT);
  return port.nodePort ?? 0;
}
