import { unknownAt } from "../model/knowable";
import type { Service } from "../model/service";
import { RELEASES } from "../releases";
import {
  effectiveDistribution,
  type ActiveDistribution,
  type DistributionCluster,
} from "./effective-distribution";

type Asked = Parameters<typeof effectiveDistribution>[0];

const MODE = "service.kubernetes.io/topology-mode";
const OLD_MODE = "service.kubernetes.io/topology-aware-hints";

const service = (more: Partial<Asked> = {}): Asked => ({
  type: "LoadBalancer",
  headless: false,
  annotations: {},
  sessionAffinity: "None",
  ...more,
});
const field = (trafficDistribution: Service["trafficDistribution"], more: Partial<Asked> = {}): Asked =>
  service({ trafficDistribution, ...more });
const at = (
  kubernetesVersion: string,
  featureGates?: Readonly<Record<string, boolean>>,
): DistributionCluster => ({
  kubernetesVersion,
  ...(featureGates ? { featureGates } : {}),
});
const asked = (of: Asked, cluster: DistributionCluster = at("1.36")) => {
  const { possible, reasons, unknown } = effectiveDistribution(of, cluster);
  return { possible, codes: [...reasons, ...unknown].map(({ code }) => code) };
};

// Field by release: KEP-4444, KEP-3015 and k/k pkg/features/kube_features.go.
test.each<[NonNullable<Service["trafficDistribution"]> & string, string, ActiveDistribution]>([
  ["PreferClose", "1.30", "none"],
  ["PreferClose", "1.31", "PreferClose"],
  ["PreferClose", "1.36", "PreferClose"],
  ["PreferSameZone", "1.33", "none"],
  ["PreferSameZone", "1.34", "PreferSameZone"],
  ["PreferSameNode", "1.33.9", "none"],
  ["PreferSameNode", "1.34.0", "PreferSameNode"],
])("%s on %s: %s", (value, version, active) => {
  const { possible, codes } = asked(field(value as never), at(version));
  expect(possible).toEqual([active]);
  expect(codes).toEqual([active === "none" ? "distribution-needs-newer-release" : "distribution-in-force"]);
});

// k/k pkg/features/kube_features.go: alpha gates may be switched on, beta ones off, locked ones neither.
test.each<[string, string, Readonly<Record<string, boolean>>, ActiveDistribution]>([
  ["PreferClose", "1.30", { ServiceTrafficDistribution: true }, "PreferClose"],
  ["PreferClose", "1.31", { ServiceTrafficDistribution: false }, "none"],
  ["PreferClose", "1.33", { ServiceTrafficDistribution: false }, "PreferClose"],
  ["PreferSameNode", "1.32", { PreferSameTrafficDistribution: true }, "none"],
  ["PreferSameNode", "1.33", { PreferSameTrafficDistribution: true }, "PreferSameNode"],
  ["PreferSameNode", "1.34", { PreferSameTrafficDistribution: false }, "none"],
  ["PreferSameNode", "1.35", { PreferSameTrafficDistribution: false }, "PreferSameNode"],
])("%s on %s with %j: %s", (value, version, gates, active) => {
  expect(asked(field(value as never), at(version, gates)).possible).toEqual([active]);
});

test("a beta gate that is off is named", () => {
  const { codes } = asked(field("PreferSameNode"), at("1.34", { PreferSameTrafficDistribution: false }));
  expect(codes).toEqual(["distribution-gate-off"]);
});

// k8s.io/endpointslice reconciler.go reconcileByAddressType and utils.go hintsEnabled.
test.each<[string, Asked, ActiveDistribution, readonly string[]]>([
  ["nothing stated", service(), "none", []],
  ["Auto", service({ annotations: { [MODE]: "Auto" } }), "topologyMode", ["topology-mode-in-force"]],
  ["auto", service({ annotations: { [MODE]: "auto" } }), "topologyMode", ["topology-mode-in-force"]],
  [
    "the old key",
    service({ annotations: { [OLD_MODE]: "Auto" } }),
    "topologyMode",
    ["topology-mode-in-force"],
  ],
  ["AUTO", service({ annotations: { [MODE]: "AUTO" } }), "none", ["topology-mode-value-ignored"]],
  ["Disabled", service({ annotations: { [MODE]: "Disabled" } }), "none", []],
  [
    "the old key is read first",
    service({ annotations: { [OLD_MODE]: "Disabled", [MODE]: "Auto" } }),
    "none",
    [],
  ],
  [
    "Auto beside the field",
    field("PreferSameNode", { annotations: { [MODE]: "Auto" } }),
    "topologyMode",
    ["topology-mode-in-force", "topology-mode-wins"],
  ],
  [
    "a value that is not Auto beside the field",
    field("PreferSameZone", { annotations: { [MODE]: "Disabled" } }),
    "PreferSameZone",
    ["distribution-in-force"],
  ],
  [
    "a headless Service",
    field("PreferSameZone", { headless: true }),
    "none",
    ["distribution-without-kube-proxy"],
  ],
  [
    "an ExternalName Service",
    field("PreferSameZone", { type: "ExternalName" }),
    "none",
    ["distribution-without-kube-proxy"],
  ],
  [
    "session affinity",
    field("PreferSameZone", { sessionAffinity: "ClientIP" }),
    "PreferSameZone",
    ["distribution-in-force", "affinity-keeps-the-first-choice"],
  ],
  ["session affinity alone", service({ sessionAffinity: "ClientIP" }), "none", []],
])("%s", (_what, of, active, codes) => {
  expect(asked(of)).toEqual({ possible: [active], codes });
});

test("Auto with its gate off gives no hints, and the field is ignored all the same", () => {
  const of = field("PreferClose", { annotations: { [MODE]: "Auto" } });
  const gates = { TopologyAwareHints: false };
  expect(asked(of, at("1.32", gates))).toEqual({ possible: ["none"], codes: ["topology-mode-gate-off"] });
  expect(asked(of, at("1.33", gates)).possible).toEqual(["topologyMode"]);
});

test("a field that is not known yet may be any value that the release acts on", () => {
  const of = field(unknownAt("spec.trafficDistribution"));
  expect(asked(of)).toEqual({
    possible: ["none", "PreferClose", "PreferSameZone", "PreferSameNode"],
    codes: ["distribution-not-known"],
  });
  expect(asked(of, at("1.33")).possible).toEqual(["none", "PreferClose"]);
  expect(asked(of, at("1.30"))).toEqual({ possible: ["none"], codes: [] });
});

test("an annotation that is not known yet may beat the field", () => {
  const of = field("PreferSameNode", {
    annotations: { [MODE]: unknownAt(`metadata.annotations["${MODE}"]`) },
  });
  expect(asked(of)).toEqual({
    possible: ["topologyMode", "PreferSameNode"],
    codes: ["distribution-not-known"],
  });
});

test("without a version the newest release answers, and says from which on that holds", () => {
  const { possible, reasons } = effectiveDistribution(field("PreferSameNode"));
  expect(possible).toEqual(["PreferSameNode"]);
  expect(reasons.at(-1)).toMatchObject({
    code: "distribution-depends-on-version",
    data: { value: "PreferSameNode", since: "1.34" },
  });
});

test("every release answers every statement with exactly one distribution", () => {
  for (const { version } of RELEASES)
    for (const value of ["PreferClose", "PreferSameZone", "PreferSameNode", undefined] as const)
      for (const mode of ["Auto", "Disabled", undefined]) {
        const of = service({
          ...(value ? { trafficDistribution: value } : {}),
          annotations: mode ? { [MODE]: mode } : {},
        });
        const { possible, unknown } = effectiveDistribution(of, at(version));
        expect([possible.length, unknown.length]).toEqual([1, 0]);
        if (mode === "Auto") expect(possible).toEqual(["topologyMode"]);
      }
});
