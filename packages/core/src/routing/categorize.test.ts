import fc from "fast-check";
import type { Endpoint } from "../model/endpoint";
import { categorizeEndpoints, type EndpointSets, type ServiceTraffic } from "./categorize";
import { endpointsFor } from "./endpoints-for";

// The answers follow k/k pkg/proxy/topology.go CategorizeEndpoints; test/oracle asks that code itself.

const clusterIP: ServiceTraffic = {
  internalTrafficPolicy: "Cluster",
  externalTrafficPolicy: "Cluster",
  externallyReachable: false,
};
const exposed: ServiceTraffic = { ...clusterIP, externallyReachable: true };
const externalLocal: ServiceTraffic = { ...exposed, externalTrafficPolicy: "Local" };
const internalLocal: ServiceTraffic = { ...clusterIP, internalTrafficPolicy: "Local" };
const node = { name: "n1", zone: "za" };

const ready = (pod: string, nodeName: string, zones?: string[], nodes?: string[]): Endpoint => ({
  pod,
  addresses: [`10.0.0.${pod}`],
  nodeName,
  ready: true,
  hints: zones || nodes ? { forZones: zones, forNodes: nodes } : undefined,
});
const terminating = (pod: string, nodeName: string): Endpoint => ({
  ...ready(pod, nodeName),
  ready: false,
  serving: true,
  terminating: true,
});
const dead = (pod: string, nodeName: string): Endpoint => ({
  ...ready(pod, nodeName),
  ready: false,
  serving: false,
});
const pods = (set: readonly Endpoint[]) => set.map(({ pod }) => pod).join(",");
const told = (sets: EndpointSets) =>
  `cluster ${pods(sets.cluster)}; local ${pods(sets.local)}; all ${pods(sets.allReachable)}; ${sets.hasAny ? "some" : "none"}`;

const cases: { name: string; endpoints: Endpoint[]; traffic: ServiceTraffic; want: string }[] = [
  { name: "no endpoints at all", endpoints: [], traffic: exposed, want: "cluster ; local ; all ; none" },
  {
    name: "Cluster policy uses every ready endpoint and keeps no local set",
    endpoints: [ready("1", "n1"), ready("2", "n2"), dead("3", "n1")],
    traffic: exposed,
    want: "cluster 1,2; local ; all 1,2; some",
  },
  {
    name: "an endpoint without conditions is ready",
    endpoints: [{ pod: "1", addresses: ["10.0.0.1"] }],
    traffic: clusterIP,
    want: "cluster 1; local ; all 1; some",
  },
  {
    name: "an endpoint without a node is local nowhere",
    endpoints: [{ pod: "1", addresses: ["10.0.0.1"] }],
    traffic: internalLocal,
    want: "cluster ; local ; all ; some",
  },
  {
    name: "external Local keeps the cluster set for the short circuit of the node's own pods",
    endpoints: [ready("1", "n1"), ready("2", "n2")],
    traffic: externalLocal,
    want: "cluster 1,2; local 1; all 1,2; some",
  },
  {
    name: "external Local on a Service without external addresses changes nothing",
    endpoints: [ready("1", "n1"), ready("2", "n2")],
    traffic: { ...externalLocal, externallyReachable: false },
    want: "cluster 1,2; local ; all 1,2; some",
  },
  {
    name: "internal Local alone has no cluster set",
    endpoints: [ready("1", "n1"), ready("2", "n2")],
    traffic: internalLocal,
    want: "cluster ; local 1; all 1; some",
  },
  {
    name: "terminating endpoints serve where none is ready (KEP-1669)",
    endpoints: [terminating("1", "n1"), terminating("2", "n2"), dead("3", "n2")],
    traffic: externalLocal,
    want: "cluster 1,2; local 1; all 1,2; some",
  },
  {
    name: "each set falls back on terminating endpoints by itself",
    endpoints: [terminating("1", "n1"), ready("2", "n2")],
    traffic: externalLocal,
    want: "cluster 2; local 1; all 2,1; some",
  },
  {
    name: "one ready local endpoint hides the terminating ones",
    endpoints: [terminating("1", "n1"), ready("2", "n1")],
    traffic: internalLocal,
    want: "cluster ; local 2; all 2; some",
  },
  {
    name: "zone hints narrow the cluster set",
    endpoints: [ready("1", "n1", ["za"]), ready("2", "n2", ["zb"]), ready("3", "n3", ["za"])],
    traffic: exposed,
    want: "cluster 1,3; local ; all 1,3; some",
  },
  {
    name: "one ready endpoint without a hint turns zone routing off",
    endpoints: [ready("1", "n1", ["za"]), ready("2", "n2")],
    traffic: exposed,
    want: "cluster 1,2; local ; all 1,2; some",
  },
  {
    name: "an endpoint that is not ready may lack a hint",
    endpoints: [ready("1", "n1", ["za"]), ready("2", "n2", ["zb"]), dead("3", "n3")],
    traffic: exposed,
    want: "cluster 1; local ; all 1; some",
  },
  {
    name: "hints for other zones only are ignored",
    endpoints: [ready("1", "n1", ["zb"]), ready("2", "n2", ["zc"])],
    traffic: exposed,
    want: "cluster 1,2; local ; all 1,2; some",
  },
  {
    name: "node hints go before zone hints",
    endpoints: [ready("1", "n1", ["za"], ["n1"]), ready("2", "n2", ["za"], ["n2"])],
    traffic: exposed,
    want: "cluster 1; local ; all 1; some",
  },
  {
    name: "node hints for other nodes fall back on the zone",
    endpoints: [ready("1", "n5", ["za"], ["n5"]), ready("2", "n2", ["zb"], ["n2"])],
    traffic: exposed,
    want: "cluster 1; local ; all 1; some",
  },
  {
    name: "a local endpoint hinted elsewhere is still reachable",
    endpoints: [ready("1", "n1", ["zb"]), ready("2", "n2", ["za"])],
    traffic: externalLocal,
    want: "cluster 2; local 1; all 2,1; some",
  },
  {
    name: "nothing usable anywhere",
    endpoints: [dead("1", "n1"), dead("2", "n2")],
    traffic: externalLocal,
    want: "cluster ; local ; all ; none",
  },
];

test.each(cases)("$name", ({ endpoints, traffic, want }) => {
  expect(told(categorizeEndpoints(endpoints, traffic, node))).toBe(want);
});

test("a node without a zone label never has zone routing", () => {
  const endpoints = [ready("1", "n1", ["za"]), ready("2", "n2", ["zb"])];
  expect(told(categorizeEndpoints(endpoints, exposed, { name: "n1" }))).toBe(
    "cluster 1,2; local ; all 1,2; some",
  );
});

describe("endpointsFor", () => {
  const elsewhere = [ready("1", "n2")];
  test("nothing anywhere is rejected, on either path and under either policy", () => {
    for (const traffic of [exposed, externalLocal, internalLocal]) {
      expect(endpointsFor(traffic, "internal", node, [dead("1", "n1")])).toBe("reject");
      expect(endpointsFor(traffic, "external", node, [])).toBe("reject");
    }
  });
  test("Local without an endpoint here is dropped, and only on its own path", () => {
    expect(endpointsFor(externalLocal, "external", node, elsewhere)).toBe("drop");
    expect(endpointsFor(externalLocal, "internal", node, elsewhere)).toEqual(elsewhere);
    expect(endpointsFor(internalLocal, "internal", node, elsewhere)).toBe("drop");
  });
  test("the internal policy never touches what comes from outside", () => {
    const both = { ...exposed, internalTrafficPolicy: "Local" } as const;
    expect(endpointsFor(both, "external", node, elsewhere)).toEqual(elsewhere);
    expect(endpointsFor(both, "internal", node, elsewhere)).toBe("drop");
  });
});

test("permuting endpoints permutes the sets and changes no membership", () => {
  const endpoint = fc.record({
    nodeName: fc.constantFrom("n1", "n2", "n3"),
    ready: fc.boolean(),
    serving: fc.boolean(),
    terminating: fc.boolean(),
    hints: fc.option(
      fc.record({
        forZones: fc.subarray(["za", "zb"]),
        forNodes: fc.subarray(["n1", "n2"]),
      }),
      { nil: undefined },
    ),
  });
  const policy = fc.constantFrom("Cluster" as const, "Local" as const);
  const traffic = fc.record({
    internalTrafficPolicy: policy,
    externalTrafficPolicy: policy,
    externallyReachable: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(endpoint, { maxLength: 8 }), traffic, (bare, how) => {
      const endpoints = bare.map((one, index): Endpoint => ({
        ...one,
        pod: `${index}`,
        addresses: [`10.0.0.${index}`],
      }));
      const forward = categorizeEndpoints(endpoints, how, node);
      const backward = categorizeEndpoints([...endpoints].reverse(), how, node);
      const members = (set: readonly Endpoint[]) => set.map(({ pod }) => pod).sort();
      expect(members(backward.cluster)).toEqual(members(forward.cluster));
      expect(members(backward.local)).toEqual(members(forward.local));
      expect(members(backward.allReachable)).toEqual(members(forward.allReachable));
      expect(members(forward.allReachable)).toEqual(
        [...new Set([...members(forward.cluster), ...members(forward.local)])].sort(),
      );
    }),
  );
});

test("1,000 nodes with 100 endpoints are categorised in 50 ms", () => {
  const endpoints = Array.from({ length: 100 }, (_, index) =>
    ready(`${index}`, `n${index * 10}`, [`z${index % 3}`], [`n${index * 10}`]),
  );
  const nodes = Array.from({ length: 1000 }, (_, index) => ({ name: `n${index}`, zone: `z${index % 3}` }));
  const run = () => {
    const start = performance.now();
    for (const view of nodes) categorizeEndpoints(endpoints, externalLocal, view);
    return performance.now() - start;
  };
  // The fastest of a few runs: the bound is on the work, not on what else the machine does.
  expect(Math.min(...Array.from({ length: 5 }, run))).toBeLessThanOrEqual(50);
});
