import { estimate, webService } from "@evenkeel/test-generators";
import {
  byDefault,
  ZONE_LABEL,
  type Cluster,
  type Endpoint,
  type Exposure,
  type Front,
  type HealthCheck,
  type Node,
  type Service,
  type TrafficPolicy,
  type Workload,
} from "../model";
import { equalNodes } from ".";

// The first cases are the article's own ("Understanding externalTrafficPolicy and internalTrafficPolicy in Kubernetes"): the journey
// of a packet with one pod on VM1 and two on VM3, and ten nodes of which two are tainted behind an NLB.

const ref = { kind: "Service", namespace: "shop", name: "web" };
const at = { resource: ref, path: "spec" };

function service(policy: TrafficPolicy, more: Partial<Service> = {}): Service {
  return webService({
    ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 32174 }],
    externalTrafficPolicy: policy,
    ...(policy === "Local" ? { healthCheckNodePort: 31923 } : {}),
    ...more,
  });
}

function nlb(check: Partial<HealthCheck> = {}, more: Partial<Front> = {}): Front {
  return {
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
      ...check,
    },
    proxyProtocol: byDefault("off", at),
    preservesClientAddress: byDefault(true, at),
    attributes: {},
    ...more,
  };
}

const localCheck: Partial<HealthCheck> = {
  protocol: byDefault("HTTP", at),
  port: byDefault(31923, at),
  path: byDefault("/healthz", at),
  unhealthyThreshold: byDefault(2, at),
};

const node = (name: string, zone?: string, more: Partial<Node> = {}): Node => ({
  name,
  labels: zone ? { [ZONE_LABEL]: zone } : {},
  taints: [],
  unschedulable: false,
  allocatable: { cpu: 4000, memory: 16 * 1024 ** 3, pods: 110 },
  ...more,
});

const endpoint = (pod: string, nodeName: string, more: Partial<Endpoint> = {}): Endpoint => ({
  addresses: [`192.0.2.${pod.length}${pod.charCodeAt(pod.length - 1) % 10}`],
  pod,
  nodeName,
  ...more,
});

const cluster = (nodes: readonly Node[], more: Partial<Cluster> = {}): Cluster => ({
  kubernetesVersion: "1.36",
  dataplane: "iptables",
  nodes,
  pods: [],
  ...more,
});

function daemonSet(): Workload {
  return {
    ref: { kind: "DaemonSet", namespace: "shop", name: "web" },
    runs: "everyNode",
    replicas: { count: 1, by: "default" },
    selector: { matchLabels: { app: "web" } },
    template: { labels: { app: "web" }, spec: { containers: [{ name: "web", requests: {} }] } },
  };
}

describe("one pod on VM1 and two on VM3 (the article's journey)", () => {
  const nodes = [node("vm1"), node("vm2"), node("vm3")];
  const endpoints = { "": [endpoint("pod1", "vm1"), endpoint("pod2", "vm3"), endpoint("pod3", "vm3")] };
  const observed = (policy: TrafficPolicy): Exposure => ({
    service: service(policy),
    fronts: [policy === "Local" ? nlb(localCheck) : nlb()],
    workloads: [],
    cluster: cluster(nodes),
    endpoints,
    missing: [],
  });

  test("Local gives 50/25/25, no extra hop, and the pods see the client", () => {
    const [external] = estimate(observed("Local"));
    expect(external).toMatchObject({
      side: "external",
      basis: "observed",
      hottest: { mean: 1.5 },
      nodesServing: { mean: 2 },
      targetsHealthy: { mean: 2 },
      dropped: { mean: 0 },
      crossNode: { mean: 0 },
      clientAddress: { sees: "client", via: "peer" },
      detectionSeconds: 20,
    });
    expect(external?.shares.map(({ pod, share }) => [pod, share])).toEqual([
      ["pod1", 0.5],
      ["pod2", 0.25],
      ["pod3", 0.25],
    ]);
  });

  test("Cluster gives a third each, from every node, and hides the client behind the node", () => {
    const [external] = estimate(observed("Cluster"));
    expect(external?.shares.map(({ share }) => share)).toEqual(
      [1 / 3, 1 / 3, 1 / 3].map((third) => expect.closeTo(third, 12)),
    );
    expect(external).toMatchObject({
      targetsHealthy: { mean: 3 },
      dropped: { mean: 0 },
      clientAddress: { sees: "node", via: "peer" },
    });
    // Entered at vm1: 2/3 leave it; at vm2: all; at vm3: 1/3.
    expect(external?.crossNode.mean).toBeCloseTo((2 / 3 + 1 + 1 / 3) / 3, 12);
  });

  test("a TCP check on the health-check node port keeps vm2 in, and a third of the connections are dropped", () => {
    const [external] = estimate({
      ...observed("Local"),
      fronts: [nlb({ ...localCheck, protocol: byDefault("TCP", at) })],
    });
    expect(external?.targetsHealthy?.mean).toBe(3);
    expect(external?.dropped.mean).toBeCloseTo(1 / 3, 12);
    // Half of what still arrives goes to vm1's only pod.
    expect(external?.hottest?.mean).toBeCloseTo(1.5, 12);
  });

  test("PROXY protocol kills the health port: no target is healthy, and the NLB sends to all of them", () => {
    const [external] = estimate({
      ...observed("Local"),
      fronts: [nlb(localCheck, { proxyProtocol: byDefault("v2", at) })],
    });
    expect(external?.targetsHealthy?.mean).toBe(0);
    expect(external?.dropped.mean).toBeCloseTo(1 / 3, 12);
  });

  test("IP targets reach the pods evenly whatever the policy says", () => {
    const ip = { targets: byDefault("ip" as const, at), preservesClientAddress: byDefault(false, at) };
    const [external] = estimate({ ...observed("Local"), fronts: [nlb({}, ip)] });
    expect(external).toMatchObject({
      balancer: "nlb-ip",
      hottest: { mean: expect.closeTo(1, 12) },
      clientAddress: { sees: "balancer" },
      targetsHealthy: { mean: 3 },
      detectionSeconds: 30,
      assumptions: [{ code: "deregistration-delay", data: { seconds: 120 } }],
    });
  });

  test("session affinity is reported where kube-proxy chooses, and nowhere else", () => {
    const sticky = { ...observed("Local"), service: service("Local", { sessionAffinity: "ClientIP" }) };
    const told = (of: Exposure): readonly boolean[] =>
      estimate(of).map(({ assumptions }) =>
        assumptions.some(({ code }) => code === "affinity-counts-clients"),
      );
    expect(told(sticky)).toEqual([true, true]);
    const ip = { targets: byDefault("ip" as const, at), preservesClientAddress: byDefault(false, at) };
    expect(told({ ...sticky, fronts: [nlb({}, ip)] })).toEqual([false, true]);
    expect(told(observed("Local"))).toEqual([false, false]);
  });

  test("a terminating pod still serves, but no longer counts for the health check", () => {
    const leaving = endpoint("pod1", "vm1", { ready: false, serving: true, terminating: true });
    const [external] = estimate({
      ...observed("Local"),
      endpoints: { "": [leaving, endpoint("pod2", "vm3")] },
    });
    expect(external).toMatchObject({ targetsHealthy: { mean: 1 }, pods: 1, dropped: { mean: 0 } });
  });

  test("nothing ready anywhere: everything is dropped and there is no hottest pod", () => {
    const [external] = estimate({ ...observed("Local"), endpoints: { "": [] } });
    expect(external?.dropped.mean).toBe(1);
    expect(external?.hottest).toBeUndefined();
  });
});

describe("ten nodes, two tainted, a DaemonSet of eight (the article's Traefik)", () => {
  const taint = { key: "dedicated", value: "infra", effect: "NoSchedule" as const };
  const nodes = equalNodes(10, 2).map((one, index) => (index < 2 ? { ...one, taints: [taint] } : one));
  const exposure = (policy: TrafficPolicy): Exposure => ({
    service: service(policy),
    fronts: [policy === "Local" ? nlb(localCheck) : nlb()],
    workloads: [daemonSet()],
    cluster: cluster(nodes),
    missing: [],
  });

  test("Local over HTTP on the health-check node port: 8 healthy targets", () => {
    const [external] = estimate(exposure("Local"));
    expect(external).toMatchObject({
      pods: 8,
      targets: { mean: 10 },
      targetsHealthy: { mean: 8, worst: 8 },
      dropped: { worst: 0 },
    });
  });

  test("Cluster over TCP on the node port: 10 healthy targets", () => {
    const [external] = estimate(exposure("Cluster"));
    expect(external).toMatchObject({
      pods: 8,
      targetsHealthy: { mean: 10, worst: 10 },
      dropped: { worst: 0 },
    });
  });
});

describe("Local without a health-check node port: three pods on ten nodes", () => {
  const three: Workload = { ...daemonSet(), runs: "replicas", replicas: { count: 3, by: "given" } };
  test.each([
    ["a node port", { type: "NodePort" }],
    ["external IPs", { type: "ClusterIP", externalIPs: ["198.51.100.7"] }],
  ] as const)("%s: seven of ten connections are dropped, and it is said why", (_, more) => {
    const [external] = estimate({
      service: { ...service("Local", more), healthCheckNodePort: undefined },
      fronts: [],
      workloads: [three],
      cluster: cluster(equalNodes(10, 3)),
      missing: [],
    });
    expect(external).toMatchObject({ targetsHealthy: { mean: 10 }, nodesServing: { mean: 3 } });
    expect(external?.dropped.p95).toBeCloseTo(0.7, 12);
    expect(external?.assumptions).toMatchObject([
      { code: "clients-reach-every-node", data: { type: more.type } },
    ]);
  });
});

describe("an NLB's zones", () => {
  const nodes = [node("a1", "a"), node("a2", "a"), node("b1", "b")];
  const endpoints = { "": ["a1", "a2", "b1"].map((on) => endpoint(`on-${on}`, on, { zone: on[0] })) };
  const exposure = (crossZone: boolean): Exposure => ({
    service: service("Local"),
    fronts: [
      nlb(localCheck, { attributes: { "load_balancing.cross_zone.enabled": byDefault(crossZone, at) } }),
    ],
    workloads: [],
    cluster: cluster(nodes),
    endpoints,
    missing: [],
  });

  test("cross-zone off, the default: each zone gets half, so the lone node of zone b gets twice a node of zone a", () => {
    expect(estimate(exposure(false))[0]?.shares.map(({ share }) => share)).toEqual([0.25, 0.25, 0.5]);
  });

  test("cross-zone on: every target weighs the same", () => {
    expect(estimate(exposure(true))[0]?.hottest?.mean).toBeCloseTo(1, 12);
  });
});

describe("without a cluster", () => {
  test("answers are given for 3, 10 and 30 equal nodes, and say so", () => {
    const workload: Workload = { ...daemonSet(), runs: "replicas", replicas: { count: 3, by: "given" } };
    const all = estimate({
      service: service("Local"),
      fronts: [nlb(localCheck)],
      workloads: [workload],
      cluster: cluster([]),
      missing: [],
    });
    const external = all.filter(({ side }) => side === "external");
    expect(external.map(({ cluster }) => cluster)).toEqual(
      [3, 10, 30].map((size) => expect.stringContaining(`${size} equal nodes`)),
    );
  });

  test("the same seed gives the same answer, another seed another", () => {
    const workload: Workload = { ...daemonSet(), runs: "replicas", replicas: { count: 25, by: "given" } };
    const exposure: Exposure = {
      service: service("Local"),
      fronts: [nlb(localCheck)],
      workloads: [workload],
      cluster: cluster(equalNodes(10, 3), { backgroundLoad: 0.8 }),
      missing: [],
    };
    const told = (seed: number) => JSON.stringify(estimate(exposure, { seed, trials: 50 })[0]?.hottest);
    expect(told(7)).toBe(told(7));
    expect(new Set([1, 2, 3, 4].map(told)).size).toBeGreaterThan(1);
  });
});

test("pods that no node takes are counted, and why, in the scheduler's words", () => {
  const one = daemonSet();
  const big = { containers: [{ name: "web", requests: { cpu: 3000 } }] };
  const scene: Exposure = {
    service: service("Cluster"),
    fronts: [nlb()],
    workloads: [
      {
        ...one,
        ref: { ...one.ref, kind: "Deployment" },
        runs: "replicas",
        replicas: { count: 4, by: "given" },
        template: { ...one.template, spec: big },
      },
    ],
    cluster: cluster([node("n1"), node("n2"), node("n3", "a", { unschedulable: true })]),
    missing: [],
  };
  for (const side of estimate(scene, { trials: 3 })) {
    expect(side.pending).toEqual({ mean: 2, p95: 2, worst: 2 });
    expect(side.schedulerMessage).toBe(
      "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.",
    );
  }
  const fits = { ...scene, workloads: [one] };
  expect(estimate(fits, { trials: 1 })[0]).not.toHaveProperty("schedulerMessage");
});
