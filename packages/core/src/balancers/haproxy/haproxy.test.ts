import { estimate } from "@evenkeel/test-generators";
import fc from "fast-check";
import { wired } from "../../decide/health-check";
import { exposure, service } from "../../decide/scene.fixture";
import { detectionSeconds } from "../../estimate";
import {
  byDefault,
  given,
  isUnknown,
  type Endpoint,
  type Front,
  type FrontMember,
  type HealthCheck,
  type Service,
} from "../../model";
import { haproxy } from "./haproxy";

const HEALTH_PORT = 31_223;
const at = { resource: { kind: "HAProxy", name: "haproxy.cfg" }, path: "listen web", line: 1 };
const local: Service = { ...service, externalTrafficPolicy: "Local", healthCheckNodePort: HEALTH_PORT };

const httpCheck: HealthCheck = {
  protocol: given("HTTP", at),
  port: given(HEALTH_PORT, at),
  path: given("/healthz", at),
  matcher: given("200", at),
  intervalSeconds: byDefault(2, at),
  timeoutSeconds: byDefault(2, at),
  healthyThreshold: byDefault(2, at),
  unhealthyThreshold: byDefault(3, at),
  proxyProtocol: byDefault("off", at),
};

const server = (index: number, more: Partial<FrontMember> = {}): FrontMember => ({
  name: `s${index}`,
  at,
  address: given(`192.0.2.${index}`, at),
  node: `node-${index}`,
  weight: byDefault(1, at),
  backup: false,
  proxyProtocol: byDefault("off", at),
  ...more,
});

const front = (more: Partial<Front> = {}): Front => ({
  balancer: "haproxy",
  controller: { name: "haproxy" },
  resource: at.resource,
  related: [],
  servicePort: 80,
  targets: given("node", at),
  targetPort: given(32_174, at),
  healthCheck: httpCheck,
  proxyProtocol: byDefault("off", at),
  preservesClientAddress: byDefault(false, at),
  attributes: { balance: byDefault("roundrobin", at), "option allbackups": byDefault(false, at) },
  members: [1, 2, 3].map((index) => server(index)),
  ...more,
});

/** Fractions of the nodes asked about, in their order. */
const weights = (nodes: readonly number[], one: Front): readonly number[] => {
  const targets = Array.from({ length: 10 }, (_, index) => ({ node: `node-${index}` }));
  const [draw, ...others] = haproxy.weigh(targets, one, service)(nodes, []);
  expect([draw?.probability, others.length]).toEqual([1, 0]);
  return nodes.map((node) => draw?.fractions[node] ?? 0);
};

describe("weights of the healthy servers", () => {
  const weighted = (...all: readonly (number | "backup")[]) =>
    all.map((weight, index) =>
      weight === "backup"
        ? server(index + 1, { backup: true })
        : server(index + 1, { weight: given(weight, at) }),
    );
  const attribute = (name: string, value: string | boolean) => ({ attributes: { [name]: given(value, at) } });
  test.each<[string, readonly number[], Partial<Front>, readonly number[]]>([
    ["alike where nothing is said", [1, 2, 3], {}, [1 / 3, 1 / 3, 1 / 3]],
    ["by weight", [1, 2, 3], { members: weighted(1, 2, 1) }, [0.25, 0.5, 0.25]],
    ["by weight among those that are left", [1, 2], { members: weighted(1, 3, 4) }, [0.25, 0.75]],
    ["none for a weight of 0", [1, 2], { members: weighted(0, 2) }, [0, 1]],
    ["none for a backup while another serves", [1, 2], { members: weighted(1, "backup") }, [1, 0]],
    ["the first backup alone", [2, 3], { members: weighted(1, "backup", "backup") }, [1, 0]],
    [
      "all backups where the option says so",
      [2, 3],
      { members: weighted(1, "backup", "backup"), ...attribute("option allbackups", true) },
      [0.5, 0.5],
    ],
    ["balance first fills the first", [2, 3], attribute("balance", "first"), [1, 0]],
    [
      "two servers of one node together",
      [1, 2],
      { members: [server(1), server(1), server(2)] },
      [2 / 3, 1 / 3],
    ],
    [
      "alike where no server is a known node",
      [1, 2],
      { members: [server(9, { node: undefined })] },
      [0.5, 0.5],
    ],
  ])("%s", (_, nodes, more, wanted) => {
    expect(weights(nodes, front(more))).toEqual(wanted.map((weight) => expect.closeTo(weight, 12)));
  });

  test("they sum to 1 and follow the order that is asked in", () => {
    const members = fc.array(fc.record({ weight: fc.integer({ min: 0, max: 256 }), backup: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(members, (all) => {
        const one = front({
          members: all.map(({ weight, backup }, index) =>
            server(index + 1, { weight: given(weight, at), backup }),
          ),
        });
        const nodes = all.map((_, index) => index + 1).filter((node) => isServer(node, one));
        if (nodes.length === 0) return;
        const asked = weights(nodes, one);
        expect(asked.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(weights([...nodes].reverse(), one)).toEqual([...asked].reverse());
      }),
    );
  });
});

const isServer = (index: number, one: Front): boolean =>
  haproxy.registers([nodeNamed(index)], one, service).nodes.length === 1;

const nodeNamed = (index: number) => ({
  name: `node-${index}`,
  labels: {},
  taints: [],
  unschedulable: false,
  allocatable: {},
});

test("a node that is no server, or one of weight 0, is no target", () => {
  const one = front({ members: [server(1), server(2, { weight: given(0, at) })] });
  expect([1, 2, 3].map((index) => isServer(index, one))).toEqual([true, false, false]);
});

describe("which nodes the check lets through", () => {
  const tcp = { ...httpCheck, protocol: given("TCP" as const, at), path: undefined, matcher: undefined };
  test.each<[string, Service, HealthCheck | undefined, readonly string[]]>([
    ["the status of the health-check node port", local, httpCheck, ["readyHere"]],
    ["a connection to it, which every node takes", local, tcp, ["everywhere"]],
    [
      "a status that no pod and a pod share",
      local,
      { ...httpCheck, matcher: given("200-599", at) },
      ["everywhere"],
    ],
    ["a status that kube-proxy never says", local, { ...httpCheck, matcher: given("204", at) }, ["nowhere"]],
    ["a PROXY header before it", local, { ...httpCheck, proxyProtocol: given("v2", at) }, ["nowhere"]],
    ["no check: every server is up", local, undefined, ["everywhere"]],
    ["no check under Cluster", service, undefined, ["everywhere"]],
    ["the node port under Local", local, { ...tcp, port: byDefault("traffic-port", at) }, ["servedHere"]],
    ["the health-check node port under Cluster, where it is closed", service, httpCheck, ["nowhere"]],
  ])("%s", (_, of, healthCheck, wanted) => {
    expect(haproxy.check(front({ healthCheck }), of, []).possible).toEqual(wanted);
  });

  test("nor is it that of the check that goes with a policy to be chosen", () => {
    const plain = {
      ...httpCheck,
      protocol: given("TCP" as const, at),
      port: byDefault("traffic-port" as const, at),
    };
    const weighed = wired(front({ proxyProtocol: given("v2", at), healthCheck: plain }), local);
    expect(haproxy.check(weighed, local, []).possible).toEqual(["readyHere"]);
  });

  test("the traffic's own PROXY header is not the check's", () => {
    expect(haproxy.check(front({ proxyProtocol: given("v2", at) }), local, []).possible).toEqual([
      "readyHere",
    ]);
  });
});

test("seconds until a node is out: inter for the first failure, fastinter for the others", () => {
  expect(detectionSeconds({ service: local, workloads: [] }, front())).toBe(6);
  const hurried = { ...httpCheck, fastIntervalSeconds: given(0.5, at) };
  expect(detectionSeconds({ service: local, workloads: [] }, front({ healthCheck: hurried }))).toBe(3);
});

// Measured with HAProxy 2.6.12 before three nodes with 2, 1 and 0 pods, 600 connections: 150 and 150, 300, none; with a check that
// only connects to the health-check node port 200 of them reached the empty node.
describe("Local, with 2, 1 and 0 pods on three nodes", () => {
  const pod = (node: number, address: number): Endpoint => ({
    addresses: [`198.51.100.${address}`],
    nodeName: `node-${node}`,
  });
  const external = (one: Front, of: Service = local) => {
    const [found] = estimate(
      exposure(0, 3, {
        service: of,
        fronts: [one],
        workloads: [],
        endpoints: { "": [pod(1, 1), pod(1, 2), pod(2, 3)] },
      }),
    );
    if (!found) throw new Error("no estimate");
    return found;
  };
  const expectShares = (one: Front, wanted: readonly number[]) =>
    expect(external(one).shares.map(({ share }) => share)).toEqual(
      wanted.map((share) => expect.closeTo(share, 12)),
    );

  test("the HTTP check: a quarter, a quarter, a half, nothing dropped", () => {
    const { dropped, targetsHealthy, balancer, hottest } = external(front());
    expectShares(front(), [0.25, 0.25, 0.5]);
    expect([dropped.mean, targetsHealthy?.mean, balancer]).toEqual([0, 2, "haproxy"]);
    expect(hottest?.mean).toBeCloseTo(1.5, 12);
  });

  test.each<[string, Partial<Front>]>([
    ["a check that only connects", { healthCheck: { ...httpCheck, protocol: given("TCP", at) } }],
    ["no check", { healthCheck: undefined }],
  ])("%s: a third is dropped", (_, more) => {
    expect(external(front(more)).dropped.mean).toBeCloseTo(1 / 3, 12);
    expectShares(front(more), [1 / 6, 1 / 6, 1 / 3]);
  });

  test("weights by pods make it even", () => {
    const members = [2, 1, 1].map((weight, index) => server(index + 1, { weight: given(weight, at) }));
    expectShares(front({ members }), [1 / 3, 1 / 3, 1 / 3]);
  });

  test("no node passes: everything is refused, since HAProxy does not fail open", () => {
    const broken = { ...httpCheck, proxyProtocol: given("v1" as const, at) };
    expect(external(front({ healthCheck: broken })).dropped.mean).toBe(1);
  });

  test("pods as servers: by their own weights, and none for a pod that is no server", () => {
    const pods = [3, 1].map((weight, index) =>
      server(index + 1, {
        node: undefined,
        address: given(`198.51.100.${index + 1}`, at),
        weight: given(weight, at),
      }),
    );
    const port = byDefault("traffic-port" as const, at);
    const one = front({
      targets: given("pod", at),
      members: pods,
      healthCheck: { ...httpCheck, protocol: given("TCP", at), port },
    });
    const inside: Service = { ...service, type: "ClusterIP", externalTrafficPolicy: undefined };
    const { side, shares, dropped } = external(one, inside);
    expect([side, dropped.mean]).toEqual(["external", 0]);
    expect(shares.map(({ share }) => share)).toEqual([0.75, 0.25, 0]);
    expect(external(one, inside).assumptions).toEqual([]);
  });

  test("servers whose addresses are of no known node: every node is assumed to be one, and that is reported", () => {
    const strangers = front({ members: [server(7, { node: undefined })] });
    expect(external(strangers).assumptions.map(({ code }) => code)).toContain("servers-without-nodes");
    expect(external(front()).assumptions).toEqual([]);
  });

  test.each<[string, Partial<Front>, Service, object]>([
    ["its own, under Local too", {}, local, { sees: "balancer", via: "peer" }],
    ["a node's under Cluster", {}, service, { sees: "node", via: "peer" }],
    ["the header's", { proxyProtocol: given("v2", at) }, service, { sees: "client", via: "proxyProtocol" }],
    [
      "a header of HTTP",
      { attributes: { "option forwardfor": given(true, at) } },
      service,
      { sees: "client", via: "header" },
    ],
    ["usesrc clientip", { preservesClientAddress: given(true, at) }, local, { sees: "client", via: "peer" }],
  ])("the address that pods see: %s", (_, more, of, wanted) => {
    expect(external(front(more), of).clientAddress).toEqual(wanted);
  });
});

test("what a check is best set to", () => {
  const { recommended } = haproxy.healthCheckFor(local);
  expect(recommended).toMatchObject({ protocol: "HTTP", port: HEALTH_PORT, matcher: "200" });
  expect(haproxy.healthCheckFor(service).recommended).toMatchObject({
    protocol: "TCP",
    port: "traffic-port",
  });
  expect(isUnknown(recommended.port)).toBe(false);
});
