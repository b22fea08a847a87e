import {
  byDefault,
  given,
  unknownAt,
  type Front,
  type HealthCheck,
  type Knowable,
  type Service,
} from "../../model";
import { nodeCheck, withoutCheck } from "./node-check";

const ref = { kind: "Service", namespace: "shop", name: "web" };
const at = { resource: ref, path: "" };
const own = unknownAt("spec.healthCheckNodePort", {
  resource: "Service/shop/web",
  field: "spec.healthCheckNodePort",
});

function service(policy: "Cluster" | "Local", healthCheckNodePort?: Knowable<number>): Service {
  return {
    ref,
    labels: {},
    annotations: {},
    type: "LoadBalancer",
    headless: false,
    ports: [],
    externalTrafficPolicy: policy,
    internalTrafficPolicy: "Cluster",
    healthCheckNodePort,
    loadBalancerSourceRanges: [],
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    externalIPs: [],
    ingress: [],
  };
}

function front(
  protocol: "TCP" | "HTTP",
  port: HealthCheck["port"]["value"],
  proxyProtocol: "off" | "v2" = "off",
): Front {
  const number = byDefault(10, at);
  return {
    balancer: "nlb",
    controller: { name: "pulumi" },
    resource: ref,
    related: [],
    servicePort: 80,
    targets: given("instance", at),
    targetPort: given(30_001, at),
    healthCheck: {
      protocol: given(protocol, at),
      port: given(port, at),
      intervalSeconds: number,
      timeoutSeconds: number,
      healthyThreshold: number,
      unhealthyThreshold: number,
    },
    proxyProtocol: given(proxyProtocol, at),
    preservesClientAddress: byDefault(true, at),
    attributes: {},
  };
}

// Kubernetes `pkg/proxy/healthcheck/service_health.go`: the port is open on every node and says by its HTTP status who has endpoints;
// it does not parse a PROXY header, which an NLB prepends to its checks too.
it.each<[string, Service, Front, string]>([
  ["HTTP on a known health-check node port", service("Local", 32_001), front("HTTP", 32_001), "readyHere"],
  ["HTTP on one that is yet to be allocated", service("Local", own), front("HTTP", own), "readyHere"],
  ["TCP on it sees an open port everywhere", service("Local", own), front("TCP", own), "everywhere"],
  ["a PROXY header on it", service("Local", 32_001), front("HTTP", 32_001, "v2"), "nowhere"],
  [
    "a PROXY header on one that is yet to be allocated",
    service("Local", own),
    front("HTTP", own, "v2"),
    "nowhere",
  ],
  [
    "the traffic port under Local drops where no endpoint is",
    service("Local", own),
    front("TCP", "traffic-port"),
    "servedHere",
  ],
  ["the traffic port under Cluster", service("Cluster"), front("TCP", "traffic-port"), "whileServed"],
  ["kube-proxy's own health", service("Cluster"), front("HTTP", 10_256), "everywhere"],
])("%s: %#", (_, one, check, passing) => {
  expect(nodeCheck(check, one)).toEqual({ possible: [passing] });
});

it("names what it assumes of a port that nothing is known of", () => {
  const view = nodeCheck(front("HTTP", unknownAt("healthCheck.port")), service("Local", own));
  expect(view).toMatchObject({
    possible: ["readyHere"],
    because: { code: "check-partly-unknown" },
  });
});

// Kubernetes `pkg/api/v1/service/util.go` NeedsHealthCheck: type LoadBalancer alone gets the port.
it.each(["NodePort", "ClusterIP"] as const)(
  "type %s under Local: nothing says which nodes have pods, so all of them are entered",
  (type) => {
    expect(withoutCheck({ ...service("Local"), type })).toMatchObject({
      possible: ["everywhere"],
      because: { code: "clients-reach-every-node", data: { type } },
    });
    expect(withoutCheck({ ...service("Cluster"), type })).toEqual({ possible: ["whileServed"] });
  },
);

it("type LoadBalancer under Local has the port, whatever is in front", () => {
  expect(withoutCheck(service("Local", own))).toEqual({ possible: ["readyHere"] });
});
