import {
  byDefault,
  given,
  unknownAt,
  type Front,
  type HealthCheck,
  type Knowable,
  type ContainerPort,
  type Service,
  type ServicePort,
  type Workload,
} from "../../model";
import { nodeCheck, withoutCheck } from "./node-check";
import { podCheck } from "./pod-check";

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

const port = (protocol: ServicePort["protocol"], nodePort: number, number = 80): ServicePort => ({
  name: `${String(protocol).toLowerCase()}-${nodePort}`,
  protocol,
  port: number,
  targetPort: 8080,
  nodePort,
});
const with_ = (one: Service, ...ports: readonly ServicePort[]): Service => ({ ...one, ports });
const tcp = (policy: "Cluster" | "Local", healthCheckNodePort?: Knowable<number>): Service =>
  with_(service(policy, healthCheckNodePort), port("TCP", 30_001));

// Kubernetes `pkg/proxy/healthcheck/service_health.go`: the port is open on every node and says by its HTTP status who has endpoints;
// it does not parse a PROXY header, which an NLB prepends to its checks too.
it.each<[string, Service, Front, readonly string[], string | undefined]>([
  [
    "HTTP on a known health-check node port",
    tcp("Local", 32_001),
    front("HTTP", 32_001),
    ["readyHere"],
    undefined,
  ],
  [
    "HTTP on one that is yet to be allocated",
    tcp("Local", own),
    front("HTTP", own),
    ["readyHere"],
    undefined,
  ],
  ["TCP on it sees an open port everywhere", tcp("Local", own), front("TCP", own), ["everywhere"], undefined],
  [
    "a PROXY header on it",
    tcp("Local", 32_001),
    front("HTTP", 32_001, "v2"),
    ["nowhere"],
    "check-header-not-parsed",
  ],
  [
    "a PROXY header on one that is yet to be allocated",
    tcp("Local", own),
    front("HTTP", own, "v2"),
    ["nowhere"],
    "check-header-not-parsed",
  ],
  ["it under Cluster", tcp("Cluster"), front("HTTP", own), ["nowhere"], "health-port-closed"],
  [
    "the traffic port under Local drops where no endpoint is",
    tcp("Local", own),
    front("TCP", "traffic-port"),
    ["servedHere"],
    undefined,
  ],
  [
    "the traffic port under Cluster",
    tcp("Cluster"),
    front("TCP", "traffic-port"),
    ["whileServed"],
    undefined,
  ],
  ["kube-proxy's own health", tcp("Cluster"), front("HTTP", 10_256), ["everywhere"], undefined],
  [
    "kube-proxy's own health behind a PROXY header",
    tcp("Cluster"),
    front("HTTP", 10_256, "v2"),
    ["nowhere"],
    "check-header-not-parsed",
  ],
  // Nothing listens on a node port: kube-proxy forwards the protocol of the Service's port alone.
  [
    "TCP on a node port of UDP under Cluster",
    with_(service("Cluster"), port("UDP", 30_001)),
    front("TCP", "traffic-port"),
    ["nowhere"],
    "check-needs-tcp",
  ],
  [
    "TCP on a node port of UDP under Local",
    with_(service("Local", own), port("UDP", 30_001)),
    front("TCP", "traffic-port"),
    ["nowhere"],
    "check-needs-tcp",
  ],
  [
    "UDP and TCP on one node port",
    with_(service("Cluster"), port("UDP", 30_001), port("TCP", 30_001)),
    front("TCP", "traffic-port"),
    ["whileServed"],
    undefined,
  ],
  [
    "a UDP port checked on kube-proxy's own health",
    with_(service("Cluster"), port("UDP", 30_001)),
    front("HTTP", 10_256),
    ["everywhere"],
    undefined,
  ],
  [
    "a port of the range that is none of the Service's",
    tcp("Cluster"),
    front("HTTP", 30_999),
    ["nowhere"],
    "node-port-closed",
  ],
  [
    "a port of the range, while the health-check node port is not known",
    tcp("Local", own),
    front("HTTP", 30_999),
    ["readyHere", "nowhere"],
    "port-may-become-health-check-node-port",
  ],
  // The range alone has health-check node ports, so 8080 never becomes one.
  [
    "8080 under Local, unpinned",
    tcp("Local", own),
    front("HTTP", 8080),
    ["everywhere", "nowhere"],
    "responder-not-known",
  ],
  [
    "8080 under Local, pinned",
    tcp("Local", 32_001),
    front("HTTP", 8080),
    ["everywhere", "nowhere"],
    "responder-not-known",
  ],
  [
    "8080 under Cluster",
    tcp("Cluster"),
    front("TCP", 8080),
    ["everywhere", "nowhere"],
    "responder-not-known",
  ],
  ["the kubelet's port", tcp("Cluster"), front("TCP", 10_250), ["everywhere"], undefined],
  [
    "a port that is not known",
    tcp("Local", own),
    front("HTTP", unknownAt("healthCheck.port")),
    ["readyHere", "everywhere", "nowhere"],
    "check-partly-unknown",
  ],
])("%s", (_, one, check, possible, code) => {
  const answer = nodeCheck(check, one);
  expect([answer.possible, answer.because?.code]).toEqual([possible, code]);
});

it("a host port of the pods answers where they are", () => {
  const pods = podsWith({ containerPort: 8080, hostPort: 8080 });
  expect(nodeCheck(front("HTTP", 8080), tcp("Cluster"), pods).possible).toEqual(["servedHere"]);
});

function podsWith(...ports: readonly ContainerPort[]): readonly Workload[] {
  const replicas = { count: 1, by: "given" } as const;
  const template = {
    labels: {},
    spec: { containers: [{ name: "web", requests: {}, ports }] },
  };
  return [{ ref, runs: "replicas", replicas, template } as unknown as Workload]; // what a check does not read is left out
}

// A pod has its own ports only; what it declares is not all that it may answer on.
it.each<[string, Service, Front, readonly Workload[], readonly string[], string | undefined]>([
  ["the port of the traffic", tcp("Cluster"), ip("TCP", "traffic-port"), [], ["servedHere"], undefined],
  [
    "the traffic's behind a PROXY header",
    tcp("Cluster"),
    ip("HTTP", "traffic-port", "v2"),
    [],
    ["servedHere"],
    undefined,
  ],
  ["the node port", tcp("Cluster"), ip("TCP", 30_001), [], ["nowhere"], "node-port-of-pod"],
  [
    "the health-check node port",
    tcp("Local", 32_001),
    ip("HTTP", 32_001),
    [],
    ["nowhere"],
    "node-port-of-pod",
  ],
  ["one yet to be allocated", tcp("Local", own), ip("HTTP", own), [], ["nowhere"], "node-port-of-pod"],
  [
    "a node port that is the pod's too",
    tcp("Cluster"),
    ip("TCP", 30_001),
    podsWith({ containerPort: 30_001 }),
    ["servedHere"],
    undefined,
  ],
  [
    "the metrics of ingress-nginx behind a PROXY header",
    tcp("Cluster"),
    ip("HTTP", 10_254, "v2"),
    podsWith({ containerPort: 10_254 }),
    ["nowhere"],
    "check-header-not-parsed",
  ],
  [
    "another port behind a PROXY header",
    tcp("Cluster"),
    ip("HTTP", 9000, "v2"),
    podsWith({ containerPort: 9000 }),
    ["servedHere", "nowhere"],
    "header-may-not-be-parsed",
  ],
  [
    "a declared port",
    tcp("Cluster"),
    ip("HTTP", 9000),
    podsWith({ containerPort: 9000 }),
    ["servedHere"],
    undefined,
  ],
  [
    "a port that nobody declares",
    tcp("Cluster"),
    ip("HTTP", 9000),
    podsWith({ containerPort: 8080 }),
    ["servedHere", "nowhere"],
    "pods-may-answer-on-port",
  ],
  [
    "a port of UDP",
    with_(service("Cluster"), port("UDP", 30_001)),
    ip("TCP", "traffic-port"),
    podsWith({ containerPort: 8080, protocol: "UDP" }),
    ["servedHere", "nowhere"],
    "pods-may-answer-tcp",
  ],
  [
    "a port of UDP that the pods have for TCP as well",
    with_(service("Cluster"), port("UDP", 30_001)),
    ip("TCP", "traffic-port"),
    podsWith({ containerPort: 8080, protocol: "UDP" }, { containerPort: 8080 }),
    ["servedHere"],
    undefined,
  ],
])("of pods: %s", (_, one, check, pods, possible, code) => {
  const answer = podCheck(check, one, pods);
  expect([answer.possible, answer.because?.code]).toEqual([possible, code]);
});

function ip(...args: Parameters<typeof front>): Front {
  return { ...front(...args), targets: given("ip", at), targetPort: given(8080, at) };
}

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
