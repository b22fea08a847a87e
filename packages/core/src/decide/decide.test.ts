import { decide, estimate } from "@evenkeel/test-generators";
import fc from "fast-check";
import { equalNodes } from "../estimate";
import {
  byDefault,
  given,
  type Exposure,
  type Front,
  type HealthCheck,
  type Statement,
  type Workload,
} from "../model";
import { assess, candidateName, compareTargets, decideInternal, marginOf, type DecideOptions } from ".";
import { at, cluster, exposure, front, service, workload } from "./scene.fixture";

const first = (...args: Parameters<typeof decide>) => decide(...args)[0]!;

const sentences = (statements: readonly Statement[]) => statements.map(({ sentence }) => sentence);

test("as many pods as nodes: Local, for the client's address", () => {
  const decision = first(exposure(10, 10));
  expect(decision).toMatchObject({ met: true, chosen: { externalTrafficPolicy: "Local" }, rejected: [] });
  expect(sentences(decision.why)).toContain(
    "Local is preferred to Cluster: the pods see the client's address, which Cluster hides",
  );
});

test("between N+1 and 2N pods Local is rejected by its hottest pod, with the number and the fixes", () => {
  const decision = first(exposure(19, 10));
  expect(decision.chosen.externalTrafficPolicy).toBe("Cluster");
  expect(decision.rejected).toEqual([
    expect.objectContaining({
      candidate: { externalTrafficPolicy: "Local", trafficDistribution: null },
      requirement: "maxHottest",
      why: {
        code: "hottest-above-limit",
        data: { seen: expect.closeTo(1.9), limit: 1.5, cluster: null },
        sentence: "the hottest pod gets 1.90 times its fair share (95th percentile); at most 1.50 is allowed",
      },
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
      change: expect.objectContaining({ code: "set-replicas" }),
    }),
  );
});

test("one replica never gets Local, and the fix is a second one", () => {
  const decision = first(exposure(1, 10));
  expect(decision.chosen.externalTrafficPolicy).toBe("Cluster");
  expect(decision.rejected).toContainEqual(
    expect.objectContaining({
      requirement: "minNodesServing",
      why: {
        code: "too-few-nodes-serving",
        data: { seen: 1, limit: 2, cluster: null },
        sentence: "all traffic enters through the only node that has a pod; at least 2 must serve",
      },
    }),
  );
  expect(decision.fixes[0]?.change).toEqual({
    code: "set-replicas",
    data: { replicas: 2, now: 1, isSet: true },
    sentence: "run 2 replicas instead of 1",
  });
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

test("a node port has no health check that would keep Local off nodes without a pod, so its drops reject it", () => {
  const nodePort = { ...service, type: "NodePort" as const, externalTrafficPolicy: "Local" as const };
  const decision = first(exposure(3, 10, { service: nodePort, fronts: [] }));
  expect(decision).toMatchObject({ met: true, chosen: { externalTrafficPolicy: "Cluster" } });
  expect(decision.rejected).toContainEqual(
    expect.objectContaining({
      candidate: { externalTrafficPolicy: "Local", trafficDistribution: null },
      requirement: "maxDropped",
      why: expect.objectContaining({
        code: "drops-above-limit",
        sentence: "70 % of new connections are dropped; at most 0 % is allowed",
      }),
    }),
  );
});

test("PROXY protocol names the client under Cluster too", () => {
  const proxied = { ...front, proxyProtocol: byDefault("v2" as const, at) };
  const decision = first(exposure(19, 10, { fronts: [proxied] }), {
    requirements: { clientAddress: "required" },
  });
  expect(decision).toMatchObject({ met: true, chosen: { externalTrafficPolicy: "Cluster" } });
});

describe("the health check that a choice goes with", () => {
  const NOTE = "assuming the health check is changed to HTTP /healthz on the health-check node port";
  const TCP_NOTE = "assuming the health check is changed to TCP on the traffic port";
  const checked = (check: Partial<HealthCheck>) => ({
    ...front,
    healthCheck: { ...front.healthCheck!, ...check },
  });
  const local = { ...service, externalTrafficPolicy: "Local" as const, healthCheckNodePort: 31_923 };
  const http = given("HTTP" as const, at);
  const tcp = given("TCP" as const, at);
  const required = { clientAddress: "required" as const };
  test.each<[string, Partial<Exposure>, "Local" | "Cluster", readonly string[]]>([
    [
      "TCP, given, on the health-check node port",
      { service: local, fronts: [checked({ protocol: tcp, port: given(31_923, at) })] },
      "Local",
      [NOTE],
    ],
    [
      "the traffic port, given, while the node port is not allocated",
      { fronts: [checked({ port: given("traffic-port", at) })] },
      "Local",
      [NOTE],
    ],
    ["what the balancer's controller fills in, it puts right itself", { service: local }, "Local", []],
    [
      "right already",
      { service: local, fronts: [checked({ protocol: http, port: given(31_923, at) })] },
      "Local",
      [],
    ],
    [
      "right but for times, which do not matter",
      {
        service: local,
        fronts: [checked({ protocol: http, port: given(31_923, at), intervalSeconds: given(30, at) })],
      },
      "Local",
      [],
    ],
    [
      "Local's own check under Cluster, where nobody listens",
      {
        service: local,
        workloads: [workload(1)],
        fronts: [checked({ protocol: http, port: given(31_923, at) })],
      },
      "Cluster",
      [TCP_NOTE],
    ],
  ])("%s", (_, more, policy, notes) => {
    const decision = first(exposure(10, 10, more), policy === "Local" ? { requirements: required } : {});
    expect(decision.chosen.externalTrafficPolicy).toBe(policy);
    expect(sentences(decision.why.filter(({ code }) => code === "health-check-changed"))).toEqual(notes);
  });
});

test("PROXY protocol leaves Local out, whose health check no target could pass", () => {
  const proxied = { ...front, proxyProtocol: byDefault("v2" as const, at) };
  const [decision] = decide({ ...exposure(10, 10), fronts: [proxied] });
  expect(decision?.chosen.externalTrafficPolicy).toBe("Cluster");
  expect(sentences(decision!.why)).toContain("Local is excluded: no target could pass its health check");
});

test("an ignored client address prefers fewer hops: PreferSameNode before Cluster where the version has it", () => {
  const requirements = { clientAddress: "ignored" as const };
  const uneven = (kubernetesVersion?: string) =>
    exposure(10, 10, { cluster: cluster(10, { kubernetesVersion }) });
  expect(first(uneven("1.36"), { requirements }).chosen.externalTrafficPolicy).toBeDefined();
  const old = first(uneven("1.33"), { requirements });
  expect(old.chosen.trafficDistribution).toBeNull();
  const note = (why: readonly Statement[]) => why.find(({ code }) => code === "prefer-same-needs-version");
  expect(note(old.why)).toEqual({
    code: "prefer-same-needs-version",
    data: { since: "1.34", version: "1.33" },
    sentence: "Cluster + PreferSameNode and Cluster + PreferSameZone need Kubernetes 1.34; this is 1.33",
  });
  expect(note(first(uneven(undefined), { requirements }).why)?.sentence).toMatch(/the version is not given$/);
});

test("behind IP targets there is nothing to choose, and it is said", () => {
  const ip = { ...front, targets: byDefault("ip" as const, at) };
  const decision = first(exposure(10, 10, { fronts: [ip] }));
  expect(decision.chosen).toEqual({ externalTrafficPolicy: "Cluster", trafficDistribution: null });
  expect(decision.why).toContainEqual(expect.objectContaining({ code: "policy-without-effect" }));
});

test("without a cluster the decision must hold for every default shape", () => {
  const decision = first(exposure(3, 10, { cluster: cluster(0, { nodes: [] }) }));
  expect(decision.clusters).toHaveLength(3);
});

test("pods without a node are reported with the decision, in the scheduler's words", () => {
  const taints = [{ key: "gpu", effect: "NoSchedule" as const }];
  const [one, ...others] = equalNodes(4, 1);
  const tainted = others.map((node) => ({ ...node, taints }));
  const message = "0/3 nodes are available: 3 node(s) had untolerated taint(s).";
  expect(sentences(first(exposure(2, 3, { cluster: cluster(3, { nodes: tainted }) })).why)).toContain(
    `all 2 pods have no node (95th percentile): ${message}`,
  );
  const { why } = first(exposure(200, 4, { cluster: cluster(4, { nodes: [one!, ...tainted] }) }));
  expect(sentences(why)).toContainEqual(
    expect.stringMatching(
      /^\d+ of 200 pods have no node \(95th percentile\): 0\/4 nodes are available: .*3 node\(s\) had/,
    ),
  );
  expect(sentences(first(exposure(2, 3)).why).join()).not.toContain("no node");
});

test("of the nodes that have a pod only those count that the load balancer sends to", () => {
  const names = equalNodes(6, 1).map(({ name }) => name);
  const only = (...nodes: readonly string[]): Front => ({
    ...front,
    balancer: "haproxy",
    targets: byDefault("node", at),
    members: nodes.map((node) => ({
      name: node,
      at,
      node,
      address: given(node, at),
      weight: byDefault(1, at),
      backup: false,
      healthCheck: front.healthCheck,
      proxyProtocol: front.proxyProtocol,
    })),
  });
  const failing = (of: Front) =>
    first(exposure(6, 6, { fronts: [of] }), { requirements: { maxHottest: 10 } })
      .rejected.filter(({ requirement }) => requirement === "minNodesServing")
      .map(({ why }) => why.data.seen);
  expect(failing(only(...names))).toEqual([]);
  expect(failing(only("node-1"))).toEqual([1]);
});

test("with equal figures at rest, what falls back on other nodes is preferred to Local", () => {
  const daemons: Workload = { ...workload(3), runs: "everyNode" };
  const { chosen, others } = first(exposure(3, 3, { workloads: [daemons] }), {
    requirements: { clientAddress: "ignored" },
  });
  expect(chosen).toEqual({ externalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameNode" });
  expect(others).toContainEqual({
    candidate: { externalTrafficPolicy: "Local", trafficDistribution: null },
    why: {
      code: "serves-after-pod-loss",
      data: {},
      sentence: "their figures are equal at rest, and a node that loses its pod still serves",
    },
  });
});

test("a ClusterIP Service has no external side to decide", () => {
  expect(
    decide(exposure(3, 3, { service: { ...service, type: "ClusterIP", externalTrafficPolicy: undefined } })),
  ).toEqual([]);
});

describe("an autoscaler moves the replicas", () => {
  const range = { min: 6, max: 20, by: { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" } };

  test("a decision must hold over the whole range: ten pods on ten nodes suit Local, nineteen do not", () => {
    expect(first(exposure(10, 10)).chosen.externalTrafficPolicy).toBe("Local");
    const ranged = first(exposure(10, 10, { workloads: [workload(10, { range })] }));
    expect(ranged.chosen.externalTrafficPolicy).toBe("Cluster");
    expect(ranged.rejected).toContainEqual(
      expect.objectContaining({
        requirement: "maxHottest",
        why: expect.objectContaining({ sentence: expect.stringContaining("with 19 replicas") }),
      }),
    );
    expect(ranged.clusters).toEqual(
      [6, 10, 11, 19, 20].map((count) => `10 nodes in 1 zone with ${count} replicas`),
    );
  });
});

test("over a range a choice holds at every count between its ends, whatever zones make of it", () => {
  const by = { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" };
  const asked = (maxHottest: number): DecideOptions => ({
    requirements: { maxHottest },
    fixes: false,
    trials: 40,
  });
  fc.assert(
    fc.property(
      fc.record({
        nodes: fc.integer({ min: 3, max: 11 }),
        zones: fc.integer({ min: 1, max: 4 }),
        crossZone: fc.boolean(),
        min: fc.integer({ min: 1, max: 8 }),
        more: fc.integer({ min: 3, max: 24 }),
        maxHottest: fc.constantFrom(1.3, 1.5, 1.8),
      }),
      ({ nodes, zones, crossZone, min, more, maxHottest }) => {
        const attributes = { "load_balancing.cross_zone.enabled": byDefault(crossZone, at) };
        const on = (scaled: Workload): Exposure =>
          exposure(min, nodes, {
            cluster: cluster(nodes, { nodes: equalNodes(nodes, zones) }),
            fronts: [{ ...front, attributes }],
            workloads: [scaled],
          });
        const range = { min, max: min + more, by };
        const ranged = first(on(workload(min, { range })), asked(maxHottest));
        fc.pre(ranged.met);
        for (let count = min; count <= min + more; count += 1) {
          const { rejected } = first(on(workload(count)), asked(maxHottest));
          const failed = rejected.filter(
            ({ candidate, requirement }) =>
              requirement === "maxHottest" && candidateName(candidate) === candidateName(ranged.chosen),
          );
          expect({ count, failed }).toEqual({ count, failed: [] });
        }
      },
    ),
    { numRuns: 12, seed: 7 },
  );
});

describe("fixes", () => {
  const range = { min: 1, max: 30, by: { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" } };

  test("an autoscaler's range is narrowed to where an even spread is within the limit", () => {
    const scene = exposure(10, 10, { workloads: [workload(10, { range })] });
    const decision = first(scene);
    expect(sentences(decision.why)).toContainEqual(
      expect.stringMatching(/^evaluated from 1 to 30 replicas \(HorizontalPodAutoscaler web\)/),
    );
    expect(decision.fixes).toContainEqual({
      for: { externalTrafficPolicy: "Local", trafficDistribution: null },
      change: {
        code: "narrow-autoscaler",
        data: {
          autoscaler: "HorizontalPodAutoscaler web",
          from: { min: 1, max: 30 },
          to: { min: 2, max: 15 },
        },
        sentence: "limit HorizontalPodAutoscaler web to between 2 and 15 replicas instead of 1 and 30",
      },
      effect: expect.objectContaining({
        code: "fix-results",
        sentence: expect.stringMatching(/^hottest 1\.50 at the 95th percentile, at least 2 nodes serve/),
      }),
    });
    // The fix is true: with that range Local is chosen.
    const fixed = exposure(10, 10, { workloads: [workload(10, { range: { ...range, min: 2, max: 15 } })] });
    expect(first(fixed).chosen.externalTrafficPolicy).toBe("Local");
  });

  test("a range that few zones make uneven is narrowed from below", () => {
    // Five pods over three zones: the zone with one gets a third. Six are even.
    const scene = exposure(6, 9, {
      cluster: cluster(9, { nodes: equalNodes(9, 3) }),
      fronts: [{ ...front, attributes: {} }],
      workloads: [workload(6, { range: { ...range, min: 4, max: 9 } })],
    });
    const { chosen, fixes } = first(scene);
    expect(chosen.externalTrafficPolicy).toBe("Cluster");
    expect(fixes).toContainEqual(
      expect.objectContaining({
        for: { externalTrafficPolicy: "Local", trafficDistribution: null },
        change: expect.objectContaining({
          sentence: "limit HorizontalPodAutoscaler web to between 6 and 9 replicas instead of 4 and 9",
        }),
      }),
    );
  });

  test("where no policy meets a required address, a PROXY header would", () => {
    const decision = first(exposure(19, 10), { requirements: { clientAddress: "required" } });
    expect(decision.met).toBe(false);
    expect(decision.fixes.map(({ change }) => change.sentence)).toContain(
      'set the annotation aws-load-balancer-proxy-protocol: "*", so that a PROXY protocol v2 header names the client; the pods must then read it',
    );
  });

  test("for clients inside, a load balancer that forgets the client's address", () => {
    const requirements = { inClusterClients: true, clientAddress: "ignored" } as const;
    const { fixes } = first(exposure(10, 10), { requirements });
    expect(fixes).toContainEqual(
      expect.objectContaining({
        change: expect.objectContaining({
          code: "hide-client-address",
          sentence:
            "set preserve_client_ip.enabled=false in the annotation aws-load-balancer-target-group-attributes",
        }),
      }),
    );
  });
});

describe("margin", () => {
  test("says at how many replicas the choice changes, and what it becomes", () => {
    const scene = exposure(14, 10);
    const decision = first(scene);
    expect(decision.chosen.externalTrafficPolicy).toBe("Local");
    const margin = marginOf(scene, decision)!.replicas!;
    expect(margin.becomes).toMatchObject({ externalTrafficPolicy: "Cluster" });
    expect(margin.statement).toEqual({
      code: "choice-changes",
      data: {
        count: margin.at,
        unit: "replica",
        away: margin.away,
        beyondRange: false,
        becomes: "Cluster",
        met: true,
      },
      sentence: `the choice changes to Cluster at ${margin.at} replicas, ${margin.away} away`,
    });
    // An even spread of P pods over 10 nodes is 1.5 at 15 and more above it.
    expect(margin.at).toBeGreaterThanOrEqual(15);
    expect(margin.at).toBeLessThanOrEqual(17);
  });

  test.each([
    [25, "the choice stays the same from 15 to 35 replicas; more or fewer were not evaluated"],
    [3, "the choice stays the same from 1 to 13 replicas; more or fewer were not evaluated"],
  ])("a decision for %i replicas that nothing nearby changes says what was tried", (replicas, sentence) => {
    const ip = { ...front, targets: byDefault("ip" as const, front.targets.at) };
    const scene = exposure(replicas, 10, { fronts: [ip] });
    expect(marginOf(scene, first(scene))).toEqual({
      replicas: { at: null, away: 10, becomes: null, statement: expect.objectContaining({ sentence }) },
    });
  });

  test("a choice that stays, and yet no longer meets the requirements, has not held", () => {
    // Only Local shows the client's address, so nothing else is chosen where it is too hot.
    const requirements = { clientAddress: "required" } as const;
    const scene = exposure(14, 10);
    const margin = marginOf(scene, first(scene, { requirements }), { requirements });
    expect(margin?.replicas).toMatchObject({ at: 16, away: 2, becomes: null });
    expect(margin?.replicas?.statement.sentence).toBe(
      "no policy meets every requirement at 16 replicas, 2 away",
    );
  });

  test("where nothing meets every requirement, the nearest count at which something does", () => {
    const requirements = { clientAddress: "required" } as const;
    const scene = exposure(17, 10);
    const decision = first(scene, { requirements });
    expect(decision.met).toBe(false);
    const margin = marginOf(scene, decision, { requirements })!.replicas!;
    expect(margin).toMatchObject({ becomes: { externalTrafficPolicy: "Local" } });
    expect(margin.statement.sentence).toBe(
      `Local meets every requirement at ${margin.at} replicas, ${margin.away} away`,
    );
    const there = first(exposure(margin.at!, 10), { requirements });
    expect(there).toMatchObject({ met: true, chosen: margin.becomes });
  });

  test("no count helps nodes that accept no pod, and the choice is not said to hold", () => {
    const taints = [{ key: "gpu", effect: "NoSchedule" as const }];
    const scene = exposure(3, 3, {
      cluster: cluster(3, { nodes: equalNodes(3, 1).map((node) => ({ ...node, taints })) }),
    });
    expect(marginOf(scene, first(scene))?.replicas?.statement.sentence).toBe(
      "no policy meets every requirement from 1 to 13 replicas; more or fewer were not evaluated",
    );
  });
});

describe("a pinned choice", () => {
  const pinned = { externalTrafficPolicy: "Cluster", trafficDistribution: null } as const;

  test("stays while it meets the requirements, and says that another would be better", () => {
    const decision = first(exposure(10, 10), { pinned });
    expect(decision.chosen).toEqual(pinned);
    expect(decision.why[0]?.sentence).toBe("Cluster is pinned and meets the requirements");
    expect(sentences(decision.why)).toContainEqual(
      expect.stringContaining("Local would now be better by 100 %: the pods see the client"),
    );
    expect(decision.pin).toMatchObject({
      candidate: pinned,
      kept: true,
      better: { candidate: { externalTrafficPolicy: "Local" }, by: 1 },
    });
  });

  test("says nothing of what is better by less than the margin", () => {
    // Of ten pods on ten loaded nodes some nodes have none: near-local routing still takes a hop there, plain Cluster nearly always.
    const scene = exposure(7, 10);
    const plain = { ...pinned, internalTrafficPolicy: "Cluster" } as const;
    const told = (betterBy?: number) => decideInternal(scene, { pinned: plain, betterBy })?.pin?.better;
    const by = told()?.by ?? 0;
    expect(by).toBeGreaterThan(0.5);
    expect(by).toBeLessThan(1);
    expect(told(by - 0.01)).toBeDefined();
    expect(told(by + 0.01)).toBeUndefined();
  });

  test("goes when it no longer meets them", () => {
    const decision = first(exposure(10, 10), { pinned, requirements: { clientAddress: "required" } });
    expect(decision.chosen.externalTrafficPolicy).toBe("Local");
    expect(decision.why[0]?.sentence).toBe("Cluster was pinned and no longer meets the requirements");
  });
});

describe("the internal side", () => {
  test("Local with pods on every node keeps all calls at home; with fewer pods it drops and is rejected", () => {
    const everywhere = { ...workload(1), runs: "everyNode" as const };
    expect(decideInternal(exposure(1, 5, { workloads: [everywhere] }))).toMatchObject({
      side: "internal",
      met: true,
    });
    const few = decideInternal(exposure(3, 10))!;
    expect(few.rejected).toContainEqual(
      expect.objectContaining({
        candidate: expect.objectContaining({ internalTrafficPolicy: "Local" }),
        requirement: "maxDropped",
        why: expect.objectContaining({
          code: "drops-above-limit",
          data: { seen: expect.closeTo(0.7), limit: 0, cluster: null },
        }),
      }),
    );
    expect(few.chosen.internalTrafficPolicy).toBe("Cluster");
  });

  it("Local is excluded where nothing keeps a pod on every node, though one may be there today", () => {
    const decision = decideInternal(exposure(10, 10))!;
    expect(decision.chosen.internalTrafficPolicy).toBe("Cluster");
    expect(decision.rejected).not.toContainEqual(
      expect.objectContaining({ candidate: expect.objectContaining({ internalTrafficPolicy: "Local" }) }),
    );
    expect(sentences(decision.why)).toContainEqual(
      expect.stringMatching(/^Local is excluded: nothing keeps a pod of a Deployment on every node/),
    );
  });

  it("a distribution that somebody wants is kept", () => {
    const { chosen, rejected, others } = decideInternal(exposure(3, 10), {
      trafficDistribution: "PreferSameZone",
    })!;
    const compared = [chosen, ...[...rejected, ...others].map(({ candidate }) => candidate)];
    expect(chosen.internalTrafficPolicy).toBe("Cluster");
    expect(new Set(compared.map(({ trafficDistribution }) => trafficDistribution))).toEqual(
      new Set(["PreferSameZone"]),
    );
  });
});

test("compareTargets says whether nodes or pods come first, and why", () => {
  const uneven = compareTargets(exposure(19, 10), { requirements: { clientAddress: "required" } })!;
  expect(uneven.alternatives.map(({ balancer }) => balancer)).toHaveLength(2);
  expect(uneven.why[0]?.sentence).toMatch(/is preferred to AWS NLB with/);
});

test("assess gives the same as estimating and deciding apart", () => {
  const scene = exposure(12, 10, { cluster: cluster(10, { backgroundLoad: 0.5 }) });
  const both = assess(scene);
  expect(both.decisions).toEqual(decide(scene));
  expect(both.estimates).toEqual(estimate(scene));
});
