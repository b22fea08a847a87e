import { byDefault, given, unknownAt } from "../../../model";
import { annotated, annotation, annotationPlace, GO_INT, words } from "../annotations";
import { checkOf, withoutHeader } from "../check";
import type { CloudFacts, NodePortCloud } from "../cloud";

// cloud-provider-alibaba-cloud `pkg/controller/service/clbv1/vgroups.go`, `reconcile/annotation/annotations.go` @eeb0ddc6.
const PREFIX = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";
const BACKEND_TYPE = "service.beta.kubernetes.io/backend-type";
const KEYS = { proxyProtocol: `${PREFIX}proxy-protocol`, hostname: `${PREFIX}hostname` };
const CHECK = {
  interval: `${PREFIX}health-check-interval`,
  timeout: `${PREFIX}health-check-connect-timeout`,
  healthy: `${PREFIX}healthy-threshold`,
  unhealthy: `${PREFIX}unhealthy-threshold`,
};

export const facts = {} as const satisfies CloudFacts;

/** Under Local its targets are the nodes with pods, each weighing as many as it has. */
export const cloud: NodePortCloud = {
  name: "alibaba-cloud",
  title: "Alibaba Cloud load balancer",
  controller: {
    name: "alibaba-cloud-controller-manager",
    title: "Alibaba Cloud controller manager",
    image: /cloud-controller-manager.*alibaba|alibaba.*cloud-controller-manager|cloud-provider-alibaba/,
  },
  providerID: /^(alicloud:\/\/)?[a-z]+-[a-z0-9-]+\.i-/,
  annotations: {
    prefixes: [PREFIX, BACKEND_TYPE],
    known: [...Object.values(KEYS), ...Object.values(CHECK), BACKEND_TYPE],
    // The controller has some eighty keys, of three kinds of load balancers.
    families: [PREFIX],
  },
  healthCheckKeys: [],
  front({ service }) {
    const header = annotated<"off" | "v2">(
      service,
      KEYS.proxyProtocol,
      "off",
      words({ on: "v2", off: "off" }),
    );
    const at = annotationPlace(service, KEYS.proxyProtocol);
    const ofCloud = unknownAt("the defaults of the cloud's health check");
    const check = checkOf(
      service,
      CHECK.interval,
      {
        protocol: "TCP",
        port: "traffic-port",
        intervalSeconds: ofCloud,
        timeoutSeconds: ofCloud,
        healthyThreshold: ofCloud,
        unhealthyThreshold: ofCloud,
      },
      CHECK,
      { seconds: GO_INT },
    );
    const isOfPods = annotation(service, BACKEND_TYPE) === "eni";
    return {
      healthCheck: withoutHeader(check),
      proxyProtocol: header,
      preservesClientAddress: byDefault(true, at),
      publishes: byDefault(
        (annotation(service, KEYS.hostname) ?? "") === "" ? "address" : "hostname",
        annotationPlace(service, KEYS.hostname),
      ),
      ...(isOfPods ? { targets: given("pod", annotationPlace(service, BACKEND_TYPE)) } : {}),
    };
  },
  checkTimes: { intervalSeconds: 5, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 2 },
  withoutHealthyTargets: "unknown",
  preservesClientAddress: true,
  onlyNodesWithPods: true,
  laws: { nodePorts: { facts: [] } },
};
