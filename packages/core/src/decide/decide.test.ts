import { byDefault, type Cluster, type Exposure, type Front, type Service, type Workload } from "../model";
import { equalNodes } from "../estimate";
import { decide } from ".";

const ref = { kind: "Service", namespace: "shop", name: "web" };
const at = { resource: ref, path: "spec" };

const service: Service = {
  ref,
  labels: {},
  annotations: {},
  type: "LoadBalancer",
  headless: false,
  selector: { app: "web" },
  ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 32174 }],
  externalTrafficPolicy: "Cluster",
  internalTrafficPolicy: "Cluster",
  loadBalancerSourceRanges: [],
  sessionAffinity: "None",
  publishNotReadyAddresses: false,
  externalIPs: [],
  ingress: [],
};

const front: Front = {
  balancer: "nlb",
  controller: { name: "aws-load-balancer-controller" },
  resource: ref,
  related: [],
  servicePort: 80,
  targets: byDefault("instance", at),
  targetPort: byDefault(32174, at),
  healthCheck: {
    protocol: byDefault("TCP", at),
    port: byDefault("traffic-port", at),
    intervalSeconds: byDefault(10, at),
    timeoutSeconds: byDefault(10, at),
    healthyThreshold: byDefault(3, at),
    unhealthyThreshold: byDefault(3, at),
  },
  proxyProtocol: byDefault("off", at),
  preservesClientAddress: byDefault(true, at),
  attributes: { "load_balancing.cross_zone.enabled": byDefault(true, at) },
};

const workload = (replicas: number): Workload => ({
  ref: { kind: "Deployment", namespace: "shop", name: "web" },
  runs: "replicas",
  replicas: { count: replicas, by: "given" },
  selector: { matchLabels: { app: "web" } },
  template: {
    labels: { app: "web" },
    spec: { containers: [{ name: "web", requests: { cpu: 100, memory: 128 * 1024 ** 2 } }] },
  },
});

const cluster = (nodes: number, more: Partial<Cluster> = {}): Cluster => ({
  kubernetesVersion: "1.36",
  dataplane: "iptables",
  nodes: equalNodes(nodes, 1),
  pods: [],
  ...more,
});

const exposure = (replicas: number, nodes: number, more: Partial<Exposure> = {}): Exposure => ({
  service,
  fronts: [front],
  workloads: [workload(replicas)],
  cluster: cluster(nodes),
  missing: [],
  ...more,
});

const first = (...args: Parameters<typeof decide>) => decide(...args)[0]!;

test("as many pods as nodes: Local, for the client's address", () => {
  const decision = first(exposure(10, 10));
  expect(decision).toMatchObject({ met: true, chosen: { externalTrafficPolicy: "Local" }, rejected: [] });
  expect(decision.why).toContainEqual(
    expect.stringContaining("the pods see the client's address, which Cluster hides"),
  );
});

test("between N+1 and 2N pods Local is rejected by its hottest pod, with the number and the fixes", () => {
  const decision = first(exposure(19, 10));
  expect(decision.chosen.externalTrafficPolicy).toBe("Cluster");
  expect(decision.rejected).toEqual([
    expect.objectContaining({
      candidate: { externalTrafficPolicy: "Local", trafficDistribution: null },
      requirement: "maxHottest",
      seen: "1.90",
      wanted: "at most 1.50",
      sentence: expect.stringContaining("the hottest pod gets 1.90 times its fair part"),
    }),
    // Near-local routing under Cluster has the same heat, since hints tie traffic to the node it enters.
    expect.objectContaining({
      candidate: expect.objectContaining({ trafficDistribution: "PreferSameNode" }),
      requirement: "maxHottest",
    }),
  ]);
  expect(decision.fixes).toContainEqual(
    expect.objectContaining({
      for: { externalTrafficPolicy: "Local", trafficDistribution: null },
      change: expect.stringContaining("replicas"),
    }),
  );
});

test("one replica never gets Local, and the fix is a second one", () => {
  const decision = first(exposure(1, 10));
  expect(decision.chosen.externalTrafficPolicy).toBe("Cluster");
  expect(decision.rejected).toContainEqual(
    expect.objectContaining({ requirement: "minNodesServing", seen: "1 node" }),
  );
  expect(decision.fixes[0]?.change).toBe("run 2 replicas instead of 1");
});

test("a required client address leaves only Local, even if nothing then meets every requirement", () => {
  const requirements = { clientAddress: "required" as const };
  expect(first(exposure(10, 10), { requirements })).toMatchObject({
    met: true,
    chosen: { externalTrafficPolicy: "Local" },
  });
  const impossible = first(exposure(19, 10), { requirements });
  expect(impossible.met).toBe(false);
  expect(impossible.rejected.map(({ requirement }) => requirement)).toEqual(
    expect.arrayContaining(["clientAddress", "maxHottest"]),
  );
});

test("PROXY protocol names the client under Cluster too", () => {
  const proxied = { ...front, proxyProtocol: byDefault("v2" as const, at) };
  const decision = first(exposure(19, 10, { fronts: [proxied] }), {
    requirements: { clientAddress: "required" },
  });
  expect(decision).toMatchObject({ met: true, chosen: { externalTrafficPolicy: "Cluster" } });
});

test("PROXY protocol leaves Local out, whose health check no target could pass", () => {
  const proxied = { ...front, proxyProtocol: byDefault("v2" as const, at) };
  const [decision] = decide({ ...exposure(10, 10), fronts: [proxied] });
  expect(decision?.chosen.externalTrafficPolicy).toBe("Cluster");
  expect(decision?.why).toContain("Local is left out: no target could pass its health check");
});

test("an ignored client address prefers fewer hops: PreferSameNode before Cluster where the version has it", () => {
  const requirements = { clientAddress: "ignored" as const };
  const uneven = (kubernetesVersion?: string) =>
    exposure(10, 10, { cluster: cluster(10, { kubernetesVersion }) });
  expect(first(uneven("1.36"), { requirements }).chosen.externalTrafficPolicy).toBeDefined();
  const old = first(uneven("1.33"), { requirements });
  expect(old.chosen.trafficDistribution).toBeNull();
  expect(old.why).toContainEqual(expect.stringContaining("need Kubernetes 1.34; this is 1.33"));
  expect(first(uneven(undefined), { requirements }).why).toContainEqual(
    expect.stringContaining("the version is not given"),
  );
});

test("behind IP targets there is nothing to choose, and it is said", () => {
  const ip = { ...front, targets: byDefault("ip" as const, at) };
  const decision = first(exposure(10, 10, { fronts: [ip] }));
  expect(decision.chosen).toEqual({ externalTrafficPolicy: "Cluster", trafficDistribution: null });
  expect(decision.why).toContainEqual(expect.stringContaining("past kube-proxy"));
});

test("without a cluster the decision must hold for every default shape", () => {
  const decision = first(exposure(3, 10, { cluster: cluster(0, { nodes: [] }) }));
  expect(decision.clusters).toHaveLength(3);
});

test("a ClusterIP Service has no external side to decide", () => {
  expect(
    decide(exposure(3, 3, { service: { ...service, type: "ClusterIP", externalTrafficPolicy: undefined } })),
  ).toEqual([]);
});
