import fc from "fast-check";
import { ZONE_LABEL, zoneOf, type Endpoint, type Node } from "../model";
import { endpointsFor, withHints, type HintWish, type ServiceTraffic } from "../routing";
import { groundOf } from "./data-path";
import { hottest, spread, type Reach } from "./spread";

// The counting model must say exactly what kube-proxy's choice on the same endpoints says.

const HINTED: Record<Reach, { policy: "Cluster" | "Local" } & HintWish> = {
  local: { policy: "Local" },
  cluster: { policy: "Cluster" },
  sameNode: { policy: "Cluster", trafficDistribution: "PreferSameNode" },
  sameZone: { policy: "Cluster", trafficDistribution: "PreferSameZone" },
  hintedZone: { policy: "Cluster", topologyMode: "Auto" },
};

const scene = fc
  .record({
    zones: fc.array(fc.constantFrom("a", "b", "c", undefined), { minLength: 1, maxLength: 8 }),
    reach: fc.constantFrom<Reach>("local", "cluster", "sameNode", "sameZone", "hintedZone"),
  })
  .chain(({ zones, reach }) =>
    fc.record({
      zones: fc.constant(zones),
      reach: fc.constant(reach),
      pods: fc.array(fc.nat({ max: 3 }), { minLength: zones.length, maxLength: zones.length }),
      raw: fc.array(fc.nat({ max: 5 }), { minLength: zones.length, maxLength: zones.length }),
    }),
  )
  .filter(({ raw }) => raw.some((weight) => weight > 0));

function nodesIn(zones: readonly (string | undefined)[]): readonly Node[] {
  return zones.map((zone, index): Node => ({
    name: `n${index}`,
    labels: zone ? { [ZONE_LABEL]: zone } : {},
    taints: [],
    unschedulable: false,
    allocatable: { cpu: 1000 + (index % 3) * 1000 },
  }));
}

test("shares by counting are the shares by kube-proxy's endpoint choice", () => {
  fc.assert(
    fc.property(scene, ({ zones, reach, pods, raw }) => {
      const nodes = nodesIn(zones);
      const total = raw.reduce((sum, weight) => sum + weight, 0);
      const entering = raw.map((weight) => weight / total);
      const { policy, ...wish } = HINTED[reach];
      const bare = pods.flatMap((count, index): Endpoint[] =>
        Array.from({ length: count }, (_, i) => ({
          addresses: [`192.0.2.${index * 4 + i}`],
          nodeName: `n${index}`,
          ...(zones[index] ? { zone: zones[index] } : {}),
        })),
      );
      const { endpoints } = withHints(bare, nodes, wish);
      const traffic: ServiceTraffic = {
        externalTrafficPolicy: policy,
        internalTrafficPolicy: "Cluster",
        externallyReachable: true,
      };
      const toNode = nodes.map(() => 0);
      const toPod = new Map<Endpoint, number>();
      let dropped = 0;
      let crossNode = 0;
      nodes.forEach((node, index) => {
        const weight = entering[index] ?? 0;
        const set = endpointsFor(traffic, "external", { name: node.name, zone: zoneOf(node) }, endpoints);
        if (typeof set === "string") dropped += weight;
        else
          for (const endpoint of set) {
            const { nodeName } = endpoint;
            toPod.set(endpoint, (toPod.get(endpoint) ?? 0) + weight / set.length);
            const to = nodes.findIndex(({ name }) => name === nodeName);
            toNode[to] = (toNode[to] ?? 0) + weight / set.length;
            if (nodeName !== node.name) crossNode += weight / set.length;
          }
      });
      const counted = spread(pods, entering, reach, groundOf(nodes));
      expect(counted.dropped).toBeCloseTo(dropped, 9);
      expect(counted.crossNode).toBeCloseTo(crossNode, 9);
      const most = (Math.max(0, ...toPod.values()) * bare.length) / (1 - dropped);
      if (bare.length > 0 && dropped < 1 - 1e-9) expect(hottest(pods, counted)).toBeCloseTo(most, 9);
      counted.toNode.forEach((share, index) => expect(share).toBeCloseTo(toNode[index] ?? 0, 9));
    }),
    { numRuns: 500 },
  );
});

test("shares and drops sum to one, and hottest is at least one", () => {
  fc.assert(
    fc.property(scene, ({ zones, reach, pods, raw }) => {
      const total = raw.reduce((sum, weight) => sum + weight, 0);
      const result = spread(
        pods,
        raw.map((weight) => weight / total),
        reach,
        groundOf(nodesIn(zones)),
      );
      expect(result.toNode.reduce((sum, share) => sum + share, result.dropped)).toBeCloseTo(1, 9);
      const heat = hottest(pods, result);
      if (heat !== undefined) expect(heat).toBeGreaterThanOrEqual(1 - 1e-9);
    }),
  );
});

test("Cluster is even, wherever the traffic enters", () => {
  fc.assert(
    fc.property(scene, ({ zones, pods, raw }) => {
      const total = raw.reduce((sum, weight) => sum + weight, 0);
      const heat = hottest(
        pods,
        spread(
          pods,
          raw.map((weight) => weight / total),
          "cluster",
          groundOf(nodesIn(zones)),
        ),
      );
      if (heat !== undefined) expect(heat).toBeCloseTo(1, 9);
    }),
  );
});

// facts: an even spread P = qN + r behind a balancer that is even over nodes gives the hottest pod P/(qN) for P >= N.
test.each([
  [10, 10, 1],
  [12, 10, 1.2],
  [15, 10, 1.5],
  [19, 10, 1.9],
  [20, 10, 1],
  [25, 10, 1.25],
  [7, 10, 1],
])("%i pods spread with maxSkew 1 over %i nodes: hottest %d under Local", (replicas, size, wanted) => {
  const pods = Array.from(
    { length: size },
    (_, index) => Math.floor(replicas / size) + (index < replicas % size ? 1 : 0),
  );
  const serving = pods.filter((count) => count > 0).length;
  const entering = pods.map((count) => (count > 0 ? 1 / serving : 0));
  expect(
    hottest(pods, spread(pods, entering, "local", groundOf(nodesIn(pods.map(() => undefined))))),
  ).toBeCloseTo(wanted, 9);
});
