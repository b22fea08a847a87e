import { byDefault, isUnknown, unknownAt, type HealthCheck, type Setting } from "../../../model";
import { parseBool, parseInt32 } from "../../go-values";
import {
  annotated,
  annotation,
  annotationPlace,
  GO_BOOL,
  GO_DURATION,
  words,
  type Parser,
} from "../annotations";
import { checkOf, healthCheckNodePortCheck, trafficPortCheck, withoutHeader } from "../check";
import type { Asked, CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws, proxyLaws } from "../laws";
import { refuse } from "../refusal";

// scaleway-cloud-controller-manager `scaleway/loadbalancers.go`, `loadbalancers_annotations.go` @bddc17f8.
const PREFIX = "service.beta.kubernetes.io/scw-loadbalancer-";
const KEYS = {
  fromService: `${PREFIX}health-check-from-service`,
  headerV1: `${PREFIX}proxy-protocol-v1`,
  headerV2: `${PREFIX}proxy-protocol-v2`,
  sendProxy: `${PREFIX}health-check-send-proxy`,
  ipMode: `${PREFIX}ip-mode`,
  useHostname: `${PREFIX}use-hostname`,
};
const CHECK = {
  protocol: `${PREFIX}health-check-type`,
  interval: `${PREFIX}health-check-delay`,
  timeout: `${PREFIX}health-check-timeout`,
  // How many passing checks bring a node back is not documented; as many as take it out are assumed.
  healthy: `${PREFIX}health-check-max-retries`,
  unhealthy: `${PREFIX}health-check-max-retries`,
};

export const facts = {} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 5, timeoutSeconds: 5, healthyThreshold: 5, unhealthyThreshold: 5 };

export const cloud: NodePortCloud = {
  name: "scaleway",
  title: "Scaleway Load Balancer",
  controller: {
    name: "scaleway-cloud-controller-manager",
    title: "Scaleway cloud controller manager",
    image: /scaleway-cloud-controller-manager/,
  },
  providerID: /^scaleway:\/\//,
  annotations: {
    prefixes: [PREFIX],
    known: [
      ...Object.values(KEYS),
      ...new Set(Object.values(CHECK)),
      ...[
        "certificate-ids",
        "connection-rate-limit",
        "enable-access-logs",
        "enable-http3",
        "externally-managed",
        "failover-host",
        "flexible-ip-types",
        "force-internal-ip",
        "forward-port-algorithm",
        "health-check-http-code",
        "health-check-http-method",
        "health-check-http-uri",
        "health-check-mysql-user",
        "health-check-pgsql-user",
        "health-transient-check-delay",
        "http-backend-tls",
        "http-backend-tls-skip-verify",
        "id",
        "ip-ids",
        "max-connections",
        "max-retries",
        "on-marked-down-action",
        "pn-ids",
        "private",
        "private-ip-ids",
        "protocol-http",
        "redispatch-attempt-count",
        "send-proxy-v2",
        "ssl-compatibility-level",
        "sticky-sessions",
        "sticky-sessions-cookie-name",
        "target-node-labels",
        "timeout-client",
        "timeout-connect",
        "timeout-queue",
        "timeout-server",
        "timeout-tunnel",
        "type",
        "zone",
      ].map((suffix) => PREFIX + suffix),
    ],
  },
  healthCheckKeys: [CHECK.protocol],
  front(asked) {
    const { service } = asked;
    const header = headerOf(asked);
    const at = annotationPlace(service, KEYS.ipMode);
    const isForAll = service.ports.every((port) => headerOf({ ...asked, port }).value !== "off");
    const mode = annotated(
      service,
      KEYS.ipMode,
      isForAll ? "proxyAddress" : "address",
      words({ Proxy: "proxyAddress", VIP: "address" } as const),
    );
    const byName = annotation(service, KEYS.useHostname);
    const isNamed = typeof byName === "string" && parseBool(byName) === true;
    return {
      healthCheck: checkBehind(asked, header),
      proxyProtocol: header,
      preservesClientAddress: byDefault(false, header.at),
      publishes: isNamed ? byDefault("hostname", at) : mode,
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: false,
  laws: {
    ...proxyLaws(KEYS.headerV2, "*"),
    ...checkLaws(
      () =>
        `Set the annotation ${KEYS.fromService}: "true": the controller then checks HTTP /healthz on the Service's healthCheckNodePort.`,
    ),
    nodePorts: { facts: [] },
  },
};

/** `true` or `*` for all ports, `false`, or numbers of ports. */
const OF_PORTS = (port: unknown): Parser<boolean> => ({
  parse: (raw) => {
    if (raw === "*" || raw === "true") return true;
    if (raw === "" || raw === "false") return false;
    const ports = raw.split(",").map((one) => parseInt32(one.trim()));
    return ports.includes(undefined) ? undefined : ports.some((one) => one === port);
  },
  wanted: "true, false, * or numbers of ports",
});

function headerOf({ service, port }: Asked): Setting<"off" | "v1" | "v2"> {
  const [v1, v2] = [KEYS.headerV1, KEYS.headerV2].map((key) =>
    annotated(service, key, false, OF_PORTS(port.port)),
  ) as [Setting<boolean>, Setting<boolean>];
  if (v1.value === true && v2.value === true) refuse(v1.at, "v1 and v2 for one port", "one of the two");
  const wanting = v1.value === false ? v2 : v1;
  const version = wanting === v1 ? "v1" : "v2";
  return { ...wanting, value: isUnknown(wanting.value) ? wanting.value : wanting.value ? version : "off" };
}

/** Lines 1252 to 1320: with `health-check-from-service` HTTP on the health-check node port, never with the header. */
function checkBehind({ service, port }: Asked, header: Setting<"off" | "v1" | "v2">): HealthCheck {
  const own = healthCheckNodePortCheck(service, TIMES);
  const { protocol: _, ...timed } = CHECK;
  const asksService = annotated(service, KEYS.fromService, false, OF_PORTS(port.port));
  if (own && asksService.value === true)
    return withoutHeader(checkOf(service, KEYS.fromService, own, timed, { seconds: GO_DURATION }));
  const check = checkOf(service, KEYS.fromService, trafficPortCheck(TIMES), CHECK, {
    protocol: TYPES,
    seconds: GO_DURATION,
  });
  const sends = annotated(service, KEYS.sendProxy, false, GO_BOOL);
  return { ...check, proxyProtocol: { ...sends, value: sends.value === true ? header.value : "off" } };
}

/** What speaks a protocol of its own (`mysql`, `redis`), and values for single ports (`80:http`), are not followed. */
const TYPES: Parser<"TCP" | "HTTP" | "HTTPS"> = {
  parse: (raw) =>
    (({ tcp: "TCP", http: "HTTP", https: "HTTPS" }) as const)[raw] ??
    unknownAt("the type of the health check"),
  wanted: "tcp, http or https",
};
