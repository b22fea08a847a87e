import type { Cluster, Node, Pod, RolloutStrategy, Workload } from "../../model";
import { HOSTNAME_LABEL, ZONE_LABEL } from "../../model";
import type { ClusterEvent, SimulationRequest, Step } from "./events";
import { simulate, simulateCourses } from "./simulate";

const GIB = 2 ** 30;

function node(name: string, zone = "a"): Node {
  return {
    name,
    labels: { [HOSTNAME_LABEL]: name, [ZONE_LABEL]: zone },
    taints: [],
    unschedulable: false,
    allocatable: { cpu: 4000, memory: 16 * GIB, pods: 110 },
  };
}

function cluster(count: number, pods: readonly Pod[] = []): Cluster {
  return { dataplane: "iptables", nodes: Array.from({ length: count }, (_, i) => node(`n${i + 1}`)), pods };
}

function workload(kind = "Deployment", more: Partial<Workload> = {}): Workload {
  return {
    ref: { kind, namespace: "shop", name: "web" },
    runs: kind === "DaemonSet" ? "everyNode" : "replicas",
    replicas: { count: 4, by: "given" },
    selector: { matchLabels: { app: "web" } },
    template: {
      labels: { app: "web" },
      spec: {
        containers: [{ name: "web", requests: { cpu: 100, memory: GIB } }],
        terminationGracePeriodSeconds: 20,
      },
    },
    ...more,
  };
}

function steps(events: readonly ClusterEvent[], more: Partial<SimulationRequest> = {}): readonly Step[] {
  const [only = []] = simulate({
    workload: workload(),
    replicas: 4,
    services: [{ namespace: "shop", selector: { app: "web" } }],
    cluster: cluster(4),
    trials: 1,
    seed: 1,
    events,
    ...more,
  });
  return only;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const readyOver = (all: readonly Step[]): readonly number[] => all.map(({ ready }) => sum(ready));
const last = (all: readonly Step[]): Step => all.at(-1)!;

test("before the first event the workload is placed and ready", () => {
  const [only, ...others] = steps([]);
  expect(others).toEqual([]);
  expect(only).toMatchObject({
    event: -1,
    ready: [1, 1, 1, 1],
    starting: [0, 0, 0, 0],
    pending: 0,
    lost: [],
  });
  expect(only!.at).toBeLessThan(0);
});

describe("a rollout", () => {
  it("goes above and below the wanted number as far as it may, and no further", () => {
    const strategy = { type: "RollingUpdate", maxSurge: 1, maxUnavailable: 1 } as const;
    const all = steps([{ kind: "rollout" }], { workload: workload("Deployment", { strategy }) });
    expect(Math.min(...readyOver(all))).toBe(3);
    expect(Math.max(...all.map(({ ready, starting }) => sum(ready) + sum(starting)))).toBe(5);
    expect(sum(last(all).ready)).toBe(4);
  });

  it("never has fewer ready pods than wanted when none may be missing", () => {
    const strategy = { type: "RollingUpdate", maxSurge: "25%", maxUnavailable: 0 } as const;
    const all = steps([{ kind: "rollout" }], { workload: workload("Deployment", { strategy }) });
    expect(Math.min(...readyOver(all))).toBe(4);
    // One new pod at a time, ten seconds each; the last old one needs twenty to go.
    expect(all.map(({ at }) => at).filter((at) => at >= 0)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(last(all).terminating).toEqual([0, 0, 0, 0]);
  });

  it("of the kind Recreate starts the new pods when the last old one is gone", () => {
    const all = steps([{ kind: "rollout" }], {
      workload: workload("Deployment", { strategy: { type: "Recreate" } }),
    });
    expect(
      all
        .slice(1)
        .map(({ at, ready, starting, terminating }) => [at, sum(ready), sum(starting), sum(terminating)]),
    ).toEqual([
      [0, 0, 0, 4],
      [20, 0, 4, 0],
      [30, 4, 0, 0],
    ]);
  });

  it("spreads the new revision without regard to the old one", () => {
    // Two old pods for each new one stand unevenly; the new ones count only themselves.
    const all = steps([{ kind: "rollout" }], { replicas: 8, cluster: cluster(8) });
    expect(last(all).ready).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it("waits for ever where the new pods find no node", () => {
    const template = {
      ...workload().template,
      spec: { ...workload().template.spec, nodeSelector: { gpu: "yes" } },
    };
    const end = last(steps([{ kind: "rollout", template }]));
    expect(sum(end.ready)).toBe(3);
    expect(end.pending).toBe(2);
    expect(end.why).toBe("0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.");
  });

  it("of a StatefulSet renews one pod at a time from the top", () => {
    const all = steps([{ kind: "rollout" }], { workload: workload("StatefulSet") });
    expect(Math.min(...readyOver(all))).toBe(3);
    expect(last(all).at).toBe(4 * 30);
    expect(sum(last(all).ready)).toBe(4);
  });

  describe("of a StatefulSet with a strategy of its own", () => {
    const renewed = (strategy: Partial<RolloutStrategy>, kubernetesVersion: string) =>
      steps([{ kind: "rollout" }], {
        workload: workload("StatefulSet", { strategy: { type: "RollingUpdate", ...strategy } }),
        cluster: { ...cluster(4), kubernetesVersion },
      });
    const lowest = (all: readonly Step[]) => Math.min(...readyOver(all));
    const deletions = (all: readonly Step[]) => last(all).at;

    // A pod terminates for 20 s and its successor is ready 10 s after it was made.
    it.each<[string, Partial<RolloutStrategy>, string, number, number]>([
      ["maxUnavailable is dropped up to 1.36", { maxUnavailable: 2 }, "1.36", 3, 120],
      ["two at once from 1.37 on, made again one after another", { maxUnavailable: 2 }, "1.37", 2, 80],
      ["a percentage rounds down", { maxUnavailable: "70%" }, "1.37", 2, 80],
      ["a small percentage is one pod", { maxUnavailable: "1%" }, "1.37", 3, 120],
      ["partition keeps the lower pods", { partition: 3 }, "1.36", 3, 30],
      ["a partition above all pods renews none", { partition: 4 }, "1.37", 4, 0],
      [
        "Parallel renews one at a time up to 1.36",
        { podManagement: "Parallel", maxUnavailable: 2 },
        "1.36",
        3,
        120,
      ],
      [
        "Parallel keeps to its budget from 1.37 on",
        { podManagement: "Parallel", maxUnavailable: 2 },
        "1.37",
        2,
        60,
      ],
    ])("%s", (_what, strategy, version, low, end) => {
      const all = renewed(strategy, version);
      expect([lowest(all), deletions(all), sum(last(all).ready)]).toEqual([low, end, 4]);
    });

    // Announced by 1.38.0-beta.0 (gate StatefulSetRecreateStrategy): all old pods go, and the new ones come when the last is gone.
    it("Recreate from 1.38 on", () => {
      const all = renewed({ type: "Recreate" }, "1.38");
      expect([lowest(all), deletions(all), sum(last(all).ready)]).toEqual([0, 60, 4]);
    });

    it("Parallel from 1.37 on first replaces what is unavailable already, whatever the budget", () => {
      // Three of four pods find no node; the new revision asks for less.
      const big = workload("StatefulSet", {
        strategy: { type: "RollingUpdate", podManagement: "Parallel" },
        template: {
          labels: { app: "web" },
          spec: { containers: [{ name: "web", requests: { cpu: 3000 } }], terminationGracePeriodSeconds: 20 },
        },
      });
      const template = { ...big.template, spec: { containers: [{ name: "web", requests: { cpu: 100 } }] } };
      const ends = (kubernetesVersion: string) =>
        last(
          steps([{ kind: "rollout", template }], {
            workload: big,
            cluster: { ...cluster(1), kubernetesVersion },
          }),
        );
      expect([sum(ends("1.37").ready), ends("1.37").pending]).toEqual([4, 0]);
      // One at a time from the top: a pod that has no node is gone at once, so the order is the same in the end.
      expect(sum(ends("1.36").ready)).toBe(4);
      expect(ends("1.37").at).toBeLessThan(ends("1.36").at);
    });
  });

  it("makes all pods of a Parallel StatefulSet at once, and those of an ordered one in turn", () => {
    const grown = (podManagement: RolloutStrategy["podManagement"]) =>
      last(
        steps([{ kind: "scale", replicas: 8 }], {
          workload: workload("StatefulSet", {
            strategy: { type: "RollingUpdate", ...(podManagement && { podManagement }) },
          }),
        }),
      ).at;
    expect([grown("Parallel"), grown(undefined)]).toEqual([10, 40]);
  });

  it("of a DaemonSet takes down one node at a time unless told otherwise", () => {
    const one = steps([{ kind: "rollout" }], { workload: workload("DaemonSet") });
    expect(Math.min(...readyOver(one))).toBe(3);
    expect(last(one).ready).toEqual([1, 1, 1, 1]);
    const strategy = { type: "RollingUpdate", maxUnavailable: "50%" } as const;
    expect(
      Math.min(...readyOver(steps([{ kind: "rollout" }], { workload: workload("DaemonSet", { strategy }) }))),
    ).toBe(2);
  });

  it("of a DaemonSet that may surge never leaves a node without a pod", () => {
    const strategy = { type: "RollingUpdate", maxSurge: 1, maxUnavailable: 0 } as const;
    const all = steps([{ kind: "rollout" }], { workload: workload("DaemonSet", { strategy }) });
    expect(all.every(({ ready }) => ready.every((count) => count >= 1))).toBe(true);
    expect(Math.max(...all.map(({ starting }) => sum(starting)))).toBe(1);
    expect(last(all).ready).toEqual([1, 1, 1, 1]);
  });

  it("is refused for what never replaces its pods", () => {
    expect(() => steps([{ kind: "rollout" }], { workload: workload("ReplicaSet") })).toThrow(
      "events[0]: a ReplicaSet does not replace its pods",
    );
  });
});

describe("another number of replicas", () => {
  it("shrinks where pods stand together, so that what growing left uneven evens out", () => {
    const crowd = [1, 1, 1, 2, 3].map((at, index): Pod => ({
      namespace: "shop",
      name: `web-${index}`,
      labels: { app: "web" },
      spec: { ...workload().template.spec, nodeName: `n${at}` },
    }));
    const all = steps([{ kind: "scale", replicas: 3 }], { replicas: 5, cluster: cluster(4, crowd) });
    expect(all[0]!.ready).toEqual([3, 1, 1, 0]);
    expect(last(all).ready).toEqual([1, 1, 1, 0]);
  });

  it("grows onto the emptier nodes", () => {
    expect(last(steps([{ kind: "scale", replicas: 8 }])).ready).toEqual([2, 2, 2, 2]);
  });

  it("takes the highest numbers of a StatefulSet, one after another", () => {
    const all = steps([{ kind: "scale", replicas: 2 }], { workload: workload("StatefulSet") });
    expect(readyOver(all)).toEqual([4, 3, 2, 2]);
    expect(all.map(({ at }) => at).slice(1)).toEqual([0, 20, 40]);
  });

  it("is refused for a DaemonSet", () => {
    expect(() => steps([{ kind: "scale", replicas: 2 }], { workload: workload("DaemonSet") })).toThrow(
      "events[0]: a DaemonSet has no number of replicas",
    );
  });
});

describe("a drained node", () => {
  it("gives all its pods away at once without a budget", () => {
    const all = steps([{ kind: "drain", node: "n2" }], { replicas: 8 });
    expect(all[1]).toMatchObject({ at: 0, ready: [2, 0, 2, 2], terminating: [0, 2, 0, 0] });
    expect(last(all).ready[1]).toBe(0);
    expect(sum(last(all).ready)).toBe(8);
  });

  it("gives away only what the budget spares, as others become ready", () => {
    const all = steps([{ kind: "drain", node: "n2" }], { replicas: 8, budget: { maxUnavailable: 1 } });
    expect(Math.min(...readyOver(all))).toBe(7);
    expect(last(all).ready[1]).toBe(0);
  });

  it("keeps them where the budget spares none", () => {
    expect(last(steps([{ kind: "drain", node: "n2" }], { budget: { minAvailable: "100%" } })).ready).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it("keeps the pod of a DaemonSet", () => {
    expect(last(steps([{ kind: "drain", node: "n2" }], { workload: workload("DaemonSet") })).ready).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it("has to exist", () => {
    expect(() => steps([{ kind: "drain", node: "n9" }])).toThrow(
      "events[0].node: n9; there are n1, n2, n3, n4",
    );
  });
});

describe("a lost node", () => {
  const all = steps([{ kind: "loseNode", node: "n2" }]);

  it("still counts as an endpoint until it is noticed", () => {
    expect(all[1]).toMatchObject({ at: 0, ready: [1, 1, 1, 1], lost: ["n2"] });
    expect(all[2]).toMatchObject({ at: 50, ready: [1, 0, 1, 1] });
  });

  it("has its pods replaced when they are evicted", () => {
    expect(all[3]).toMatchObject({ at: 350, terminating: [0, 1, 0, 0] });
    expect(sum(last(all).ready)).toBe(4);
    expect(last(all).at).toBe(360);
  });

  it("is noticed earlier by versions before 1.32", () => {
    const old = { ...cluster(4), kubernetesVersion: "1.31" };
    expect(steps([{ kind: "loseNode", node: "n2" }], { cluster: old })[2]!.at).toBe(40);
  });
});

test("added nodes get no pod of a Deployment until something moves, and one of a DaemonSet at once", () => {
  const events = [{ kind: "addNodes", nodes: [node("n5")] }] as const;
  expect(last(steps(events)).ready).toEqual([1, 1, 1, 1, 0]);
  expect(last(steps(events, { workload: workload("DaemonSet") })).ready).toEqual([1, 1, 1, 1, 1]);
  expect(last(steps([...events, { kind: "scale", replicas: 5 }])).ready).toEqual([1, 1, 1, 1, 1]);
});

test("an event with a time of its own breaks into what goes on", () => {
  const all = steps([
    { kind: "loseNode", node: "n2" },
    { kind: "addNodes", nodes: [node("n5")], at: 100 },
  ]);
  expect(all.find(({ event }) => event === 1)).toMatchObject({
    at: 100,
    nodes: ["n1", "n2", "n3", "n4", "n5"],
  });
  expect(last(all).ready).toEqual([1, 0, 1, 1, 1]);
});

test("the same seed gives the same lives, another one others", () => {
  const request = { replicas: 6, cluster: { ...cluster(5), backgroundLoad: 0.8 }, trials: 20 };
  const lives = (seed: number) =>
    simulate({ ...request, workload: workload(), services: [], seed, events: [{ kind: "rollout" }] });
  expect(lives(7)).toEqual(lives(7));
  expect(lives(7)).not.toEqual(lives(8));
});

describe("the lives of pods and nodes", () => {
  const request: SimulationRequest = {
    workload: workload(),
    replicas: 6,
    services: [{ namespace: "shop", selector: { app: "web" } }],
    cluster: cluster(4),
    trials: 5,
    seed: 3,
    events: [],
  };

  test.each<readonly [string, readonly ClusterEvent[]]>([
    ["a rollout", [{ kind: "rollout" }]],
    ["a lost node", [{ kind: "loseNode", node: "n2" }]],
    [
      "a drained node, then another number",
      [
        { kind: "drain", node: "n1" },
        { kind: "scale", replicas: 3 },
      ],
    ],
    [
      "an added node and a rollout in its midst",
      [{ kind: "rollout" }, { kind: "addNodes", nodes: [node("n5")], at: 5 }],
    ],
  ])("give the ready endpoints of every step again: %s", (_, events) => {
    for (const { steps: all, pods, nodes } of simulateCourses({ ...request, events })) {
      expect(all.length).toBeGreaterThan(1);
      // Of several steps at one moment the last one counts, as in the lives.
      const shown = all.filter(({ at }, index) => all[index + 1]?.at !== at);
      for (const { at, nodes: names, ready } of shown) {
        expect(nodes.filter(({ added }) => added <= at).map(({ name }) => name)).toEqual(names);
        const there = pods.filter(({ readyFrom, readyUntil }) => readyFrom <= at && at < readyUntil);
        expect(names.map((name) => there.filter((pod) => pod.node === name).length)).toEqual(ready);
      }
    }
  });

  it("say when a node was cordoned, lost and noticed, and when a pod was gone", () => {
    const events: readonly ClusterEvent[] = [
      { kind: "drain", node: "n1" },
      { kind: "loseNode", node: "n2", at: 5 },
      { kind: "addNodes", nodes: [node("n5")], at: 7 },
    ];
    const [course] = simulateCourses({ ...request, replicas: 4, events });
    expect(course!.nodes).toMatchObject([
      { name: "n1", cordoned: 0, lost: Infinity },
      { name: "n2", cordoned: Infinity, lost: 5, noticed: 55 },
      { name: "n3", lost: Infinity },
      { name: "n4", lost: Infinity },
      { name: "n5", added: 7 },
    ]);
    expect(course!.pods.find((pod) => pod.node === "n1")).toMatchObject({ readyUntil: 0, gone: 20 });
    // On a silent node nobody sees the pod go.
    expect(course!.pods.find((pod) => pod.node === "n2")).toMatchObject({ readyUntil: 55, gone: Infinity });
  });
});
