import { byDefault, isUnknown, mapKnown, unknownAt, type HealthCheck, type Knowable } from "../../../model";
import { annotated, annotation, annotationPlace, GO_INT, lenient, words } from "../annotations";
import { FORWARDS_ADDRESS } from "../balancer";
import { checkOf, healthCheckNodePortCheck, trafficPortCheck, withoutHeader } from "../check";
import type { Asked, CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws, proxyLaws } from "../laws";
import { refuse } from "../refusal";

// cloud-provider-openstack `pkg/openstack/loadbalancer.go` and `openstack.go` @c453fb7c; line numbers are those of the former.
const PREFIX = "loadbalancer.openstack.org/";
const KEYS = {
  monitor: `${PREFIX}enable-health-monitor`,
  delay: `${PREFIX}health-monitor-delay`,
  timeout: `${PREFIX}health-monitor-timeout`,
  retries: `${PREFIX}health-monitor-max-retries`,
  retriesDown: `${PREFIX}health-monitor-max-retries-down`,
  proxyProtocol: `${PREFIX}proxy-protocol`,
  forwardedFor: `${PREFIX}x-forwarded-for`,
  hostname: `${PREFIX}hostname`,
};

export const facts = {
  "octavia-local-needs-monitor": {
    statement:
      "Octavia, Local: without a health monitor, the default, every node is a member, and those without a pod drop their share.",
    source: "https://github.com/kubernetes/cloud-provider-openstack/issues/2866",
  },
  "octavia-ovn-checks-late": {
    statement:
      "Octavia with the ovn provider has no HTTP monitors: under Local it checks the node port over TCP, so a node whose last pod ends is noticed late.",
    source:
      "https://github.com/kubernetes/cloud-provider-openstack/blob/c453fb7c/pkg/openstack/loadbalancer.go#L831-L863",
  },
} as const satisfies CloudFacts;

const MONITOR_FIX = `Set the annotation ${KEYS.monitor}: "true", or create-monitor = true in cloud.conf.`;

/** OpenStack Octavia: the managed Kubernetes of OVHcloud, and many private clouds. */
export const cloud: NodePortCloud = {
  name: "octavia",
  title: "OpenStack Octavia",
  controller: {
    name: "openstack-cloud-controller-manager",
    title: "OpenStack cloud controller manager",
    image: /openstack-cloud-controller-manager/,
    configFile: {
      name: "cloud.conf",
      section: "LoadBalancer",
      settings: [
        "create-monitor",
        "enable-ingress-hostname",
        "enabled",
        "lb-provider",
        "monitor-delay",
        "monitor-max-retries",
        "monitor-max-retries-down",
        "monitor-timeout",
      ],
    },
    builds: ({ enabled }) => enabled !== "false",
  },
  providerID: /^openstack:\/\//,
  annotations: {
    prefixes: [PREFIX, "service.beta.kubernetes.io/openstack-internal-load-balancer"],
    known: [
      ...Object.values(KEYS),
      "service.beta.kubernetes.io/openstack-internal-load-balancer",
      ...[
        "availability-zone",
        "class",
        "connection-limit",
        "default-tls-container-ref",
        "flavor-id",
        "floating-network-id",
        "floating-subnet",
        "floating-subnet-id",
        "floating-subnet-tags",
        "keep-floatingip",
        "lb-method",
        "load-balancer-address",
        "load-balancer-id",
        "member-subnet-id",
        "network-id",
        "node-selector",
        "port-id",
        "subnet-id",
        "timeout-client-data",
        "timeout-member-connect",
        "timeout-member-data",
        "timeout-tcp-inspect",
      ].map((suffix) => PREFIX + suffix),
    ],
  },
  healthCheckKeys: [KEYS.monitor],
  front(asked) {
    const { service, settings } = asked;
    const provider = providerOf(asked);
    const header = annotated<Header>(service, KEYS.proxyProtocol, "off", HEADER);
    const forwards = annotated(service, KEYS.forwardedFor, false, lenient(words(YES_OR_NO), false));
    if (header.value !== "off" && !isUnknown(header.value) && forwards.value === true)
      refuse(forwards.at, "true", `false, beside ${KEYS.proxyProtocol}`);
    const monitored = annotated(
      service,
      KEYS.monitor,
      settings["create-monitor"] === "true",
      lenient(words(YES_OR_NO), settings["create-monitor"] === "true"),
    );
    const hostname = annotation(service, KEYS.hostname) ?? "";
    const ownName = mapKnown(header.value, (version) =>
      version === "off"
        ? "address"
        : settings["enable-ingress-hostname"] === "true"
          ? "hostname"
          : "proxyAddress",
    );
    return {
      ...(monitored.value === false ? {} : { healthCheck: monitorOf(asked, provider) }),
      proxyProtocol: header,
      preservesClientAddress: byDefault(provider === "ovn", header.at),
      publishes: byDefault(hostname === "" ? ownName : "hostname", annotationPlace(service, KEYS.hostname)),
      attributes: {
        "enable-health-monitor": monitored,
        "lb-provider": byDefault(provider, { resource: service.ref, path: "lb-provider in cloud.conf" }),
        [FORWARDS_ADDRESS]: forwards,
      },
    };
  },
  checkTimes: { intervalSeconds: 5, timeoutSeconds: 3, healthyThreshold: 1, unhealthyThreshold: 3 },
  // An amphora is HAProxy: with no member up it closes connections. Of the ovn provider nothing is said.
  withoutHealthyTargets: "refuses",
  preservesClientAddress: false,
  laws: {
    ...proxyLaws(KEYS.proxyProtocol, "v2"),
    ...checkLaws(() => MONITOR_FIX),
    localCheckTraffic: {
      facts: ["octavia-ovn-checks-late"],
      fix: () => "Use lb-provider = amphora in cloud.conf, or externalTrafficPolicy: Cluster.",
      level: "advisory",
    },
    localChecked: {
      facts: ["octavia-local-needs-monitor"],
      fix: () => MONITOR_FIX,
      place: ({ attributes, targets }) => attributes["enable-health-monitor"]?.at ?? targets.at,
      assumes: ({ attributes, controller }) =>
        attributes["enable-health-monitor"]?.by === "given" || controller.settings
          ? undefined
          : "cloud.conf does not set create-monitor",
    },
    nodePorts: { facts: [] },
  },
};

type Header = "off" | "v1" | "v2";
const YES_OR_NO = { true: true, false: false };
/** Any other value switches it off (line 481). */
const HEADER = lenient<Header>(words<Header>({ true: "v1", v1: "v1", v2: "v2", false: "off" }), "off");

function providerOf({ settings }: Asked): string {
  return settings["lb-provider"] ?? "amphora";
}

/** Lines 846 to 863: HTTP on the health-check node port but with ovn, and for UDP only from Octavia API 2.16 on. */
function monitorOf({ service, port, settings }: Asked, provider: string): HealthCheck {
  const times = timesOf(settings);
  const local = provider === "ovn" ? undefined : healthCheckNodePortCheck(service, times);
  const type: Knowable<"TCP"> = port.protocol === "UDP" ? unknownAt("the type of a monitor of UDP") : "TCP";
  const check = checkOf(
    service,
    KEYS.monitor,
    local && port.protocol !== "UDP" ? local : { ...trafficPortCheck(times), protocol: type },
    { interval: KEYS.delay, timeout: KEYS.timeout, healthy: KEYS.retries, unhealthy: KEYS.retriesDown },
    { seconds: lenient(GO_INT, times.intervalSeconds) },
  );
  // Octavia's template for HAProxy has no check-send-proxy.
  return withoutHeader(check);
}

/** `monitor-delay` and `monitor-timeout` are durations such as `5s`, the others numbers. */
function timesOf(settings: Asked["settings"]): NodePortCloud["checkTimes"] {
  const number = (name: string, fallback: number): number => {
    const found = Number.parseFloat(settings[name] ?? "");
    return Number.isNaN(found) ? fallback : found;
  };
  return {
    intervalSeconds: number("monitor-delay", 5),
    timeoutSeconds: number("monitor-timeout", 3),
    healthyThreshold: number("monitor-max-retries", 1),
    unhealthyThreshold: number("monitor-max-retries-down", 3),
  };
}
