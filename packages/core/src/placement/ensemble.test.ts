import fc from "fast-check";
import {
  HOSTNAME_LABEL,
  ZONE_LABEL,
  type Cluster,
  type Node,
  type Pod,
  type PodSpec,
  type Workload,
} from "../model";
import { placeReplicas, type Placement, type PlacementRequest } from "./ensemble";

const GIB = 2 ** 30;

function node(index: number, more: Partial<Node> = {}): Node {
  return {
    name: `n${index}`,
    labels: { [HOSTNAME_LABEL]: `n${index}`, [ZONE_LABEL]: `z${index % 3}` },
    taints: [],
    unschedulable: false,
    allocatable: { cpu: 4000, memory: 16 * GIB, pods: 110 },
    ...more,
  };
}

function cluster(count: number, more: Partial<Cluster> = {}): Cluster {
  return {
    dataplane: "iptables",
    nodes: Array.from({ length: count }, (_, index) => node(index)),
    pods: [],
    ...more,
  };
}

function workload(spec: Partial<PodSpec> = {}, more: Partial<Workload> = {}): Workload {
  return {
    ref: { kind: "Deployment", namespace: "shop", name: "web" },
    runs: "replicas",
    replicas: { count: 1, by: "given" },
    selector: { matchLabels: { app: "web" } },
    template: {
      labels: { app: "web" },
      spec: { containers: [{ name: "web", requests: { cpu: 100, memory: 128 * 2 ** 20 } }], ...spec },
    },
    ...more,
  };
}

function place(more: Partial<PlacementRequest>): readonly Placement[] {
  return placeReplicas({
    workload: workload(),
    replicas: 10,
    services: [{ namespace: "shop", selector: { app: "web" } }],
    cluster: cluster(10),
    trials: 5,
    seed: 1,
    ...more,
  });
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

test("every pod is placed or pending, on every trial", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (nodes, replicas, backgroundLoad, seed) => {
        const big = workload({ containers: [{ name: "web", requests: { cpu: 1500, memory: GIB } }] });
        const placements = place({
          workload: big,
          replicas,
          cluster: cluster(nodes, { backgroundLoad }),
          seed,
          trials: 3,
        });
        expect(placements).toHaveLength(3);
        for (const { podsOnNode, pending, why } of placements) {
          expect(podsOnNode).toHaveLength(nodes);
          expect(sum(podsOnNode) + pending).toBe(replicas);
          expect(why === undefined).toBe(pending === 0 && nodes > 0);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("the seed gives the placements, each trial its own", () => {
  const loaded = { cluster: cluster(10, { backgroundLoad: 0.8 }), trials: 20 };
  expect(place({ ...loaded, seed: 4 })).toEqual(place({ ...loaded, seed: 4 }));
  expect(place({ ...loaded, seed: 4 })).not.toEqual(place({ ...loaded, seed: 5 }));
  expect(place({ ...loaded, seed: 4, trials: 7 })).toEqual(place({ ...loaded, seed: 4 }).slice(0, 7));
  expect(new Set(place(loaded).map(({ podsOnNode }) => podsOnNode.join())).size).toBeGreaterThan(1);
});

// P = qN + r pods on N equal idle nodes: r nodes have q + 1 of them, the others q.
test.each([
  [8, 10],
  [10, 10],
  [12, 10],
  [20, 10],
  [35, 10],
])("%d pods on %d idle nodes stand evenly", (replicas, nodes) => {
  for (const { podsOnNode } of place({ replicas, cluster: cluster(nodes) })) {
    expect(Math.max(...podsOnNode)).toBe(Math.ceil(replicas / nodes));
    expect(Math.min(...podsOnNode)).toBe(Math.floor(replicas / nodes));
  }
});

test("twice as many pods as nodes leave one pod alone somewhere, as soon as nodes are unevenly loaded", () => {
  const placements = place({ replicas: 20, cluster: cluster(10, { backgroundLoad: 0.5 }), trials: 200 });
  const alone = placements.filter(({ podsOnNode }) => Math.min(...podsOnNode) === 1);
  expect(alone.length).toBeGreaterThan(160);
});

test.each<[string, Partial<PodSpec>]>([
  [
    "maxSkew 1 by host",
    {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: HOSTNAME_LABEL,
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: { app: "web" } },
        },
      ],
    },
  ],
  [
    "preferred anti-affinity by host",
    {
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                topologyKey: HOSTNAME_LABEL,
                labelSelector: { matchLabels: { app: "web" } },
              },
            },
          ],
        },
      },
    },
  ],
])("%s keeps pods even on unevenly loaded nodes", (_, spec) => {
  for (const { podsOnNode } of place({
    workload: workload(spec),
    replicas: 23,
    cluster: cluster(10, { backgroundLoad: 0.5 }),
  }))
    expect(Math.max(...podsOnNode) - Math.min(...podsOnNode)).toBe(1);
});

test("without owner and Service nothing spreads the pods", () => {
  const lone = workload({}, { ref: { kind: "CloneSet", namespace: "shop", name: "web" } });
  const loaded = cluster(10, { backgroundLoad: 0.8 });
  const serving = (services: PlacementRequest["services"]): number =>
    sum(
      place({ workload: lone, services, cluster: loaded, trials: 50 }).map(
        ({ podsOnNode }) => podsOnNode.filter((count) => count > 0).length,
      ),
    ) / 50;
  expect(serving([])).toBeLessThan(4);
  expect(serving([{ namespace: "shop", selector: { app: "web" } }])).toBeGreaterThan(8);
  expect(serving([{ namespace: "elsewhere", selector: { app: "web" } }])).toBeLessThan(4);
});

test("pods of an older revision do not count, so the new ones are spread by themselves", () => {
  const old = Array.from({ length: 9 }, (_, index): Pod => ({
    namespace: "shop",
    name: `old-${index}`,
    labels: { app: "web", "pod-template-hash": "old" },
    spec: { ...workload().template.spec, nodeName: "n0" },
  }));
  for (const { podsOnNode } of place({ replicas: 3, cluster: cluster(3, { pods: old }) }))
    expect(podsOnNode).toEqual([1, 1, 1]);
});

test("background load is drawn only where no pod tells what the nodes hold", () => {
  const idle = place({ replicas: 20, trials: 20 });
  const other: Pod = {
    namespace: "shop",
    name: "x",
    labels: {},
    spec: { nodeName: "n0", containers: [{ name: "c", requests: {} }] },
  };
  const told = place({
    replicas: 20,
    trials: 20,
    cluster: cluster(10, { backgroundLoad: 0.9, pods: [other] }),
  });
  expect(told.every(({ podsOnNode }) => podsOnNode.every((count) => count === 2))).toBe(true);
  expect(idle.every(({ podsOnNode }) => podsOnNode.every((count) => count === 2))).toBe(true);
});

test("what does not fit stays pending, with the scheduler's words", () => {
  const [only] = place({
    workload: workload({ containers: [{ name: "web", requests: { cpu: 3000, memory: GIB } }] }),
    replicas: 5,
    cluster: cluster(3, { nodes: [node(0), node(1), node(2, { unschedulable: true })] }),
    trials: 1,
  });
  expect(only).toEqual({
    podsOnNode: [1, 1, 0],
    pending: 3,
    why: "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.",
  });
});

test("a node that is not ready takes no pods, whether or not its taints are shown", () => {
  const nodes = [node(0), node(1, { ready: false }), node(2)];
  for (const { podsOnNode } of place({ replicas: 6, cluster: cluster(3, { nodes }) }))
    expect(podsOnNode).toEqual([3, 0, 3]);
});

test("more nodes than the scheduler samples still take every pod once", () => {
  for (const { podsOnNode } of place({ replicas: 150, cluster: cluster(150), trials: 3 })) {
    expect(sum(podsOnNode)).toBe(150);
    expect(Math.max(...podsOnNode)).toBeLessThanOrEqual(2);
  }
});

describe("a DaemonSet", () => {
  const daemon = (spec: Partial<PodSpec> = {}): Workload =>
    workload(spec, { ref: { kind: "DaemonSet", namespace: "shop", name: "agent" }, runs: "everyNode" });

  it("has a pod on every node that suits it, cordoned ones too", () => {
    const nodes = [
      node(0),
      node(1, { unschedulable: true }),
      node(2, { ready: false }),
      node(3, { taints: [{ key: "dedicated", effect: "NoSchedule" }] }),
    ];
    // A node that is not ready also has a taint that new pods of a DaemonSet do not tolerate.
    expect(place({ workload: daemon(), cluster: cluster(4, { nodes }), trials: 1 })).toEqual([
      { podsOnNode: [1, 1, 0, 0], pending: 0 },
    ]);
  });

  it("keeps the pod of a node pending that has no room for it", () => {
    const small = node(1, { allocatable: { cpu: 50, memory: GIB, pods: 10 } });
    expect(
      place({ workload: daemon(), cluster: cluster(2, { nodes: [node(0), small] }), trials: 1 }),
    ).toEqual([
      {
        podsOnNode: [1, 0],
        pending: 1,
        why: "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity].",
      },
    ]);
  });

  it("is not held back by a spread constraint that honours node affinity", () => {
    const constraint = {
      maxSkew: 1,
      topologyKey: ZONE_LABEL,
      whenUnsatisfiable: "DoNotSchedule",
      labelSelector: { matchLabels: { app: "web" } },
    } as const;
    const nodes = [0, 3, 6, 1].map((index) => node(index));
    const placed = (nodeAffinityPolicy?: "Ignore"): readonly Placement[] =>
      place({
        workload: daemon({ topologySpreadConstraints: [{ ...constraint, nodeAffinityPolicy }] }),
        cluster: cluster(4, { nodes }),
        trials: 1,
      });
    expect(placed()).toEqual([{ podsOnNode: [1, 1, 1, 1], pending: 0 }]);
    expect(placed("Ignore")[0]).toMatchObject({ podsOnNode: [1, 0, 0, 1], pending: 2 });
  });
});
