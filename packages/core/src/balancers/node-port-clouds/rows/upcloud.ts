import {
  byDefault,
  isUnknown,
  unknownAt,
  type HealthCheck,
  type Knowable,
  type Published,
  type Service,
} from "../../../model";
import { annotation, annotationPlace } from "../annotations";
import { checkOf, healthCheckNodePortCheck, trafficPortCheck } from "../check";
import type { CloudFacts, NodePortCloud } from "../cloud";
import { checkLaws } from "../laws";

// cloud-controller-manager of UpCloud `loadbalancer_request.go:75-82` @d04f4e8. All settings are one annotation in JSON.
const CONFIG = "service.beta.kubernetes.io/upcloud-load-balancer-config";

export const facts = {} as const satisfies CloudFacts;

const TIMES = { intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 3, unhealthyThreshold: 3 };

export const cloud: NodePortCloud = {
  name: "upcloud",
  title: "UpCloud Managed Load Balancer",
  controller: {
    name: "upcloud-cloud-controller-manager",
    title: "UpCloud cloud controller manager",
    image: /upcloud.*cloud-controller-manager/i,
  },
  providerID: /^upcloud:\/\//,
  annotations: { prefixes: ["service.beta.kubernetes.io/upcloud-load-balancer-"], known: [CONFIG] },
  healthCheckKeys: [CONFIG],
  front({ service }) {
    const at = annotationPlace(service, CONFIG);
    const config = annotation(service, CONFIG);
    const header = headerIn(config);
    return {
      healthCheck: checkBehind(service, config, header),
      proxyProtocol: header === "off" ? byDefault("off", at) : { value: header, at, by: "given" },
      preservesClientAddress: byDefault(false, at),
      publishes: byDefault<Published>(unknownAt("what the controller publishes"), at),
    };
  },
  checkTimes: TIMES,
  withoutHealthyTargets: "unknown",
  preservesClientAddress: false,
  laws: {
    ...checkLaws(
      () =>
        `Leave health_check_type and health_check_url out of the annotation ${CONFIG}: the controller then checks HTTP on the Service's healthCheckNodePort.`,
    ),
    proxyHeader: {
      facts: ["H4"],
      fix: () =>
        `Set outbound_proxy_protocol in the annotation ${CONFIG} and enable the PROXY protocol in the pods, or do neither.`,
    },
    clientAddress: {
      facts: ["H3"],
      fix: () =>
        `Set outbound_proxy_protocol: "v2" in the annotation ${CONFIG} and enable the PROXY protocol in the pods.`,
    },
    nodePorts: { facts: [] },
  },
};

type Header = "off" | "v1" | "v2";

/** One version for all backends; what differs between them is not followed. */
function headerIn(config: Knowable<string> | undefined): Knowable<Header> {
  if (config === undefined || isUnknown(config)) return config ?? "off";
  const versions = new Set(
    [...config.matchAll(/"outbound_proxy_protocol"\s*:\s*"(v[12]|)"/g)].map(([, one]) => one),
  );
  if (versions.size === 0) return config.includes("outbound_proxy_protocol") ? unknownAt(CONFIG) : "off";
  const [only = ""] = versions;
  if (versions.size > 1) return unknownAt(CONFIG);
  return only === "v1" || only === "v2" ? only : "off";
}

/** HTTP on the health-check node port under Local, TCP under Cluster, unless the annotation says something of checks. */
function checkBehind(
  service: Service,
  config: Knowable<string> | undefined,
  header: Knowable<Header>,
): HealthCheck {
  const ofCloud = unknownAt("the defaults of the cloud's health check");
  const times = {
    intervalSeconds: ofCloud,
    timeoutSeconds: ofCloud,
    healthyThreshold: ofCloud,
    unhealthyThreshold: ofCloud,
  };
  const own = healthCheckNodePortCheck(service, TIMES) ?? trafficPortCheck(TIMES);
  const isWritten = config !== undefined && (isUnknown(config) || config.includes("health_check_"));
  const check = checkOf(
    service,
    CONFIG,
    { ...own, ...times, ...(isWritten ? { protocol: unknownAt(CONFIG), port: unknownAt(CONFIG) } : {}) },
    {},
  );
  const onCheck = header === "off" ? "off" : unknownAt("whether the health check carries the PROXY header");
  return { ...check, proxyProtocol: byDefault<Header>(onCheck, annotationPlace(service, CONFIG)) };
}
