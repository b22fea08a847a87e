import {
  byDefault,
  isUnknown,
  unknownAt,
  type HealthCheck,
  type Knowable,
  type Setting,
} from "../../../model";
import { parseBool } from "../../go-values";
import { annotated, annotation, annotationPlace, GO_INT, TEXT, words } from "../annotations";
import { FORWARDS_ADDRESS } from "../balancer";
import { checkOf, trafficPortCheck } from "../check";
import type { Asked, CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws, proxyLaws } from "../laws";
import { refuse } from "../refusal";

// linode-cloud-controller-manager `cloud/annotations/annotations.go`, `cloud/linode/loadbalancers.go` @b9aa9012.
const PREFIX = "service.beta.kubernetes.io/linode-loadbalancer-";
const PORT = `${PREFIX}port-`;
const KEYS = {
  protocol: `${PREFIX}default-protocol`,
  proxyProtocol: `${PREFIX}default-proxy-protocol`,
  hostnameOnly: `${PREFIX}hostname-only-ingress`,
  checkType: `${PREFIX}check-type`,
};
const CHECK = {
  path: `${PREFIX}check-path`,
  interval: `${PREFIX}check-interval`,
  timeout: `${PREFIX}check-timeout`,
  // How many passing checks bring a node back is not documented; as many as take it out are assumed.
  healthy: `${PREFIX}check-attempts`,
  unhealthy: `${PREFIX}check-attempts`,
};
const HOSTNAME_ONLY = "LINODE_HOSTNAME_ONLY_INGRESS";

export const facts = {} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 5, timeoutSeconds: 3, healthyThreshold: 2, unhealthyThreshold: 2 };

export const cloud: NodePortCloud = {
  name: "linode",
  title: "Linode NodeBalancer",
  controller: {
    name: "linode-cloud-controller-manager",
    title: "Linode cloud controller manager",
    image: /linode-cloud-controller-manager/,
    environment: [HOSTNAME_ONLY],
  },
  providerID: /^linode:\/\//,
  annotations: {
    prefixes: [PREFIX],
    families: [PORT],
    known: [
      ...new Set([...Object.values(KEYS), ...Object.values(CHECK)]),
      ...[
        "backend-ipv4-range",
        "backend-subnet-id",
        "backend-subnet-name",
        "backend-vpc-name",
        "check-body",
        "check-passive",
        "default-algorithm",
        "default-stickiness",
        "enable-ipv6-backends",
        "enable-ipv6-ingress",
        "firewall-acl",
        "firewall-id",
        "frontend-ipv4-range",
        "frontend-ipv6-range",
        "frontend-subnet-id",
        "frontend-subnet-name",
        "frontend-vpc-name",
        "nodebalancer-id",
        "nodebalancer-type",
        "preserve",
        "reserved-ipv4",
        "retain-reserved-ipv4",
        "tags",
        "throttle",
        "udp-check-port",
      ].map((suffix) => PREFIX + suffix),
    ],
  },
  healthCheckKeys: [KEYS.checkType, CHECK.path],
  front(asked) {
    const { service, settings } = asked;
    const header = headerOf(asked);
    const protocol = annotated(service, KEYS.protocol, "tcp", TEXT);
    const at = annotationPlace(service, KEYS.hostnameOnly);
    const byName = annotation(service, KEYS.hostnameOnly) ?? settings[HOSTNAME_ONLY] ?? "false";
    const check = checkBehind(asked, header);
    return {
      ...(check ? { healthCheck: check } : {}),
      proxyProtocol: header,
      preservesClientAddress: byDefault(false, header.at),
      publishes: byDefault(!isUnknown(byName) && parseBool(byName) === true ? "hostname" : "address", at),
      attributes: {
        [FORWARDS_ADDRESS]: { ...protocol, value: protocol.value === "http" || protocol.value === "https" },
      },
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: false,
  laws: {
    ...proxyLaws(KEYS.proxyProtocol, "v2"),
    // A NodeBalancer always checks the port that it sends to.
    ...checkLaws(
      () =>
        "Set externalTrafficPolicy: Cluster: a NodeBalancer checks the node port alone, so it notices late that a node's last pod is ending.",
    ),
    nodePorts: { facts: [] },
  },
};

type Header = "off" | "v1" | "v2";
const HEADER = words<Header>({ none: "off", v1: "v1", v2: "v2" });

/** The port's own configuration, in JSON, over the default of all ports. */
function headerOf({ service, port }: Asked): Setting<Header> {
  const all = annotated<Header>(service, KEYS.proxyProtocol, "off", HEADER);
  const key = `${PORT}${String(port.port)}`;
  const own = isUnknown(port.port) ? undefined : annotation(service, key);
  if (own === undefined) return all;
  const at = annotationPlace(service, key);
  if (isUnknown(own)) return { value: unknownAt(at.path, own.origin), at, by: "given" };
  const written = configured(own);
  if (written === undefined) return all;
  const value: Knowable<Header> = HEADER.parse(written) ?? refuse(at, written, HEADER.wanted);
  return { value, at, by: "given" };
}

function configured(json: string): string | undefined {
  try {
    const { "proxy-protocol": header } = JSON.parse(json) as { readonly "proxy-protocol"?: unknown };
    return typeof header === "string" && header !== "" ? header : undefined;
  } catch {
    return undefined;
  }
}

/** `connection` on the node port; none for UDP, and none on request. */
function checkBehind({ service, port }: Asked, header: Setting<Header>): HealthCheck | undefined {
  const type = annotated(
    service,
    KEYS.checkType,
    port.protocol === "UDP" ? "none" : "TCP",
    words({ none: "none", connection: "TCP", http: "HTTP", http_body: "HTTP" } as const),
  );
  if (type.value === "none") return undefined;
  const check = checkOf(service, KEYS.checkType, trafficPortCheck(TIMES), CHECK, { seconds: GO_INT });
  const isOverHttp = type.value === "HTTP";
  const own = header.value === "off" ? "off" : unknownAt("whether the health check carries the PROXY header");
  return {
    ...check,
    protocol: type as HealthCheck["protocol"],
    ...(isOverHttp ? { path: annotated(service, CHECK.path, "/", TEXT) } : {}),
    proxyProtocol: byDefault<Header>(own, header.at),
  };
}
