import type { Endpoint, ServiceType, TrafficDistribution, TrafficPolicy } from "@evenkeel/core/model";
import { withHints } from "@evenkeel/core/routing";
import { NODES, podNamed } from "../lab/plan";

/** One Service of the lab, and the endpoints behind it as a controller would write them. */
export interface Scenario {
  readonly name: string;
  readonly type: ServiceType;
  /** Absent for what the API server lets no policy be written on. */
  readonly external?: TrafficPolicy;
  readonly internal: TrafficPolicy;
  readonly endpoints: readonly Endpoint[];
  readonly externalIPs: boolean;
  readonly sourceRanges?: readonly string[];
  readonly sticky?: boolean;
  readonly publishNotReadyAddresses?: boolean;
  readonly trafficDistribution?: TrafficDistribution;
}

type Layout = Pick<Scenario, "name" | "endpoints"> & Partial<Scenario>;

function on(pod: string, conditions: Partial<Endpoint> = {}): Endpoint {
  const { node, address } = podNamed(pod);
  return { pod, addresses: [address], nodeName: node.name, zone: node.zone, ready: true, ...conditions };
}

const DRAINING = { ready: false, serving: true, terminating: true } as const;
const GONE = { ready: false, serving: false, terminating: true } as const;
const UNREADY = { ready: false, serving: false, terminating: false } as const;

/** One pod on a, two on c, none on b: the first worked example. */
const SPREAD = [on("web-a1"), on("web-c1"), on("web-c2")];

function hinted(endpoints: readonly Endpoint[], trafficDistribution: TrafficDistribution) {
  return { endpoints: withHints(endpoints, [], { trafficDistribution }).endpoints, trafficDistribution };
}

/** The client and the pod that stand at node a, and node a itself, but nobody else. */
const ONLY_AT_A = NODES.filter(({ name }) => name === "a").flatMap(({ client, address, podPrefix }) => [
  `${client}/32`,
  `${address}/32`,
  ` ${podPrefix}.0/24`,
]);

const LAYOUTS: readonly Layout[] = [
  { name: "spread", endpoints: SPREAD },
  { name: "nowhere", endpoints: [] },
  { name: "unready", endpoints: SPREAD.map((endpoint) => ({ ...endpoint, ...UNREADY })) },
  { name: "partly-unready", endpoints: [on("web-a1", UNREADY), on("web-c1"), on("web-c2", UNREADY)] },
  { name: "draining-on-a", endpoints: [on("web-a1", DRAINING), on("web-c1")] },
  { name: "draining", endpoints: [on("web-a1", DRAINING), on("web-c1", DRAINING)] },
  { name: "gone-on-a", endpoints: [on("web-a1", GONE), on("web-c1")] },
  {
    name: "published",
    endpoints: [on("web-a1", { serving: false, terminating: true }), on("web-c1", { serving: true })],
    publishNotReadyAddresses: true,
  },
  { name: "nodeless", endpoints: [{ ...on("web-a1"), nodeName: undefined }, on("web-c1")] },
  { name: "same-zone", ...hinted(SPREAD, "PreferSameZone") },
  { name: "same-node", ...hinted(SPREAD, "PreferSameNode") },
  { name: "close-draining", ...hinted([on("web-a1", DRAINING), on("web-c1")], "PreferClose") },
  { name: "half-hinted", endpoints: [on("web-a1", { hints: { forZones: ["z1"] } }), on("web-c1")] },
  { name: "elsewhere-hinted", endpoints: [on("web-a1", { hints: { forZones: ["z2"] } })] },
  { name: "itself", endpoints: [on("caller-a"), on("web-c1")] },
  { name: "restricted", endpoints: SPREAD, sourceRanges: ONLY_AT_A },
  { name: "restricted-nowhere", endpoints: [], sourceRanges: ONLY_AT_A },
  { name: "sticky", endpoints: SPREAD, sticky: true },
];

const POLICIES: readonly (readonly [TrafficPolicy, TrafficPolicy])[] = [
  ["Cluster", "Cluster"],
  ["Local", "Cluster"],
  ["Cluster", "Local"],
  ["Local", "Local"],
];

const TYPES: readonly Scenario[] = (["Cluster", "Local"] as const).flatMap((policy) => [
  scenario({ name: "inside", type: "ClusterIP", endpoints: SPREAD, externalIPs: false }, undefined, policy),
  scenario(
    { name: "inside-published", type: "ClusterIP", endpoints: SPREAD, externalIPs: true },
    policy,
    "Cluster",
  ),
  scenario({ name: "node-port", type: "NodePort", endpoints: SPREAD, externalIPs: false }, policy, "Cluster"),
  scenario(
    { name: "node-port-inside", type: "NodePort", endpoints: SPREAD, externalIPs: false },
    "Cluster",
    policy,
  ),
]);

function scenario(layout: Layout, external: TrafficPolicy | undefined, internal: TrafficPolicy): Scenario {
  return {
    type: "LoadBalancer",
    externalIPs: true,
    external,
    internal,
    ...layout,
    name: [layout.name, external, internal].filter(Boolean).join("-").toLowerCase(),
  };
}

/** Every layout under every pair of policies, and the types other than LoadBalancer. */
export const SCENARIOS: readonly Scenario[] = [
  ...LAYOUTS.flatMap((layout) =>
    POLICIES.map(([external, internal]) => scenario(layout, external, internal)),
  ),
  ...TYPES,
];

/** Which addresses of the plan are the Service's. */
export function numberOf(name: string): number {
  const index = SCENARIOS.findIndex((one) => one.name === name);
  if (index < 0) throw new RangeError(`Service ${name}; the lab has none of that name`);
  return index + 1;
}

/** Those that other settings of kube-proxy can make a difference to. */
export const SETTINGS_LAYOUTS = ["spread", "itself", "nowhere", "draining-on-a"] as const;

export function isOf(scenario: string, layouts: readonly string[]): boolean {
  return layouts.some((layout) =>
    POLICIES.some((policies) => scenario === [layout, ...policies].join("-").toLowerCase()),
  );
}
