import { decide, estimate } from "@evenkeel/test-generators";
import fc from "fast-check";
import { equalNodes } from "../estimate";
import type { Cluster } from "../model";
import { marginOf } from ".";
import { clusterOf, extendedBy, nodeCounts } from "../estimate/node-range";
import { cluster, exposure, workload } from "./scene.fixture";

/** Nodes of which the autoscaler may take away all but `min`. */
const between = (min: number, now: number, max: number, more: Partial<Cluster> = {}): Cluster =>
  cluster(now, { nodeRanges: [{ min, nodes: equalNodes(max, 1) }], ...more });

const groups = fc
  .array(fc.record({ min: fc.nat(5), more: fc.integer({ min: 1, max: 6 }), now: fc.nat(6) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all): Cluster => {
    const named = all.map(({ min, more, now }, group) => ({
      min,
      now: min + Math.min(now, more),
      nodes: equalNodes(min + more, 3).map((node) => ({ ...node, name: `${group}-${node.name}` })),
    }));
    return cluster(2, {
      nodes: [...equalNodes(2, 1), ...named.flatMap(({ nodes, now }) => nodes.slice(0, now))],
      nodeRanges: named.map(({ min, nodes }) => ({ min, nodes })),
    });
  });

test("a cluster of any size in its range has that many nodes, each once, and each group within its own range", () => {
  fc.assert(
    fc.property(groups, fc.nat(50), (range, wish) => {
      const { min, max } = nodeCounts(range)!;
      const count = Math.max(min, Math.min(max, wish));
      const { nodes, nodeRanges } = clusterOf(range, count);
      const names = nodes.map(({ name }) => name);
      expect(names).toHaveLength(count);
      expect(new Set(names).size).toBe(count);
      expect(nodeRanges).toBeUndefined();
      for (const group of range.nodeRanges!) {
        const there = group.nodes.filter(({ name }) => names.includes(name)).length;
        expect(there).toBeGreaterThanOrEqual(group.min);
        expect(there).toBeLessThanOrEqual(group.nodes.length);
      }
    }),
  );
});

test("beyond its range it has further nodes of the same kind, below it fewer", () => {
  fc.assert(
    fc.property(groups, fc.integer({ min: 1, max: 60 }), (range, count) => {
      const names = extendedBy(range, count).nodes.map(({ name }) => name);
      expect(new Set(names).size).toBe(count);
    }),
  );
});

test("a decision holds over all counts of nodes: ten pods suit ten nodes, and not six", () => {
  expect(decide(exposure(10, 10))[0]?.chosen.externalTrafficPolicy).toBe("Local");
  const scene = exposure(10, 10, { cluster: between(6, 10, 12) });
  const [decision] = decide(scene);
  expect(decision?.chosen.externalTrafficPolicy).toBe("Cluster");
  expect(decision?.clusters).toEqual([6, 9, 10, 12].map((count) => `${count} nodes in 1 zone`));
  expect(decision?.rejected).toContainEqual(
    expect.objectContaining({
      requirement: "maxHottest",
      // Each node gets a sixth, and the nodes with one pod give it all of that: 10/6.
      why: expect.objectContaining({
        sentence: expect.stringMatching(/^the hottest pod gets 1\.67 .* on 6 nodes/),
      }),
    }),
  );
});

test("both may be ranges", () => {
  const range = { min: 4, max: 40, by: { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" } };
  const [decision] = decide(
    exposure(10, 10, { cluster: between(3, 10, 30), workloads: [workload(10, { range })] }),
    { trials: 40 },
  );
  expect(decision?.clusters).toContain("3 nodes in 1 zone with 4 replicas");
  expect(decision?.clusters).toContain("30 nodes in 1 zone with 40 replicas");
  expect(decision?.clusters.length).toBeLessThanOrEqual(40);
});

test("the smallest fix and the margin agree on where the choice changes, on all sizes of the cluster", () => {
  const scene = exposure(15, 10, { cluster: between(6, 10, 14) });
  const [decision] = decide(scene);
  expect(decision?.chosen.externalTrafficPolicy).toBe("Cluster");
  const { at, becomes } = marginOf(scene, decision!)!.replicas!;
  if (at !== null) {
    const there = exposure(at, 10, { cluster: between(6, 10, 14) });
    expect(decide(there, { trials: 40 })[0]?.chosen).toEqual(becomes);
  }
});

test("an estimate is for one size, and says for which", () => {
  const range = { min: 4, max: 40, by: { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" } };
  const [external] = estimate(
    exposure(10, 10, { cluster: between(3, 10, 30), workloads: [workload(10, { range })] }),
  );
  expect(external?.assumptions.map(({ sentence }) => sentence)).toEqual(
    expect.arrayContaining([
      "10 nodes, which an autoscaler moves between 3 and 30",
      "10 replicas, which HorizontalPodAutoscaler web moves between 4 and 40",
    ]),
  );
});

describe("the margin of a range counts from its ends", () => {
  test("nodes", () => {
    // One pod a node is kept even by a constraint, from as many nodes as pods on; with fewer nodes some have two.
    const scene = exposure(10, 10, { cluster: between(10, 12, 14) });
    const [decision] = decide(scene);
    expect(decision?.chosen.externalTrafficPolicy).toBe("Local");
    const margin = marginOf(scene, decision!);
    expect(margin?.nodes).toMatchObject({ becomes: { externalTrafficPolicy: "Cluster" } });
    expect(margin?.nodes?.at).toBeLessThan(10);
    expect(margin?.nodes?.statement.sentence).toBe(
      `the choice changes to Cluster at ${margin?.nodes?.at} nodes, ${margin?.nodes?.away} beyond the range`,
    );
  });

  test("replicas", () => {
    const range = {
      min: 8,
      max: 12,
      by: { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" },
    };
    const scene = exposure(10, 10, { workloads: [workload(10, { range })] });
    const [decision] = decide(scene);
    expect(decision?.chosen.externalTrafficPolicy).toBe("Local");
    const margin = marginOf(scene, decision!);
    // An even spread over ten nodes is 1.5 at 15 pods, and more above it.
    expect(margin?.replicas?.at).toBe(16);
    expect(margin?.replicas?.statement.sentence).toBe(
      "the choice changes to Cluster at 16 replicas, 4 beyond the range",
    );
  });
});
