import fc from "fast-check";
import type { Endpoint } from "../model/endpoint";
import { type Node, ZONE_LABEL } from "../model/node";
import { type HintWish, withHints } from "./hints";
import { enablesTopology, topologyAnnotationOf } from "./topology-annotation";
import { cpuRatios, zoneAllocations } from "./topology-auto";

// The answers follow k8s.io/endpointslice trafficdist and topologycache; test/oracle asks that code itself.

const node = (
  name: string,
  zone: string | undefined,
  cpu = 4000,
  labels: Record<string, string> = {},
): Node => ({
  name,
  labels: { ...labels, ...(zone && { [ZONE_LABEL]: zone }) },
  taints: [],
  unschedulable: false,
  allocatable: { cpu },
});
const threeZones = [node("n1", "za"), node("n2", "zb"), node("n3", "zc")];
const inZone = (zone: string | undefined, index: number): Endpoint => ({
  addresses: [`10.0.0.${index}`],
  nodeName: `n${index}`,
  zone,
  ready: true,
});
const zoned = (zones: string) => [...zones].map((letter, index) => inZone(`z${letter}`, index));
const hinted = (endpoints: readonly Endpoint[]) =>
  endpoints
    .map(({ hints }) => [...(hints?.forZones ?? []), ...(hints?.forNodes ?? [])].join("+") || "-")
    .join(" ");
const ask = (endpoints: readonly Endpoint[], wish: HintWish, version?: string, nodes = threeZones) => {
  const { endpoints: out, by, off } = withHints(endpoints, nodes, wish, version);
  return `${by}: ${hinted(out)}${off ? ` (${off.reason}: ${off.message})` : ""}`;
};

describe("trafficDistribution", () => {
  test.each(["PreferSameZone", "PreferClose"] as const)(
    "%s hints every ready endpoint for its own zone",
    (value) => {
      expect(ask(zoned("aab"), { trafficDistribution: value })).toBe("trafficDistribution: za za zb");
    },
  );
  test("PreferSameNode adds the node", () => {
    expect(ask(zoned("ab"), { trafficDistribution: "PreferSameNode" })).toBe(
      "trafficDistribution: za+n0 zb+n1",
    );
  });
  test("an endpoint on a node without a zone gets no zone hint, which turns zone routing off for all", () => {
    expect(ask([inZone("za", 0), inZone(undefined, 1)], { trafficDistribution: "PreferSameZone" })).toBe(
      "trafficDistribution: za -",
    );
  });
  test("an endpoint that is not ready keeps what it carries", () => {
    const stale = { ...inZone("za", 0), ready: false, hints: { forZones: ["zq"] } };
    expect(ask([stale], { trafficDistribution: "PreferSameZone" })).toBe("trafficDistribution: zq");
  });
  test("without a wish every hint is removed", () => {
    expect(ask([{ ...inZone("za", 0), hints: { forZones: ["za"] } }], {})).toBe("none: -");
  });
  test.each([
    ["PreferClose", "1.30", "none: -"],
    ["PreferClose", "1.31", "trafficDistribution: za"],
    ["PreferSameZone", "1.33.4", "none: -"],
    ["PreferSameZone", "1.34.0", "trafficDistribution: za"],
    ["PreferSameNode", "1.33", "none: -"],
    ["PreferSameNode", "1.34", "trafficDistribution: za+n0"],
  ] as const)("%s on %s", (trafficDistribution, version, want) => {
    expect(ask(zoned("a"), { trafficDistribution }, version)).toBe(want);
  });
});

describe("topology-mode Auto", () => {
  const auto: HintWish = { topologyMode: "Auto" };
  test("an even service keeps its own zones", () => {
    expect(ask(zoned("abc"), auto)).toBe("topologyMode: za zb zc");
  });
  test("a zone with more than its part gives to the zone that lacks", () => {
    expect(ask(zoned("aaabbc"), auto)).toBe("topologyMode: zc za za zb zb zc");
  });
  test("endpoints in a zone without nodes keep that zone", () => {
    expect(ask(zoned("aabbccq"), auto)).toBe("topologyMode: za za zb zb zc zc zq");
  });
  test("the annotation wins over trafficDistribution, also where it switches itself off", () => {
    expect(ask(zoned("aa"), { ...auto, trafficDistribution: "PreferSameZone" })).toBe(
      "none: - - (insufficientEndpoints: Insufficient number of endpoints (2 endpoints, 3 zones))",
    );
  });
  test("11 endpoints in three equal zones: 3·ceil(3.06) is 12, one too many (k/k #122437)", () => {
    expect(ask(zoned("aaaabbbbccc"), auto)).toContain(
      "(overloadThreshold: Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (11 endpoints, 3 zones))",
    );
  });
  test("one node without a zone switches hints off", () => {
    expect(ask(zoned("abc"), auto, "1.36", [...threeZones, node("n4", undefined)])).toContain(
      "insufficientNodeInfo",
    );
  });
  test("one node without CPU switches hints off", () => {
    expect(ask(zoned("abc"), auto, "1.36", [...threeZones, node("n4", "za", 0)])).toContain(
      "insufficientNodeInfo",
    );
  });
  test("a single zone switches hints off", () => {
    expect(ask(zoned("abc"), auto, "1.36", [node("n1", "za")])).toContain("insufficientNodeInfo");
  });
  test("control-plane nodes and nodes that are not ready do not count", () => {
    const aside = [
      node("cp", undefined, 0, { "node-role.kubernetes.io/control-plane": "" }),
      node("old", "zd", 4000, { "node-role.kubernetes.io/master": "true" }),
      { ...node("down", "ze"), ready: false },
    ];
    expect(ask(zoned("abc"), auto, "1.36", [...threeZones, ...aside])).toBe("topologyMode: za zb zc");
  });
  test("one ready endpoint without a zone switches hints off", () => {
    expect(ask([...zoned("aabbc"), inZone(undefined, 9)], auto)).toContain("endpointWithoutZone");
  });
  test("one that is not ready may lack its zone", () => {
    expect(ask([...zoned("abc"), { ...inZone(undefined, 9), ready: false }], auto)).toBe(
      "topologyMode: za zb zc -",
    );
  });
});

describe("which annotation counts", () => {
  test("the deprecated key is read first", () => {
    const both = {
      "service.kubernetes.io/topology-mode": "Auto",
      "service.kubernetes.io/topology-aware-hints": "Disabled",
    };
    expect(topologyAnnotationOf(both)?.value).toBe("Disabled");
    expect(topologyAnnotationOf({ "service.kubernetes.io/topology-mode": "Auto" })?.value).toBe("Auto");
    expect(topologyAnnotationOf({})).toBeUndefined();
  });
  test("only two spellings enable hints", () => {
    expect(["Auto", "auto", "AUTO", "PreferZone", "", undefined].map(enablesTopology)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

test("ratios sum to 1; minimums leave what is spare to every maximum; no zone is asked beyond the threshold", () => {
  const nodes = fc
    .array(fc.tuple(fc.constantFrom("za", "zb", "zc", "zd"), fc.integer({ min: 1, max: 64_000 })), {
      maxLength: 8,
    })
    .map((made) => made.map(([zone, cpu], index) => node(`n${index}`, zone, cpu)));
  fc.assert(
    fc.property(nodes, fc.integer({ min: 0, max: 60 }), (made, count) => {
      const ratios = cpuRatios(made);
      const shares = zoneAllocations(made, count);
      if (!ratios) return expect(shares).toMatchObject({ reason: "insufficientNodeInfo" });
      expect([...ratios.values()].reduce((sum, ratio) => sum + ratio, 0)).toBeCloseTo(1, 9);
      if ("reason" in shares) return;
      const zones = [...shares.values()];
      const spare = count - zones.reduce((sum, { minimum }) => sum + minimum, 0);
      expect(spare).toBeGreaterThanOrEqual(0);
      for (const [zone, { minimum, maximum, desired }] of shares) {
        expect(maximum - minimum).toBe(spare);
        expect(desired).toBeGreaterThanOrEqual(minimum);
        expect(((ratios.get(zone) ?? 0) * count) / minimum).toBeLessThanOrEqual(1.2 + 1e-9);
      }
    }),
  );
});
