import { webService } from "@evenkeel/test-generators";
import { isUnknown, unknownAt, type Exposure, type Service, type Workload } from "../model";
import { equalNodes, estimate, type Estimate } from ".";

// Which distribution is in force is decided by routing/effective-distribution.ts; here: what it does to the figures.

const MODE = "service.kubernetes.io/topology-mode";

function workload(replicas: number): Workload {
  return {
    ref: { kind: "Deployment", namespace: "shop", name: "web" },
    runs: "replicas",
    replicas: { count: replicas, by: "given" },
    selector: { matchLabels: { app: "web" } },
    template: { labels: { app: "web" }, spec: { containers: [{ name: "web", requests: {} }] } },
  };
}

const exposed = (service: Partial<Service>, replicas: number, kubernetesVersion?: string): Exposure => ({
  service: webService(service),
  fronts: [],
  workloads: [workload(replicas)],
  cluster: {
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    dataplane: "iptables",
    nodes: equalNodes(6, 3),
    pods: [],
  },
  missing: [],
});
const inside = (exposure: Exposure): Estimate => {
  const found = estimate(exposure, { trials: 5 }).find(({ side }) => side === "internal");
  if (!found) throw new Error("a Service with a cluster IP has an internal side");
  return found;
};
const crossZone = (exposure: Exposure): number | "unknown" => {
  const figure = inside(exposure).crossZone;
  return isUnknown(figure) ? "unknown" : figure.mean;
};

test.each([
  ["PreferClose", "1.30", 2 / 3],
  ["PreferClose", "1.31", 0],
  ["PreferSameZone", "1.33", 2 / 3],
  ["PreferSameZone", "1.34", 0],
  ["PreferSameNode", "1.33", 2 / 3],
  ["PreferSameNode", "1.34", 0],
] as const)("%s on %s: %d of the connections cross zones", (trafficDistribution, version, crossing) => {
  expect(crossZone(exposed({ trafficDistribution }, 6, version))).toBeCloseTo(crossing as number, 9);
});

// k8s.io/endpointslice topologycache.go: 3 equal zones need ceil(n / 3 / 1.2) endpoints each; 11 are one too few (kubernetes#122437).
test.each([
  [2, 2 / 3, "fewer endpoints than zones"],
  [3, 0, "one for each zone"],
  [11, 2 / 3, "the overload threshold"],
  [12, 0, "four for each zone"],
])("topology-mode Auto with %d endpoints: %d cross zones (%s)", (replicas, crossing) => {
  expect(crossZone(exposed({ annotations: { [MODE]: "Auto" } }, replicas, "1.36"))).toBeCloseTo(crossing, 9);
});

test("topology-mode Auto without CPU on one node gives no hints", () => {
  const exposure = exposed({ annotations: { [MODE]: "Auto" } }, 6, "1.36");
  const [first, ...others] = exposure.cluster.nodes;
  if (!first) throw new Error("there are nodes");
  const nodes = [{ ...first, allocatable: {} }, ...others];
  expect(crossZone({ ...exposure, cluster: { ...exposure.cluster, nodes } })).toBeGreaterThan(0.5);
});

test("a Local policy is not subject to the annotation", () => {
  const local = exposed({ internalTrafficPolicy: "Local", annotations: { [MODE]: "Auto" } }, 6, "1.36");
  expect(inside(local)).toMatchObject({ dropped: { mean: 0 }, crossNode: { mean: 0 } });
});

test("the annotation beside the field is stated", () => {
  const both = exposed({ trafficDistribution: "PreferSameNode", annotations: { [MODE]: "Auto" } }, 6, "1.36");
  expect(inside(both).assumptions.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["topology-mode-in-force", "topology-mode-wins"]),
  );
});

test("a field that is not known yet leaves the figures unknown that depend on it", () => {
  const open = inside(exposed({ trafficDistribution: unknownAt("spec.trafficDistribution") }, 6, "1.36"));
  expect(isUnknown(open.crossZone)).toBe(true);
  expect(open.unknown).toEqual([expect.objectContaining({ code: "distribution-not-known" })]);
});

test("without a version the field counts, and from which release on is stated", () => {
  const { assumptions } = inside(exposed({ trafficDistribution: "PreferSameNode" }, 6));
  expect(assumptions).toContainEqual(
    expect.objectContaining({
      code: "distribution-depends-on-version",
      data: { value: "PreferSameNode", since: "1.34" },
    }),
  );
});
