import { decide, estimate } from "@evenkeel/test-generators";
import fc from "fast-check";
import { marginOf } from "../decide";
import { cluster, exposure, front, workload } from "../decide/scene.fixture";
import { byDefault, type Workload } from "../model";
import { equalNodes, occupancies } from ".";
import { dealRest, roomOn } from "./many";

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Nodes that can hold whatever is asked for. */
const roomy = (nodes: number) =>
  cluster(nodes, {
    nodes: equalNodes(nodes, 3).map((one) => ({
      ...one,
      allocatable: { cpu: 1e12, memory: 1e18, pods: 1e7 },
    })),
  });

const scene = fc.record({
  placed: fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 12 }),
  room: fc.array(fc.nat({ max: 400 }), { minLength: 12, maxLength: 12 }),
  more: fc.nat({ max: 5_000 }),
});

test("every pod is on a node with room or pending, none leaves its node, and none waits while there is room", () => {
  fc.assert(
    fc.property(scene, ({ placed, room, more }) => {
      const replicas = sum(placed) + more;
      const { podsOnNode, pending } = dealRest({ podsOnNode: placed, pending: 0 }, replicas, room);
      expect(sum(podsOnNode) + pending).toBe(replicas);
      const free = placed.map((n, node) => (n === 0 ? 0 : Math.max(n, room[node]!)));
      podsOnNode.forEach((n, node) => {
        expect(n).toBeGreaterThanOrEqual(placed[node]!);
        expect(n).toBeLessThanOrEqual(free[node]!);
      });
      expect(pending).toBe(Math.max(0, replicas - sum(free)));
    }),
    { numRuns: 500 },
  );
});

test("with room everywhere the proportion stays", () => {
  expect(dealRest({ podsOnNode: [10, 20, 0], pending: 0 }, 3_000, [1e6, 1e6, 1e6])).toEqual({
    podsOnNode: [1_000, 2_000, 0],
    pending: 0,
  });
});

test("a full node leaves the rest to the others", () => {
  expect(dealRest({ podsOnNode: [10, 10], pending: 0 }, 100, [30, 500]).podsOnNode).toEqual([30, 70]);
});

test("where the first pods already wait, the rest waits too", () => {
  expect(dealRest({ podsOnNode: [3, 2], pending: 5 }, 100, [9, 9])).toEqual({
    podsOnNode: [3, 2],
    pending: 95,
  });
});

test("room is what the scarcest resource leaves beside the pods that are there", () => {
  const [one] = equalNodes(1, 1);
  const there = {
    namespace: "shop",
    name: "other",
    labels: {},
    spec: { nodeName: one!.name, containers: [{ name: "c", requests: { cpu: 1_500 } }] },
  };
  // 4,000 millicores, of which 100 a pod; 110 pods; 16 GiB, of which 128 MiB a pod.
  expect(roomOn(cluster(1), workload(1))).toEqual([40]);
  expect(roomOn(cluster(1, { pods: [there] }), workload(1))).toEqual([25]);
  expect(roomOn(cluster(1, { backgroundLoad: 0.5 }), workload(1))).toEqual([30]);
  const light: Workload = {
    ...workload(1),
    template: { labels: {}, spec: { containers: [{ name: "c", requests: {} }] } },
  };
  expect(roomOn(cluster(1, { pods: [there] }), light)).toEqual([109]);
});

test("up to 5,000 pods every one of them is placed, and nothing is assumed", () => {
  const [external] = estimate(exposure(5_000, 10, { cluster: roomy(10) }), { trials: 3 });
  expect(external).toMatchObject({ pods: 5_000, trials: 3 });
  expect(external?.assumptions).toEqual([]);
});

test("beyond, it is said what was tried", () => {
  const [external] = estimate(exposure(5_001, 10, { cluster: roomy(10) }), { trials: 25 });
  expect(external).toMatchObject({ pods: 5_001, trials: 20, pending: { worst: 0 } });
  expect(external?.assumptions).toMatchObject([
    { code: "rest-in-proportion", data: { placed: 5000, times: 20 } },
  ]);
});

test("two workloads of which one has very many pods are added up for every trial", () => {
  const both = { ...exposure(1, 10), workloads: [workload(6_000), workload(3)] };
  const placements = occupancies(both, roomy(10), { trials: 21, seed: 1 });
  expect(placements).toHaveLength(21);
  placements.forEach(({ podsOnNode }) => expect(sum(podsOnNode)).toBe(6_003));
});

test.each([
  ["nodes", front],
  ["pods", { ...front, targets: byDefault("ip" as const, front.targets.at) }],
])("a million replicas behind %s as targets do not hang", (_, stands) => {
  const million = exposure(1_000_000, 10, { cluster: roomy(10), fronts: [stands] });
  const start = performance.now();
  const [decision] = decide(million, { trials: 5 });
  // Placing each of them takes minutes; dealing them a fraction of a second in compiled code, more in a busy test.
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(marginOf(million, decision!)).toBeUndefined();
  const [external] = estimate(million, { trials: 2 });
  expect(external!.shares.reduce((total, { pods, share }) => total + pods * share, 0)).toBeCloseTo(1, 9);
  expect(external!.pods).toBe(1_000_000);
});
