import { zoneOf } from "@evenkeel/core/model";
import { clusterFromShape } from "./shape";

test("groups of equal nodes, dealt over the zones in turn", () => {
  const { cluster, problems } = clusterFromShape({
    kubernetesVersion: "1.36",
    dataplane: "nftables",
    nodes: [
      { count: 4, zones: ["a", "b", "c"], cpu: "3920m", memory: "15Gi", pods: 58, load: 0.5 },
      { name: "gpu", count: 1, labels: { pool: "gpu" }, taints: [{ key: "gpu", effect: "NoSchedule" }] },
    ],
  });
  expect(problems).toEqual([]);
  expect(cluster).toMatchObject({ kubernetesVersion: "1.36", dataplane: "nftables", backgroundLoad: 0.5 });
  expect(cluster.nodes.map((node) => [node.name, zoneOf(node)])).toEqual([
    ["node-1", "a"],
    ["node-2", "b"],
    ["node-3", "c"],
    ["node-4", "a"],
    ["gpu-1", undefined],
  ]);
  expect(cluster.nodes[0]?.allocatable).toEqual({ cpu: 3920, memory: 15 * 1024 ** 3, pods: 58 });
  expect(cluster.nodes[4]).toMatchObject({
    taints: [{ key: "gpu", effect: "NoSchedule" }],
    allocatable: { cpu: 4000, pods: 110 },
  });
  expect(cluster.nodes[4]?.labels).toMatchObject({ pool: "gpu" });
});

test("groups of one name go on counting", () => {
  const { cluster } = clusterFromShape({ nodes: [{ count: 1 }, { count: 2 }] });
  expect(cluster.nodes.map(({ name }) => name)).toEqual(["node-1", "node-2", "node-3"]);
});

test("a group that an autoscaler moves has its range, and as many nodes as there are now", () => {
  const { cluster, problems } = clusterFromShape({
    nodes: [
      { name: "fixed", count: 2 },
      { name: "spot", count: 3, min: 1, max: 5, zones: ["a", "b"] },
      { name: "idle", min: 0, max: 2 },
    ],
  });
  expect(problems).toEqual([]);
  expect(cluster.nodes.map(({ name }) => name)).toEqual(["fixed-1", "fixed-2", "spot-1", "spot-2", "spot-3"]);
  expect(cluster.nodeRanges?.map(({ min, nodes }) => [min, nodes.map(({ name }) => name)])).toEqual([
    [1, ["spot-1", "spot-2", "spot-3", "spot-4", "spot-5"]],
    [0, ["idle-1", "idle-2"]],
  ]);
  expect(cluster.nodeRanges?.[0]?.nodes.slice(0, 3)).toEqual(cluster.nodes.slice(2));
});

test("one end of a range is enough beside a count, and a range of one number is none", () => {
  const range = (group: object) => clusterFromShape({ nodes: [group] }).cluster.nodeRanges;
  expect(range({ count: 3, max: 4 })).toMatchObject([{ min: 3 }]);
  expect(range({ count: 3, min: 1 })).toMatchObject([{ min: 1, nodes: { length: 3 } }]);
  expect(range({ count: 3, min: 3, max: 3 })).toBeUndefined();
});

test.each<[string, unknown, RegExp]>([
  ["no map", [], /^cluster: a list; wanted nodes as kubectl prints them/],
  [
    "a misspelt key",
    { nodes: [], kubernetesversion: "1.36" },
    /^kubernetesversion: unknown key; .*did you mean "kubernetesVersion"/,
  ],
  [
    "a misspelt key of a group",
    { nodes: [{ count: 1, zone: ["a"] }] },
    /^nodes\[0\]\.zone: unknown key; .*did you mean "zones"/,
  ],
  [
    "a misspelt data plane",
    { nodes: [], dataplane: "nftable" },
    /^dataplane: nftable; .*did you mean "nftables"/,
  ],
  [
    "a version that YAML took for a number",
    { nodes: [], kubernetesVersion: 1.3 },
    /^kubernetesVersion: 1.3; wanted a version in quotes/,
  ],
  [
    "a version that is too old",
    { nodes: [], kubernetesVersion: "1.20" },
    /^kubernetesVersion: 1.20; wanted a supported version: 1.30 to /,
  ],
  ["no nodes", {}, /^nodes: missing; wanted a list of node groups/],
  ["no count", { nodes: [{}] }, /^nodes\[0\]\.count: missing; wanted a whole number/],
  ["one end of a range alone", { nodes: [{ max: 3 }] }, /^nodes\[0\]\.count: missing; .*or min and max/],
  [
    "a range that ends before it begins",
    { nodes: [{ min: 5, max: 3 }] },
    /^nodes\[0\]\.min: 5; wanted at most max, 3/,
  ],
  [
    "a count outside its range",
    { nodes: [{ count: 9, min: 1, max: 3 }] },
    /^nodes\[0\]\.count: 9; wanted from min, 1, to max, 3/,
  ],
  ["half a node", { nodes: [{ count: 3, max: 3.5 }] }, /^nodes\[0\]\.max: 3.5; wanted a whole number/],
  [
    "a quantity that is none",
    { nodes: [{ count: 1, memory: "16 GB" }] },
    /^nodes\[0\]\.memory: 16 GB; wanted a Kubernetes quantity/,
  ],
  [
    "a load in percent",
    { nodes: [{ count: 1, load: 50 }] },
    /^nodes\[0\]\.load: 50; wanted a fraction from 0 to 1/,
  ],
  [
    "a taint without effect",
    { nodes: [{ count: 1, taints: [{ key: "a" }] }] },
    /^nodes\[0\]\.taints\[0\]: a map; wanted key, value and effect/,
  ],
])("%s is said", (_name, written, problem) => {
  const { problems } = clusterFromShape(written);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(problem);
});
