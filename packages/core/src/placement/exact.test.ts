import { HOSTNAME_LABEL, ZONE_LABEL, type Node, type Pod, type PodSpec } from "../model";
import { schedulePods, scorePod, type SchedulerView } from "./exact";
import type { Namespace } from "./pod-facts";

const GIB = 2 ** 30;

function node(name: string, more: Partial<Node> = {}): Node {
  return {
    name,
    labels: { [HOSTNAME_LABEL]: name, [ZONE_LABEL]: "a" },
    taints: [],
    unschedulable: false,
    allocatable: { cpu: 4000, memory: 16 * GIB, pods: 110 },
    ...more,
  };
}

function pod(name: string, spec: Partial<PodSpec> = {}, more: Partial<Pod> = {}): Pod {
  return {
    namespace: "shop",
    name,
    labels: { app: "web" },
    spec: { containers: [{ name: "c", image: "web", requests: { cpu: 1000, memory: GIB } }], ...spec },
    ...more,
  };
}

const tainted = { taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" } as const] };
const view = (nodes: readonly Node[], more: Partial<SchedulerView> = {}): SchedulerView => ({
  nodes,
  pods: [],
  ...more,
});

describe("a pod that no node takes", () => {
  const nodes = [node("n1", tainted), node("n2", { unschedulable: true }), node("n3"), node("n4")];

  it("says how many nodes reject it and why, in the scheduler's words", () => {
    const huge = pod("p", { containers: [{ name: "c", requests: { cpu: 9000, memory: 99 * GIB } }] });
    expect(schedulePods(view(nodes), [huge])).toEqual([
      {
        unfit:
          "0/4 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 2 Insufficient cpu, 2 Insufficient memory.",
      },
    ]);
  });

  it("names the taint where the version still does", () => {
    const [only] = schedulePods(view([node("n1", tainted)], { kubernetesVersion: "1.33" }), [pod("p")]);
    expect(only).toEqual({
      unfit: "0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: batch}.",
    });
  });

  it("says that its own terms exclude each other", () => {
    const terms = ["n1", "n2"].map((name) => ({
      key: "metadata.name",
      operator: "In" as const,
      values: [name],
    }));
    const required = { nodeSelectorTerms: [{ matchFields: terms }] };
    const torn = pod("p", {
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
    });
    expect(schedulePods(view(nodes), [torn])).toEqual([
      { unfit: "0/4 nodes are available: pod affinity terms conflict." },
    ]);
    expect(scorePod(view(nodes), torn)).toEqual({
      unfit: "pod affinity terms conflict",
      scores: [],
      rejected: [],
    });
  });

  it("is told that there is no node at all", () => {
    expect(schedulePods(view([]), [pod("p")])).toEqual([{ unfit: "no nodes available to schedule pods" }]);
  });
});

describe("the balance of CPU and memory", () => {
  // 1000 of 4000 CPU and 1 of 16 GiB are asked for: fractions 0.25 and 0.0625, half their distance is 0.09375.
  const balanced = (version: string, spec: Partial<PodSpec> = {}): number | undefined =>
    scorePod(view([node("n1")], { kubernetesVersion: version }), pod("p", spec)).scores[0]!.plugins
      .NodeResourcesBalancedAllocation;

  it("is what the pod leaves, before 1.36", () => expect(balanced("1.35")).toBe(90));

  it("is what the pod betters, since 1.36", () => expect(balanced("1.36")).toBe(70));

  it("leaves out pods that ask for nothing, since 1.33", () => {
    const bare = { containers: [{ name: "c", requests: {} }] };
    expect(balanced("1.33", bare)).toBeUndefined();
    expect(balanced("1.32", bare)).toBe(100);
  });
});

test("a namespace selector that asks for no label picks every namespace since 1.34, which is not what it says", () => {
  const other = pod("other", { nodeName: "n1" }, { namespace: "ops" });
  const namespaces: readonly Namespace[] = [
    { name: "shop", labels: {} },
    { name: "ops", labels: { team: "a" } },
  ];
  const term = {
    labelSelector: { matchLabels: { app: "web" } },
    topologyKey: HOSTNAME_LABEL,
    namespaceSelector: { matchExpressions: [{ key: "team", operator: "DoesNotExist" as const }] },
  };
  const shy = pod("p", {
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
  });
  const rejected = (kubernetesVersion: string): number =>
    scorePod({ nodes: [node("n1")], pods: [other], namespaces, kubernetesVersion }, shy).rejected.length;
  expect(rejected("1.33")).toBe(0);
  expect(rejected("1.34")).toBe(1);
});

test("memory times a hundred beyond 2^53 is divided exactly", () => {
  const capacity = 9_007_199_254_740_881;
  const nodes = [node("n1", { allocatable: { cpu: 4000, memory: capacity, pods: 10 } })];
  // Asked for is one byte more than leaves 37 %: the share is 36, and a rounded product would say 37.
  const memory = capacity - Number((BigInt(capacity) * 37n) / 100n);
  const asked = pod("p", { containers: [{ name: "c", requests: { cpu: 0, memory } }] });
  const share = Number((BigInt(capacity - memory) * 100n) / BigInt(capacity));
  expect(share).toBe(36);
  expect(scorePod(view(nodes), asked).scores[0]!.plugins.NodeResourcesFit).toBe(
    Math.trunc((100 + share) / 2),
  );
});

test("a version that is none is refused", () => {
  expect(() => scorePod(view([node("n1")], { kubernetesVersion: "latest" }), pod("p"))).toThrow(
    "kubernetesVersion: latest; wanted a version such as 1.",
  );
});

// k/k plugins/podtopologyspread/common.go countPodsMatchSelector; announced by 1.38.0-beta.0, not proved.
it("a spread constraint with an empty selector counts nothing up to 1.37, all pods of the namespace from 1.38 on", () => {
  const spread = {
    topologySpreadConstraints: [
      {
        topologyKey: HOSTNAME_LABEL,
        maxSkew: 1,
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: {},
      } as const,
    ],
  };
  const there = [pod("a", { nodeName: "n1" }), pod("b", { nodeName: "n1" })];
  const rejected = (kubernetesVersion: string) =>
    scorePod(
      view([node("n1"), node("n2", { labels: { [HOSTNAME_LABEL]: "n2" } })], {
        pods: there,
        kubernetesVersion,
      }),
      pod("c", spread),
    ).rejected.map(({ node: name, plugin }) => `${name} ${plugin}`);
  expect(rejected("1.37")).toEqual([]);
  expect(rejected("1.38")).toEqual(["n1 PodTopologySpread"]);
});
