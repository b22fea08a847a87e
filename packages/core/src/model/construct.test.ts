import type { Cluster } from "./cluster";
import { makeCluster, makeEndpoints, makeNodes, makeService } from "./construct";
import type { Endpoint } from "./endpoint";
import { ImpossibleRecord } from "./impossible";
import { unknownAt } from "./knowable";
import type { Node } from "./node";
import type { Service, ServicePort } from "./service";

const node = (name: string, allocatable: Record<string, number> = {}): Node => ({
  name,
  labels: {},
  taints: [],
  unschedulable: false,
  allocatable,
});
const nodes = [node("n1"), node("n2")];
const endpoint: Endpoint = { addresses: ["10.244.1.5"], nodeName: "n1" };
const port: ServicePort = { name: "http", protocol: "TCP", port: 80, targetPort: "web", nodePort: 30080 };
const service = (change: Partial<Service>): Service => ({
  ref: { kind: "Service", namespace: "shop", name: "web" },
  labels: {},
  annotations: {},
  type: "LoadBalancer",
  headless: false,
  ports: [port],
  internalTrafficPolicy: "Cluster",
  loadBalancerSourceRanges: [],
  sessionAffinity: "None",
  publishNotReadyAddresses: false,
  externalIPs: [],
  ingress: [],
  ...change,
});

test("what can be is given back as it is", () => {
  const list = [endpoint, { addresses: ["2001:db8::1"] }];
  expect(makeEndpoints(list, nodes)).toBe(list);
  expect(makeNodes(nodes)).toBe(nodes);
  const open = service({ healthCheckNodePort: unknownAt("spec.healthCheckNodePort") });
  expect(makeService(open)).toBe(open);
});

test.each<[string, Endpoint[], string]>([
  [
    "unknown node",
    [{ ...endpoint, nodeName: "n9" }],
    'endpoints[0].nodeName: "n9"; wanted one of the nodes: n1, n2',
  ],
  [
    "same address twice",
    [endpoint, endpoint],
    'endpoints[1].addresses[0]: "10.244.1.5" again; wanted an address of its own for every endpoint',
  ],
  ["no address", [{ addresses: [] }], "endpoints[0].addresses: none; wanted an IP address"],
  [
    "a name for an address",
    [{ addresses: ["pod-1"] }],
    "endpoints[0].addresses[0]: pod-1; wanted an IP address",
  ],
  [
    "too many hints",
    [{ ...endpoint, hints: { forZones: [..."abcdefghi"] } }],
    "endpoints[0].hints.forZones: 9 entries; wanted at most 8",
  ],
])("endpoints are refused: %s", (_, endpoints, message) => {
  expect(() => makeEndpoints(endpoints, nodes)).toThrow(message);
});

test.each<[string, Node[], string]>([
  [
    "same name twice",
    [node("n1"), node("n1")],
    'nodes[1].name: "n1" again; wanted a name of its own for every node',
  ],
  ["no name", [node("")], 'nodes[0].name: ""; wanted a name'],
  ["negative CPU", [node("n1", { cpu: -1 })], "nodes[0].allocatable.cpu: -1; wanted 0 or more"],
])("nodes are refused: %s", (_, list, message) => {
  expect(() => makeNodes(list)).toThrow(message);
});

test.each<[string, Partial<Service>, string]>([
  ["negative port", { ports: [{ ...port, port: -80 }] }, "ports[0].port: -80; wanted a port, 1 to 65535"],
  ["port 0", { ports: [{ ...port, targetPort: 0 }] }, "ports[0].targetPort: 0; wanted a port, 1 to 65535"],
  [
    "half a port",
    { ports: [{ ...port, nodePort: 30080.5 }] },
    "ports[0].nodePort: 30080.5; wanted a port, 1 to 65535",
  ],
  [
    "health-check port too large",
    { healthCheckNodePort: 70_000 },
    "healthCheckNodePort: 70000; wanted a port, 1 to 65535",
  ],
  ["two ports of a name", { ports: [port, { ...port, nodePort: 30081 }] }, 'ports[1].name: "http" again'],
  [
    "two ports on one node port",
    { ports: [port, { ...port, name: "admin" }] },
    'ports[1].nodePort: "TCP 30080" again',
  ],
])("a Service is refused: %s", (_, change, message) => {
  expect(() => makeService(service(change))).toThrow(message);
});

test("one node port may carry two protocols", () => {
  const both = service({ ports: [port, { ...port, name: "dns", protocol: "UDP" }] });
  expect(makeService(both)).toBe(both);
});

test("a cluster is refused with everything that is wrong, each with its path", () => {
  const cluster: Cluster = {
    kubernetesVersion: "latest",
    dataplane: "iptables",
    nodes: [node("n1"), node("n1")],
    pods: [{ namespace: "shop", name: "web-1", labels: {}, spec: { nodeName: "n7", containers: [] } }],
  };
  try {
    makeCluster(cluster);
    throw new Error("the cluster was taken");
  } catch (error) {
    expect(error).toBeInstanceOf(ImpossibleRecord);
    expect(error instanceof ImpossibleRecord && error.problems.map(({ path }) => path)).toEqual([
      "kubernetesVersion",
      "nodes[1].name",
      "pods[0].spec.nodeName",
    ]);
  }
});
