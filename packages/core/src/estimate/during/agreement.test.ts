import fc from "fast-check";
import { cluster, exposure, front, workload } from "../../decide/scene.fixture";
import { byDefault, ZONE_LABEL, zoneOf, type Endpoint, type Exposure, type Node } from "../../model";
import type { ClusterEvent } from "../../placement";
import { withHints } from "../../routing";
import { groupFronts, policyOf } from "../fronts";
import { externalPath, internalPath, type DataPath } from "../data-path";
import { observedFlows } from "../observed-flow";
import { estimateOn } from "../predict";
import { DEFAULT_SEED } from "../estimate";
import { coursesOf, type CourseOf, type Side } from "./course";
import { answered, estimateDuring, knownEstimates } from "@evenkeel/test-generators";
import { duringOn } from "./during";
import { clusterFront, daemonSet, ipFront, LOCAL, localFront, nodesInZones } from "./during.fixture";
import { lagOf, zoneSecondsOf } from "./lag";
import { livesOf } from "./lives";
import type { Timeline } from "./timeline";

// The estimate over events against the others: the plain one at rest, and kube-proxy's own choice on the endpoints of each moment.

const zones = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 6 });

const scenes: fc.Arbitrary<Exposure> = fc
  .record({
    zones,
    replicas: fc.integer({ min: 0, max: 8 }),
    local: fc.boolean(),
    internalLocal: fc.boolean(),
    distribution: fc.constantFrom(undefined, "PreferSameZone" as const, "PreferSameNode" as const),
    ip: fc.boolean(),
    crossZone: fc.boolean(),
    daemons: fc.boolean(),
    recreate: fc.boolean(),
    trafficPort: fc.boolean(),
  })
  .map((one): Exposure => {
    const { local, ip } = one;
    const stands = ip ? ipFront() : local && !one.trafficPort ? localFront() : clusterFront();
    const attributes = { "load_balancing.cross_zone.enabled": byDefault(one.crossZone, front.targets.at) };
    const replicated = one.recreate ? { strategy: { type: "Recreate" } as const } : {};
    return exposure(one.replicas, one.zones.length, {
      service: {
        ...(local ? LOCAL : exposure(1, 1).service),
        internalTrafficPolicy: one.internalLocal ? "Local" : "Cluster",
        ...(one.distribution ? { trafficDistribution: one.distribution } : {}),
      },
      fronts: [{ ...stands, attributes }],
      workloads: [one.daemons ? daemonSet() : { ...workload(one.replicas), ...replicated }],
      cluster: cluster(0, { nodes: nodesInZones(one.zones) }),
    });
  });

const happenings = ({ workloads, cluster: { nodes } }: Exposure): fc.Arbitrary<readonly ClusterEvent[]> => {
  const name = fc.constantFrom(...nodes.map((node) => node.name));
  const scales = workloads.every(({ runs }) => runs === "replicas");
  return fc.array(
    fc.oneof(
      fc.constant<ClusterEvent>({ kind: "rollout" }),
      name.map((node): ClusterEvent => ({ kind: "drain", node })),
      name.map((node): ClusterEvent => ({ kind: "loseNode", node })),
      ...(scales ? [fc.nat({ max: 9 }).map((replicas): ClusterEvent => ({ kind: "scale", replicas }))] : []),
    ),
    { minLength: 1, maxLength: 3 },
  );
};

const lived = scenes.chain((scene) =>
  fc.record({
    scene: fc.constant(scene),
    events: happenings(scene),
    seed: fc.nat({ max: 1000 }),
    servingSeconds: fc.constantFrom(0, 5, 25),
  }),
);

test("without events it is the plain estimate of the same placements", () => {
  fc.assert(
    fc.property(scenes, fc.nat({ max: 1000 }), (scene, seed) => {
      const options = { events: [], trials: 4, seed };
      const lives = livesOf(scene, options);
      const placements = lives.timelines.map(({ endpoints: [first], pending }) => ({
        podsOnNode: first?.ready ?? [],
        pending: pending[0]?.pods ?? 0,
      }));
      const plain = knownEstimates(estimateOn(scene, placements, options));
      const over = answered(duringOn(scene, lives, options));
      expect(over.map(({ side }) => side)).toEqual(plain.map(({ side }) => side));
      over.forEach((one, index) => {
        const { hottest, nodesServing, dropped, pending } = plain[index]!;
        close(one.hottest?.mean, hottest?.mean);
        close(one.hottest?.p95, hottest?.p95);
        close(one.dropped.mean, dropped.mean);
        close(one.dropped.worst, dropped.worst);
        expect(one).toMatchObject({ nodesServing, pending, fullLossSeconds: { worst: 0 } });
        expect(one.afterwards).toMatchObject({ nodesServing, pending });
        close(one.afterwards.dropped.p95, dropped.p95);
      });
    }),
    { numRuns: 150 },
  );
});

function close(value: number | undefined, wanted: number | undefined): void {
  if (wanted === undefined) return void expect(value).toBeUndefined();
  expect(value).toBeCloseTo(wanted, 9);
}

function sidesOf(
  scene: Exposure,
  nodes: readonly Node[],
  lagging: boolean,
): readonly (Side & { way: "external" | "internal" })[] {
  const later = { ...scene, cluster: { ...scene.cluster, nodes } };
  const [group] = groupFronts(scene);
  const lag = lagOf(group?.front);
  const none = { ...lag, detection: 0, recovery: 0, deregistration: 0 };
  return [
    {
      path: only(externalPath(later, group?.front).possible),
      lag: lagging ? lag : none,
      gated: false,
      zoneSeconds: lagging ? zoneSecondsOf(group?.front) : 0,
      way: "external",
    },
    {
      path: only(internalPath(later).possible),
      lag: undefined,
      gated: false,
      zoneSeconds: 0,
      way: "internal",
    },
  ];
}

function only([path]: readonly DataPath[]): DataPath {
  if (!path) throw new Error("the path is not known");
  return path;
}

test("where the load balancer follows immediately, each moment is kube-proxy's choice on the endpoints there are", () => {
  let compared = 0;
  fc.assert(
    fc.property(lived, ({ scene, events, seed, servingSeconds }) => {
      const gentle = events.filter(({ kind }) => kind !== "loseNode" && kind !== "drain");
      const options = { events: gentle, trials: 1, seed, timing: { servingSeconds } };
      const { nodes, timelines } = livesOf(scene, options);
      for (const { way, ...side } of sidesOf(scene, nodes, false)) {
        for (const timeline of timelines) {
          const course = coursesOf(side, nodes)(timeline);
          for (const { at, ready, terminating } of timeline.endpoints) {
            const endpoints = endpointsOf(scene, nodes, ready, terminating);
            const { service } = scene;
            const [flow] = observedFlows(side.path, {
              endpoints,
              ofService: endpoints,
              nodes,
              traffic: {
                externalTrafficPolicy: policyOf(service).externalTrafficPolicy ?? "Cluster",
                internalTrafficPolicy: policyOf(service).internalTrafficPolicy,
                externallyReachable: true,
              },
              path: way,
            });
            expect(momentAt(course, at)?.dropped).toBeCloseTo(flow?.dropped ?? NaN, 9);
            compared += 1;
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(compared).toBeGreaterThan(500);
});

function momentAt({ moments }: CourseOf, at: number) {
  return moments.findLast((moment) => moment.at <= at);
}

function endpointsOf(
  { service: { trafficDistribution } }: Exposure,
  nodes: readonly Node[],
  ready: readonly number[],
  terminating: readonly number[],
): readonly Endpoint[] {
  const on = (counts: readonly number[], conditions: Partial<Endpoint>): readonly Endpoint[] =>
    counts.flatMap((count, index) =>
      Array.from({ length: count }, (): Endpoint => ({
        addresses: [],
        nodeName: nodes[index]?.name,
        zone: nodes[index] && zoneOf(nodes[index]),
        ...conditions,
      })),
    );
  const bare = [...on(ready, {}), ...on(terminating, { ready: false, terminating: true })];
  const distribution = typeof trafficDistribution === "string" ? { trafficDistribution } : undefined;
  return distribution ? withHints(bare, nodes, distribution).endpoints : bare;
}

test("fractions are fractions, and the sums are within their bounds", () => {
  fc.assert(
    fc.property(lived, ({ scene, events, seed, servingSeconds }) => {
      const options = { events, trials: 2, seed, timing: { servingSeconds } };
      const lives = livesOf(scene, options);
      for (const side of sidesOf(scene, lives.nodes, true)) {
        for (const course of lives.timelines.map(coursesOf(side, lives.nodes))) {
          const { dropped, fullLossSeconds, droppingSeconds, settledSeconds, peakLoad, pods, moments } =
            course;
          for (const moment of moments) {
            expect(moment.dropped).toBeGreaterThanOrEqual(0);
            expect(moment.dropped).toBeLessThanOrEqual(1);
            expect(moment.hottest ?? 1).toBeGreaterThan(1 - 1e-9);
            expect(moment.nodesServing).toBeLessThanOrEqual(moment.ready);
            expect(moment.hottest === undefined).toBe(moment.dropped === 1);
          }
          expect(fullLossSeconds).toBeLessThanOrEqual(dropped * droppingSeconds + 1e-9);
          expect(fullLossSeconds).toBeGreaterThanOrEqual(0);
          expect(droppingSeconds).toBeLessThanOrEqual(settledSeconds);
          // One pod gets no more than everything.
          expect(peakLoad ?? 0).toBeLessThanOrEqual(pods + 1e-9);
          expect(moments.map(({ at }) => at)).toEqual([...moments.map(({ at }) => at)].sort((a, b) => a - b));
        }
      }
    }),
    { numRuns: 150 },
  );
});

test("the order of the nodes changes nothing", () => {
  fc.assert(
    fc.property(lived, fc.infiniteStream(fc.nat()), ({ scene, events, seed, servingSeconds }, random) => {
      const options = { events, trials: 1, seed, timing: { servingSeconds } };
      const { nodes, timelines } = livesOf(scene, options);
      const order = nodes.map((_, index) => ({ index, by: random.next().value as number }));
      const moved = order.sort((a, b) => a.by - b.by).map(({ index }) => index);
      const nodesMoved = moved.map((index) => nodes[index]!);
      const sides = sidesOf(scene, nodes, true);
      sidesOf(scene, nodesMoved, true).forEach((side, which) => {
        for (const timeline of timelines) {
          const before = coursesOf(sides[which]!, nodes)(timeline);
          const after = coursesOf(side, nodesMoved)(permuted(timeline, moved));
          expect(after.fullLossSeconds).toBeCloseTo(before.fullLossSeconds, 9);
          expect(after.moments.map(({ at }) => at).at(-1)).toBe(before.moments.at(-1)?.at);
          close(after.hottest, before.hottest);
          close(after.peakLoad, before.peakLoad);
          expect(after.nodesServing).toBe(before.nodesServing);
        }
      });
    }),
    { numRuns: 80 },
  );
});

/** The same trial with its nodes in another order: the node at place i is the one that was at `moved[i]`. */
function permuted({ nodes, targets, endpoints: all, ...rest }: Timeline, moved: readonly number[]): Timeline {
  const place = (counts: readonly number[]): readonly number[] => moved.map((index) => counts[index] ?? 0);
  return {
    ...rest,
    nodes: moved.map((index) => nodes[index]!),
    targets: targets.map((target) => ({ ...target, node: moved.indexOf(target.node) })),
    endpoints: all.map(({ at, ready, terminating }) => ({
      at,
      ready: place(ready),
      terminating: place(terminating),
    })),
  };
}

test("the same seed gives the same figures to the bit", () => {
  const scene = exposure(4, 6, {
    cluster: cluster(6, { backgroundLoad: 0.6 }),
    service: LOCAL,
    fronts: [localFront()],
  });
  const options = { events: [{ kind: "rollout" }], trials: 20, seed: 5 } as const;
  expect(estimateDuring(scene, options)).toEqual(estimateDuring(scene, options));
  expect(estimateDuring(scene, { ...options, seed: 6 })[0]?.fullLossSeconds).not.toEqual(
    estimateDuring(scene, options)[0]?.fullLossSeconds,
  );
  expect(estimateDuring(scene, { events: options.events })[0]).toMatchObject({
    trials: 200,
    seed: DEFAULT_SEED,
  });
});

test("nodes without a zone label are no zone", () => {
  const nodes = cluster(3).nodes.map((node) => ({
    ...node,
    labels: Object.fromEntries(Object.entries(node.labels).filter(([key]) => key !== ZONE_LABEL)),
  }));
  const scene = exposure(3, 3, { cluster: cluster(3, { nodes }) });
  const [external] = estimateDuring(scene, { events: [{ kind: "rollout" }], trials: 3 });
  expect(external?.fullLossSeconds.worst).toBe(0);
});
