import {
  DATAPLANES,
  HOSTNAME_LABEL,
  isAtLeast,
  isQuantityProblem,
  KUBELET_LABELS,
  minorVersion,
  nearest,
  resourceAmount,
  SUPPORTED_VERSIONS,
  ZONE_LABEL,
  type Cluster,
  type Node,
  type Taint,
} from "@evenkeel/core/model";

/**
 * The short form in which people write a cluster down: groups of equal nodes.
 *
 * @example
 * { kubernetesVersion: "1.36", nodes: [{ count: 10, zones: ["a", "b", "c"], cpu: "4", memory: "16Gi", load: 0.5 }] }
 */
export interface ClusterShape {
  readonly kubernetesVersion?: string;
  readonly dataplane?: string;
  readonly nodes: readonly NodeGroup[];
}

/** Equal nodes, dealt over the zones in turn. */
export interface NodeGroup {
  /** `node` if not given; nodes are called `<name>-1`, `<name>-2`, … */
  readonly name?: string;
  readonly count: number;
  readonly zones?: readonly string[];
  /** Allocatable, as Kubernetes quantities; 4 CPUs, 16Gi and 110 pods if not given. */
  readonly cpu?: string | number;
  readonly memory?: string | number;
  readonly pods?: number;
  /** Fraction of CPU and memory that is asked for already, at the most; drawn evenly below it. The highest of all groups counts. */
  readonly load?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
}

export interface ShapeReading {
  readonly cluster: Cluster;
  /** One line each: path, what was seen, what is wanted. */
  readonly problems: readonly string[];
}

const CLUSTER_KEYS = ["kubernetesVersion", "dataplane", "nodes"];
const GROUP_KEYS = ["name", "count", "zones", "cpu", "memory", "pods", "load", "labels", "taints"];
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
const MOST_NODES = 15_000;

/** Reads the short form, whatever was written; what is wrong is left out and named. */
export function clusterFromShape(written: unknown): ShapeReading {
  const problems: string[] = [];
  const say = (path: string, seen: string, wanted: string): undefined => {
    problems.push(`${path}: ${seen}; wanted ${wanted}`);
    return undefined;
  };
  if (!isMap(written)) {
    say(
      "cluster",
      "not a map",
      "nodes as kubectl prints them, or a map with kubernetesVersion, dataplane and nodes",
    );
    return { cluster: { dataplane: "iptables", nodes: [], pods: [] }, problems };
  }
  unknownKeys(written, CLUSTER_KEYS, "", problems);
  const { kubernetesVersion, dataplane, nodes } = written;
  const version = kubernetesVersion === undefined ? undefined : versionOf(kubernetesVersion, say);
  const plane = DATAPLANES.find((one) => one === dataplane);
  if (dataplane !== undefined && !plane) {
    say("dataplane", String(dataplane), `${DATAPLANES.join(", ")}${nearest(String(dataplane), DATAPLANES)}`);
  }
  if (!Array.isArray(nodes))
    say("nodes", nodes === undefined ? "missing" : "not a list", "a list of node groups");
  const groups = (Array.isArray(nodes) ? nodes : []).map((group: unknown, index) =>
    groupOf(group, `nodes[${index}]`, problems),
  );
  const loads = groups.flatMap(({ load }) => load ?? []);
  return {
    cluster: {
      ...(version === undefined ? {} : { kubernetesVersion: version }),
      dataplane: plane ?? "iptables",
      nodes: numbered(groups),
      pods: [],
      ...(loads.length > 0 ? { backgroundLoad: Math.max(...loads) } : {}),
    },
    problems,
  };
}

type Say = (path: string, seen: string, wanted: string) => undefined;

function versionOf(written: unknown, say: Say): string | undefined {
  // Unquoted in YAML, 1.30 arrives as the number 1.3.
  const hint = typeof written === "number" ? ' in quotes, such as "1.36"' : " such as 1.36";
  if (typeof written !== "string" || !minorVersion(written))
    return say("kubernetesVersion", String(written), `a version${hint}`);
  if (!isAtLeast(written, SUPPORTED_VERSIONS.oldest))
    return say("kubernetesVersion", written, `${SUPPORTED_VERSIONS.oldest} or newer`);
  return written;
}

interface ReadGroup {
  readonly name: string;
  readonly nodes: readonly Omit<Node, "name">[];
  readonly load?: number;
}

function groupOf(written: unknown, path: string, problems: string[]): ReadGroup {
  const say: Say = (key, seen, wanted) => {
    problems.push(`${path}${key}: ${seen}; wanted ${wanted}`);
    return undefined;
  };
  if (!isMap(written)) {
    say("", "not a map", "a node group with count");
    return { name: "node", nodes: [] };
  }
  unknownKeys(written, GROUP_KEYS, `${path}.`, problems);
  const { name, count, zones, load, pods } = written;
  const size = isWhole(count, 0, MOST_NODES)
    ? count
    : (say(".count", String(count), `a whole number up to ${MOST_NODES}`) ?? 0);
  const labels = isTextMap(written["labels"])
    ? written["labels"]
    : written["labels"] === undefined
      ? {}
      : (say(".labels", "not texts", "a map of texts") ?? {});
  const zoneNames = isTexts(zones)
    ? zones
    : zones === undefined
      ? []
      : (say(".zones", String(zones), "a list of zone names") ?? []);
  const allocatable = {
    cpu: quantity("cpu", written["cpu"] ?? "4", say, "4"),
    memory: quantity("memory", written["memory"] ?? "16Gi", say, "16Gi"),
    pods:
      pods === undefined
        ? 110
        : isWhole(pods, 1, 10_000)
          ? pods
          : (say(".pods", String(pods), "a whole number") ?? 110),
  };
  const heavy =
    typeof load === "number" && load >= 0 && load <= 1
      ? load
      : load === undefined
        ? undefined
        : say(".load", String(load), "a fraction from 0 to 1");
  return {
    name: typeof name === "string" && name !== "" ? name : "node",
    nodes: Array.from({ length: size }, (_, index) => ({
      labels: {
        ...KUBELET_LABELS,
        ...labels,
        ...(zoneNames.length > 0 ? { [ZONE_LABEL]: zoneNames[index % zoneNames.length] ?? "" } : {}),
      },
      taints: taintsOf(written["taints"], say),
      unschedulable: false,
      allocatable,
    })),
    ...(heavy === undefined ? {} : { load: heavy }),
  };
}

/** Groups of one name go on counting, so that no two nodes share a name. */
function numbered(groups: readonly ReadGroup[]): readonly Node[] {
  const next = new Map<string, number>();
  return groups.flatMap(({ name, nodes }) =>
    nodes.map((node) => {
      const number = (next.get(name) ?? 0) + 1;
      next.set(name, number);
      const called = `${name}-${number}`;
      return { ...node, name: called, labels: { ...node.labels, [HOSTNAME_LABEL]: called } };
    }),
  );
}

function taintsOf(written: unknown, say: Say): readonly Taint[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return say(".taints", "not a list", "a list of key, value and effect") ?? [];
  return written.flatMap((one: unknown, index): Taint[] => {
    const effect = isMap(one) ? EFFECTS.find((known) => known === one["effect"]) : undefined;
    if (!isMap(one) || typeof one["key"] !== "string" || !effect) {
      say(`.taints[${index}]`, JSON.stringify(one), `key, value and effect (${EFFECTS.join(", ")})`);
      return [];
    }
    return [
      { key: one["key"], effect, ...(typeof one["value"] === "string" ? { value: one["value"] } : {}) },
    ];
  });
}

/** In the base unit of the resource: millicores, bytes. */
function quantity(resource: "cpu" | "memory", written: unknown, say: Say, fallback: string): number {
  if (typeof written === "number" || typeof written === "string") {
    const amount = resourceAmount(resource, written);
    if (!isQuantityProblem(amount) && amount >= 0) return amount;
  }
  say(`.${resource}`, String(written), "a Kubernetes quantity such as 4, 500m or 16Gi");
  const amount = resourceAmount(resource, fallback);
  return isQuantityProblem(amount) ? 0 : amount;
}

function unknownKeys(
  map: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: string,
  problems: string[],
): void {
  for (const key of Object.keys(map)) {
    if (!known.includes(key))
      problems.push(`${path}${key}: unknown key; wanted ${known.join(", ")}${nearest(key, known)}`);
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isMap(value) && Object.values(value).every((one) => typeof one === "string");
}
