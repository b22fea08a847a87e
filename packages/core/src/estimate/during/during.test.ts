import * as core from ".";
import { estimateDuring } from "@evenkeel/test-generators";
import fc from "fast-check";
import { cluster, exposure, front, workload } from "../../decide/scene.fixture";
import { byDefault, given, type DisruptionBudget, type Exposure, type Workload } from "../../model";

import {
  apart,
  clusterFront,
  daemonSet,
  ipFront,
  LOCAL,
  local,
  localFront,
  nodesInZones,
  strategy,
  TIMES,
  type CheckTimes,
} from "./during.fixture";
import type { Disruption, DuringOptions } from "./disruption";

// Closed forms: what an event costs, worked out by hand, for any timing.

const ROLLOUT = [{ kind: "rollout" }] as const;

function external(scene: Exposure, options: DuringOptions): Disruption {
  const [first] = estimateDuring(scene, { trials: 2, side: "external", ...options });
  if (!first) throw new Error("no external side");
  return first;
}

function internal(scene: Exposure, options: DuringOptions): Disruption {
  const [only] = estimateDuring(scene, { trials: 2, side: "internal", ...options });
  if (!only) throw new Error("no internal side");
  return only;
}

const checkTimes: fc.Arbitrary<CheckTimes> = fc.record({
  interval: fc.constantFrom(5, 10, 30),
  healthy: fc.integer({ min: 2, max: 4 }),
  unhealthy: fc.integer({ min: 2, max: 4 }),
});

/** Grace period, readiness, and how long of the grace period a pod still answers. */
const podTimes = fc
  .record({
    gone: fc.integer({ min: 1, max: 300 }),
    ready: fc.integer({ min: 1, max: 120 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ gone, ready, part }) => ({
    terminationSeconds: gone,
    readySeconds: ready,
    servingSeconds: Math.floor(gone * part),
  }));

const detection = ({ interval, unhealthy }: CheckTimes): number => interval * unhealthy;
const recovery = ({ interval, healthy }: CheckTimes): number => interval * healthy;

const codes = ({ assumptions }: Disruption): readonly string[] => assumptions.map(({ code }) => code);
const sentences = ({ assumptions }: Disruption): readonly string[] => assumptions.map((one) => one.sentence);

describe("a Deployment of the kind Recreate", () => {
  test("loses under Cluster the time without any pod, and what answers on its way out counts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        checkTimes,
        podTimes,
        (replicas, nodes, times, timing) => {
          const workloads = [strategy(replicas, { type: "Recreate" })];
          const scene = exposure(replicas, nodes, { workloads, fronts: [clusterFront(times)] });
          const without = timing.terminationSeconds - timing.servingSeconds + timing.readySeconds;
          for (const side of [external, internal]) {
            const { fullLossSeconds, droppingSeconds, dropped, nodesServing } = side(scene, {
              events: ROLLOUT,
              timing,
            });
            expect(fullLossSeconds.worst).toBeCloseTo(without, 9);
            expect(droppingSeconds.worst).toBeCloseTo(without, 9);
            expect(dropped.worst).toBe(1);
            expect(nodesServing.worst).toBe(0);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test("of one replica loses under Local also what fails open, until the new node has passed its check", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), checkTimes, podTimes, (nodes, times, timing) => {
        const { terminationSeconds, readySeconds, servingSeconds } = timing;
        const back = terminationSeconds + readySeconds;
        // Later checks than that may never see that the pod was away.
        fc.pre(detection(times) < back);
        const scene = local(1, nodes, times, { workloads: [strategy(1, { type: "Recreate" })] });
        const elsewhere = 1 - 1 / nodes;
        const whileItStillAnswers = Math.max(0, servingSeconds - detection(times)) * elsewhere;
        const untilItPasses = recovery(times) * elsewhere;
        expect(external(scene, { events: ROLLOUT, timing }).fullLossSeconds.mean).toBeCloseTo(
          whileItStillAnswers + (back - servingSeconds) + untilItPasses,
          9,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("a rollout with maxUnavailable 0", () => {
  test("loses nothing under Cluster, nor inside the cluster", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        podTimes,
        (replicas, nodes, timing) => {
          const workloads = [strategy(replicas, { type: "RollingUpdate", maxSurge: 1, maxUnavailable: 0 })];
          const scene = exposure(replicas, nodes, { workloads });
          for (const side of [external, internal])
            expect(side(scene, { events: ROLLOUT, timing })).toMatchObject({
              fullLossSeconds: { worst: 0 },
              dropped: { worst: 0 },
              droppingSeconds: { worst: 0 },
              afterwards: { dropped: { worst: 0 } },
            });
        },
      ),
      { numRuns: 30 },
    );
  });

  test("of one replica on another node loses under Local what its old node gets until it is noticed", () => {
    const rolling = {
      ...apart(1),
      strategy: { type: "RollingUpdate", maxSurge: 1, maxUnavailable: 0 } as const,
    };
    const times = { interval: 10, healthy: 2, unhealthy: 4 };
    // The pods stand apart, so the new one comes to the other node; it is sent to after 20 s, the old one's node for 40 s.
    const lost = external(local(1, 2, times, { workloads: [rolling] }), { events: ROLLOUT });
    expect(lost.fullLossSeconds.worst).toBe(20 + 20 / 2);
    // A preStop sleep as long as the detection loses nothing.
    expect(
      external(local(1, 2, times, { workloads: [rolling] }), {
        events: ROLLOUT,
        timing: { servingSeconds: 40, terminationSeconds: 60 },
      }).fullLossSeconds.worst,
    ).toBe(0);
  });
});

test("a rollout of 25 % and 25 % keeps three quarters of the pods, each with a third more to do", () => {
  const scene = exposure(8, 8);
  const { peakLoad, fullLossSeconds, course } = external(scene, { events: ROLLOUT });
  expect(peakLoad?.worst).toBeCloseTo(8 / 6, 9);
  expect(fullLossSeconds.worst).toBe(0);
  expect(Math.min(...course.map(({ ready }) => ready))).toBe(6);
});

describe("a rollout of a DaemonSet under Local, node by node", () => {
  test("loses on each node what arrives until it is noticed; more while the node before is not back yet", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 7 }), checkTimes, (nodes, times) => {
        const [late, early] = [detection(times), recovery(times)];
        const timing = { terminationSeconds: 100, readySeconds: 30, servingSeconds: 0 };
        fc.pre(late < 130 && early < 130);
        const first = late / nodes;
        const next = Math.min(early, late) / (nodes - 1) + Math.max(0, late - early) / nodes;
        const lost = external(local(1, nodes, times, { workloads: [daemonSet()] }), {
          events: ROLLOUT,
          timing,
        });
        expect(lost.fullLossSeconds.mean).toBeCloseTo(first + (nodes - 1) * next, 9);
        expect(lost.settledSeconds.mean).toBe(nodes * 130 + early);
      }),
      { numRuns: 30 },
    );
  });

  test("loses nothing where the pods answer until it is noticed", () => {
    const timing = { servingSeconds: 30, terminationSeconds: 40 };
    const scene = local(1, 5, TIMES, { workloads: [daemonSet()] });
    expect(external(scene, { events: ROLLOUT, timing }).fullLossSeconds.worst).toBe(0);
    expect(
      external(scene, { events: ROLLOUT, timing: { ...timing, servingSeconds: 29 } }).fullLossSeconds.worst,
    ).toBeGreaterThan(0);
  });
});

describe("pods as targets", () => {
  const lastOfOld = (
    {
      servingSeconds: serves,
      deregistrationSeconds: leaves,
    }: { servingSeconds: number; deregistrationSeconds: number },
    times: CheckTimes,
  ): number => Math.min(leaves, serves + detection(times));

  test("one replica: the new pod is sent to when it has passed its checks, the old one until it is deregistered or noticed", () => {
    fc.assert(
      fc.property(
        checkTimes,
        podTimes,
        fc.integer({ min: 0, max: 200 }),
        (times, pod, deregistrationSeconds) => {
          const timing = { ...pod, deregistrationSeconds };
          const { servingSeconds: serves } = pod;
          const until = lastOfOld(timing, times);
          const alone = Math.max(0, recovery(times) - Math.min(serves, until));
          const together = Math.max(0, until - Math.max(serves, recovery(times))) / 2;
          const scene = exposure(1, 3, { fronts: [ipFront(times)] });
          expect(external(scene, { events: ROLLOUT, timing }).fullLossSeconds.worst).toBeCloseTo(
            alone + together,
            9,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the readiness gate keeps the old pod until the new one is sent to", () => {
    fc.assert(
      fc.property(checkTimes, podTimes, (times, pod) => {
        const timing = { ...pod, deregistrationSeconds: 120 };
        const one = workload(1);
        const spec = { ...one.template.spec, readinessGates: ["target-health.elbv2.k8s.aws/k8s-shop-web"] };
        const scene = exposure(1, 3, {
          fronts: [ipFront(times)],
          workloads: [{ ...one, template: { ...one.template, spec } }],
        });
        const together = Math.max(0, lastOfOld(timing, times) - pod.servingSeconds) / 2;
        const lost = external(scene, { events: ROLLOUT, timing });
        expect(lost.fullLossSeconds.worst).toBeCloseTo(together, 9);
        expect(codes(lost)).toContain("readiness-gate");
      }),
      { numRuns: 30 },
    );
  });

  test("traffic policies make no difference to what comes through the load balancer", () => {
    const options = { events: ROLLOUT };
    const fronts = [ipFront()];
    const figures = ({ fullLossSeconds, hottest, course }: Disruption) => ({
      fullLossSeconds,
      hottest,
      course,
    });
    expect(figures(external(exposure(5, 3, { fronts, service: LOCAL }), options))).toEqual(
      figures(external(exposure(5, 3, { fronts }), options)),
    );
  });
});

describe("a lost node of N with a pod each", () => {
  const LOST = [{ kind: "loseNode", node: "node-2" }] as const;
  const scene = (nodes: number, times: CheckTimes): Partial<Exposure> => ({
    workloads: [apart(nodes)],
    fronts: [clusterFront(times)],
    cluster: cluster(nodes),
  });
  const nodesAndTimes = [fc.integer({ min: 2, max: 7 }), checkTimes] as const;
  const NOTICE = 50;

  test("loses under Cluster what enters there until the check fails, and its pod's part until it is no endpoint", () => {
    fc.assert(
      fc.property(...nodesAndTimes, (nodes, times) => {
        const [late, share] = [detection(times), 1 / nodes];
        const bothWays = Math.min(late, NOTICE) * (share + (1 - share) * share);
        const entering = Math.max(0, late - NOTICE) * share;
        const itsPod = Math.max(0, NOTICE - late) * share;
        const lost = external(exposure(nodes, nodes, scene(nodes, times)), { events: LOST });
        expect(lost.fullLossSeconds.worst).toBeCloseTo(bothWays + entering + itsPod, 9);
        expect(lost.afterwards).toMatchObject({ dropped: { worst: 0 }, nodesServing: { mean: nodes - 1 } });
      }),
      { numRuns: 40 },
    );
  });

  test("loses under Local what enters there, and nothing else", () => {
    fc.assert(
      fc.property(...nodesAndTimes, (nodes, times) => {
        const lost = external(local(nodes, nodes, times, { workloads: [apart(nodes)] }), { events: LOST });
        expect(lost.fullLossSeconds.worst).toBeCloseTo(detection(times) / nodes, 9);
      }),
      { numRuns: 20 },
    );
  });

  test("takes its zone with it: without cross-zone balancing clients still go there for the minute that DNS answers live", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        checkTimes,
        fc.boolean(),
        fc.boolean(),
        (zones, times, ip, on) => {
          const nodes = nodesInZones(Array.from({ length: zones }, (_, index) => `z${index}`));
          const attributes = { "load_balancing.cross_zone.enabled": byDefault(on, front.targets.at) };
          const stands = { ...(ip ? ipFront(times) : localFront(times)), attributes };
          const more = { workloads: [apart(zones)], cluster: cluster(0, { nodes }), fronts: [stands] };
          const lost = external(local(zones, 0, times, more), { events: LOST });
          expect(lost.fullLossSeconds.worst).toBeCloseTo((detection(times) + (on ? 0 : 60)) / zones, 9);
          expect(lost.afterwards.dropped.worst).toBe(0);
          expect(codes(lost).includes("stale-zones")).toBe(!on);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("loses inside the cluster its pod's part until it is no endpoint; its own clients are gone with it", () => {
    fc.assert(
      fc.property(...nodesAndTimes, fc.integer({ min: 10, max: 90 }), (nodes, times, noticeSeconds) => {
        const timing = { noticeSeconds };
        const lost = internal(exposure(nodes, nodes, scene(nodes, times)), { events: LOST, timing });
        expect(lost.fullLossSeconds.worst).toBeCloseTo(noticeSeconds / nodes, 9);
        const near = { ...LOCAL, internalTrafficPolicy: "Local" } as const;
        const alone = internal(exposure(nodes, nodes, { ...scene(nodes, times), service: near }), {
          events: LOST,
          timing,
        });
        expect(alone.fullLossSeconds.worst).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test("of pods as targets loses its pod's part until the check fails", () => {
    fc.assert(
      fc.property(...nodesAndTimes, (nodes, times) => {
        const ip = { ...scene(nodes, times), fronts: [ipFront(times)] };
        const lost = external(exposure(nodes, nodes, ip), { events: LOST });
        expect(lost.fullLossSeconds.worst).toBeCloseTo(detection(times) / nodes, 9);
      }),
      { numRuns: 20 },
    );
  });
});

test("a lost node whose server nothing checks is sent to for good", () => {
  const { healthCheck: _, ...unchecked } = {
    ...clusterFront(),
    balancer: "haproxy",
    targets: given("node" as const, front.targets.at),
  };
  const scene = exposure(4, 4, { workloads: [apart(4)], fronts: [unchecked] });
  const lost = external(scene, { events: [{ kind: "loseNode", node: "node-1" }] });
  expect(lost.afterwards.dropped.worst).toBeCloseTo(1 / 4, 9);
  expect(codes(lost)).toContain("unchecked-targets");
});

describe("other events", () => {
  test("a drained node loses nothing under Cluster while others have pods", () => {
    const scene = exposure(4, 4, { workloads: [apart(3)] });
    const lost = external(scene, { events: [{ kind: "drain", node: "node-1" }] });
    expect(lost).toMatchObject({ fullLossSeconds: { worst: 0 }, afterwards: { pending: { worst: 0 } } });
    expect(lost.events.map(({ sentence }) => sentence)).toEqual(["drain node-1"]);
  });

  describe("a drain of the node that has all pods, onto an empty one", () => {
    const by = [{ kind: "PodDisruptionBudget", namespace: "shop", name: "web" }];
    const [full, empty] = cluster(2).nodes;
    const onOne = {
      ...workload(4),
      template: {
        ...workload(4).template,
        spec: { ...workload(4).template.spec, nodeSelector: { "kubernetes.io/hostname": full?.name ?? "" } },
      },
    };
    const drained = (budget: Workload["budget"], given?: DisruptionBudget) =>
      external(
        exposure(4, 2, {
          workloads: [{ ...onOne, ...(budget ? { budget } : {}) }],
          cluster: cluster(2, { nodes: full && empty ? [full, empty] : [] }),
        }),
        { events: [{ kind: "drain", node: "node-1" }], budget: given },
      );

    test("lets every pod go at once without a budget", () => {
      expect(drained(undefined)).toMatchObject({ afterwards: { pending: { worst: 4 } } });
      expect(codes(drained(undefined))).toContain("no-disruption-budget");
    });

    test("keeps to the workload's own", () => {
      const kept = drained({ minAvailable: "50%", by });
      expect(kept).toMatchObject({ afterwards: { pending: { worst: 2 } } });
      expect(sentences(kept)).toContain("a drain keeps to minAvailable 50% of PodDisruptionBudget shop/web");
    });

    test("keeps to a given one first", () => {
      const kept = drained({ minAvailable: "50%", by }, { maxUnavailable: 1 });
      expect(kept).toMatchObject({ afterwards: { pending: { worst: 1 } } });
      expect(sentences(kept)).toContain("a drain keeps to maxUnavailable 1");
    });

    test("waits for ever where two are for the same pods", () => {
      const kept = drained({
        maxUnavailable: 0,
        by: [...by, { ...by[0], kind: "PodDisruptionBudget", name: "all", namespace: "shop" }],
      });
      expect(kept).toMatchObject({ afterwards: { pending: { worst: 0 } } });
      expect(sentences(kept).join()).toContain(
        "PodDisruptionBudget shop/web and PodDisruptionBudget shop/all",
      );
    });
  });

  test("a pod that finds no node is reported in the scheduler's words, and stays pending", () => {
    const scene = exposure(3, 3, { workloads: [apart(3)] });
    const lost = external(scene, { events: [{ kind: "scale", replicas: 5 }] });
    expect(lost).toMatchObject({ pending: { worst: 2 }, afterwards: { pending: { worst: 2 } } });
    expect(lost.schedulerMessage).toBe(
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
    );
    expect(lost.course.at(-1)).toMatchObject({ ready: 3, pending: 2 });
  });

  test("an added node takes part when it has passed its check", () => {
    const nodes = cluster(2).nodes;
    const [added] = cluster(3).nodes.slice(2);
    const { course, nodesServing } = external(
      local(2, 2, TIMES, { workloads: [daemonSet()], cluster: cluster(2, { nodes }) }),
      {
        events: [{ kind: "addNodes", nodes: added ? [added] : [] }],
      },
    );
    expect(nodesServing.worst).toBe(2);
    // Ready after 10 s, sent to after 30 s more.
    expect(course.map(({ at, ready, hottest }) => [at, ready, hottest])).toEqual([
      [-1, 2, 1],
      [10, 3, 1.5],
      [40, 3, expect.closeTo(1, 9)],
    ]);
  });

  test("pods that are there already are where it starts", () => {
    const { template } = workload(3);
    const pods = ["node-1", "node-1", "node-3"].map((nodeName, index) => ({
      namespace: "shop",
      name: `web-${index}`,
      labels: template.labels,
      spec: { ...template.spec, nodeName },
    }));
    const scene = local(3, 4, TIMES, { cluster: cluster(4, { pods }) });
    const lost = external(scene, { events: [{ kind: "drain", node: "node-3" }] });
    expect(lost.course[0]).toMatchObject({ ready: 3, nodesServing: 2, hottest: 1.5 });
    // Half of everything entered the node, for the 30 s until that was noticed.
    expect(lost.fullLossSeconds.worst).toBeGreaterThanOrEqual(15);
  });

  test("an event that does not fit is refused with what would", () => {
    expect(() => external(exposure(3, 3), { events: [{ kind: "drain", node: "n9" }] })).toThrow(
      "events[0].node: n9; there are node-1, node-2, node-3",
    );
    const daemons = exposure(3, 3, { workloads: [daemonSet()] });
    expect(() => external(daemons, { events: [{ kind: "scale", replicas: 2 }] })).toThrow(RangeError);
  });

  test("what is not counted is said", () => {
    const published = { ...LOCAL, publishNotReadyAddresses: true };
    const said = (of: typeof LOCAL) =>
      codes(external(local(3, 3, TIMES, { service: of }), { events: ROLLOUT }));
    expect(said(published)).toContain("not-ready-published");
    expect(said(LOCAL)).not.toContain("not-ready-published");
  });

  test("without the workload in the input the question is unanswered, on both sides", () => {
    const answers = core.estimateDuring(exposure(3, 3, { workloads: [] }), { events: ROLLOUT });
    expect(answers).toMatchObject([
      { answered: false, side: "external", unknown: [{ code: "pods-not-in-input" }] },
      { answered: false, side: "internal", unknown: [{ code: "pods-not-in-input" }] },
    ]);
  });

  test("without a cluster three sizes are answered for", () => {
    const several = estimateDuring(exposure(3, 3, { cluster: cluster(0) }), {
      events: ROLLOUT,
      trials: 2,
      side: "external",
    });
    expect(several.map((one) => one.cluster)).toEqual(["3 equal nodes", "10 equal nodes", "30 equal nodes"]);
  });
});
