import {
  byDefault,
  isUnknown,
  unknownAt,
  type HealthCheck,
  type LabelSelector,
  type Setting,
} from "../../../model";
import { parseBool, parseSeconds } from "../../go-values";
import {
  annotated,
  annotation,
  annotationPlace,
  GO_BOOL,
  GO_DURATION,
  LABEL_SELECTOR,
  TEXT,
  words,
  type Parser,
} from "../annotations";
import { FORWARDS_ADDRESS } from "../balancer";
import { checkOf, PROTOCOL, trafficPortCheck } from "../check";
import type { Asked, CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws, healthPort, proxyLaws } from "../laws";

// hcloud-cloud-controller-manager `internal/annotation/load_balancer.go`, `internal/hcops/load_balancer.go` @6485324f.
const PREFIX = "load-balancer.hetzner.cloud/";
const KEYS = {
  protocol: `${PREFIX}protocol`,
  proxyProtocol: `${PREFIX}uses-proxyprotocol`,
  hostname: `${PREFIX}hostname`,
  nodeSelector: `${PREFIX}node-selector`,
};
const CHECK = {
  protocol: `${PREFIX}health-check-protocol`,
  port: `${PREFIX}health-check-port`,
  path: `${PREFIX}health-check-http-path`,
  matcher: `${PREFIX}http-status-codes`,
  interval: `${PREFIX}health-check-interval`,
  timeout: `${PREFIX}health-check-timeout`,
  // An unhealthy node needs as many passing checks to come back (API reference, `retries`).
  healthy: `${PREFIX}health-check-retries`,
  unhealthy: `${PREFIX}health-check-retries`,
};
const ENVIRONMENT = {
  enabled: "HCLOUD_LOAD_BALANCERS_ENABLED",
  proxyProtocol: "HCLOUD_LOAD_BALANCERS_USES_PROXYPROTOCOL",
  interval: "HCLOUD_LOAD_BALANCERS_HEALTH_CHECK_INTERVAL",
  timeout: "HCLOUD_LOAD_BALANCERS_HEALTH_CHECK_TIMEOUT",
  retries: "HCLOUD_LOAD_BALANCERS_HEALTH_CHECK_RETRIES",
};

export const facts = {} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 10, timeoutSeconds: 15, healthyThreshold: 3, unhealthyThreshold: 3 };

export const cloud: NodePortCloud = {
  name: "hetzner-cloud",
  title: "Hetzner Cloud Load Balancer",
  controller: {
    name: "hcloud-cloud-controller-manager",
    title: "Hetzner Cloud controller manager",
    image: /hcloud-cloud-controller-manager/,
    environment: Object.values(ENVIRONMENT),
    builds: (settings) => parseBool(settings[ENVIRONMENT.enabled] ?? "true") !== false,
  },
  providerID: /^hcloud:\/\//,
  annotations: {
    prefixes: [PREFIX],
    known: [
      ...new Set([...Object.values(KEYS), ...Object.values(CHECK)]),
      ...[
        "algorithm-type",
        "certificate-type",
        "disable-private-ingress",
        "disable-public-network",
        "health-check-http-domain",
        "health-check-http-validate-certificate",
        "http-certificates",
        "http-cookie-lifetime",
        "http-cookie-name",
        "http-managed-certificate-acme-staging",
        "http-managed-certificate-domains",
        "http-managed-certificate-name",
        "http-redirect-http",
        "http-sticky-sessions",
        "http-timeout-idle",
        "id",
        "ipv4",
        "ipv4-rdns",
        "ipv6",
        "ipv6-disabled",
        "ipv6-rdns",
        "location",
        "name",
        "network-zone",
        "private-ipv4",
        "private-subnet-ip-range",
        "type",
        "use-private-ip",
      ].map((suffix) => PREFIX + suffix),
    ],
  },
  healthCheckKeys: [CHECK.protocol, CHECK.port, CHECK.path, CHECK.matcher],
  front(asked) {
    const { service, settings } = asked;
    const sends = annotated(
      service,
      KEYS.proxyProtocol,
      parseBool(settings[ENVIRONMENT.proxyProtocol] ?? "false") === true,
      GO_BOOL,
    );
    const header: Setting<"off" | "v2"> = {
      ...sends,
      value: isUnknown(sends.value) ? sends.value : sends.value ? "v2" : "off",
    };
    const protocol = annotated(
      service,
      KEYS.protocol,
      "tcp",
      words({ tcp: "tcp", http: "http", https: "https" }),
    );
    const isOfHttp = protocol.value === "http" || protocol.value === "https";
    const hostname = annotation(service, KEYS.hostname) ?? "";
    const selector = annotated<LabelSelector>(service, KEYS.nodeSelector, {}, LABEL_SELECTOR);
    return {
      healthCheck: checkBehind(asked, header, isOfHttp),
      proxyProtocol: header,
      preservesClientAddress: byDefault(false, header.at),
      publishes: byDefault(
        hostname !== ""
          ? "hostname"
          : header.value !== "off" && setsIpMode(settings["version"])
            ? "proxyAddress"
            : "address",
        annotationPlace(service, KEYS.hostname),
      ),
      ...(selector.by === "given" ? { nodeSelector: selector } : {}),
      attributes: { [FORWARDS_ADDRESS]: { ...protocol, value: isOfHttp } },
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: false,
  laws: {
    ...proxyLaws(KEYS.proxyProtocol, "true"),
    ...checkLaws((_, service) =>
      [
        `Set the annotations ${CHECK.protocol}: "http", ${CHECK.port}: "${healthPort(service)}"`,
        `and ${CHECK.path}: "/healthz"; pin spec.healthCheckNodePort to that port.`,
      ].join(" "),
    ),
    nodePorts: { facts: [] },
  },
};

/** Without any annotation of the check it is TCP; with one, the protocol of the load balancer unless that is written too. */
function checkBehind({ service, settings }: Asked, header: Setting<string>, isOfHttp: boolean): HealthCheck {
  const isWritten =
    [CHECK.port, CHECK.interval, CHECK.timeout, CHECK.unhealthy].some((key) => key in service.annotations) ||
    [ENVIRONMENT.interval, ENVIRONMENT.timeout, ENVIRONMENT.retries].some((name) => name in settings);
  const times = {
    intervalSeconds: parseSeconds(settings[ENVIRONMENT.interval] ?? "") ?? TIMES.intervalSeconds,
    timeoutSeconds: parseSeconds(settings[ENVIRONMENT.timeout] ?? "") ?? TIMES.timeoutSeconds,
    healthyThreshold: Number(settings[ENVIRONMENT.retries] ?? TIMES.healthyThreshold),
    unhealthyThreshold: Number(settings[ENVIRONMENT.retries] ?? TIMES.unhealthyThreshold),
  };
  const defaults = trafficPortCheck(times);
  const check = checkOf(
    service,
    CHECK.port,
    isWritten && isOfHttp ? { ...defaults, protocol: "HTTP" } : defaults,
    CHECK,
    { protocol: PROTOCOL, seconds: GO_DURATION, matcher: STATUS_CODES },
  );
  // Whether checks carry the header is documented nowhere.
  const own = header.value === "off" ? "off" : unknownAt("whether the health check carries the PROXY header");
  return { ...check, proxyProtocol: byDefault<"off" | "v1" | "v2">(own, header.at) };
}

/** `2??` stands for 200 to 299. */
const STATUS_CODES: Parser<string> = {
  parse: (raw) => raw.replace(/\b(\d)\?\?/g, "$100-$199"),
  wanted: TEXT.wanted,
};

/** ipMode Proxy beside a PROXY header since v1.21.0 (its CHANGELOG). Where the version is not known, it is taken for a newer one. */
function setsIpMode(version: string | undefined): boolean {
  const [major = 1, minor = 21] = (version ?? "").split(".").map(Number);
  return version === undefined || major > 1 || minor >= 21;
}
