import {
  HOSTNAME_LABEL,
  isQuantityProblem,
  KUBELET_LABELS,
  resourceAmount,
  ZONE_LABEL,
  type Node,
  type Taint,
} from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import {
  areNames,
  complain,
  isFraction,
  isList,
  isName,
  isTextMap,
  isWhole,
  namedKeys,
  own,
  valueOf,
  type Written,
} from "./written";

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

/** A group as nodes without their names. */
export interface ReadGroup {
  readonly name: string;
  readonly nodes: readonly Omit<Node, "name">[];
  readonly load?: number;
}

const KEYS = ["name", "count", "zones", "cpu", "memory", "pods", "load", "labels", "taints"];
/** What Kubernetes is tested with is a third of this; more is a slip of the finger. */
const MOST_NODES = 15_000;
const DEFAULTS = { cpu: 4000, memory: 16 * 1024 ** 3, pods: 110 };

export function readGroup(value: unknown, path: string, problems: string[]): ReadGroup {
  const group: Written = { value: isMap(value) ? value : {}, path, problems };
  if (!isMap(value)) {
    complain(group, "", value, "a node group with count");
    return { name: "node", nodes: [] };
  }
  namedKeys(group, KEYS);
  const wantedCount = `a whole number up to ${MOST_NODES}`;
  const count = valueOf(group, "count", isWhole(0, MOST_NODES), wantedCount);
  if (own(value, "count") === undefined || own(value, "count") === null)
    complain(group, "count", undefined, wantedCount);
  const zones = valueOf(group, "zones", areNames, "a list of zone names") ?? [];
  const labels = valueOf(group, "labels", isTextMap, "a map of texts") ?? {};
  const equal = {
    taints: taintsOf(group),
    unschedulable: false,
    allocatable: {
      cpu: quantityOf(group, "cpu"),
      memory: quantityOf(group, "memory"),
      pods: valueOf(group, "pods", isWhole(1, 10_000), "a whole number") ?? DEFAULTS.pods,
    },
  };
  return present({
    name: valueOf(group, "name", isName, "a name") ?? "node",
    load: valueOf(group, "load", isFraction, "a fraction from 0 to 1"),
    nodes: Array.from({ length: count ?? 0 }, (_, index) => {
      const zone = zones[index % zones.length];
      return {
        ...equal,
        labels: { ...KUBELET_LABELS, ...labels, ...(zone === undefined ? {} : { [ZONE_LABEL]: zone }) },
      };
    }),
  });
}

/** Groups of one name go on counting, so that no two nodes share a name. */
export function numbered(groups: readonly ReadGroup[]): readonly Node[] {
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

/** In the base unit of the resource: millicores, bytes. */
function quantityOf(group: Written, resource: "cpu" | "memory"): number {
  const wanted = "a Kubernetes quantity such as 4, 500m or 16Gi";
  const written = valueOf(group, resource, isQuantityText, wanted);
  if (written === undefined) return DEFAULTS[resource];
  const amount = resourceAmount(resource, written);
  if (!isQuantityProblem(amount) && amount >= 0) return amount;
  complain(group, resource, written, wanted);
  return DEFAULTS[resource];
}

function isQuantityText(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

const EFFECTS: readonly Taint["effect"][] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function taintsOf(group: Written): readonly Taint[] {
  const wanted = `key, value and effect (${EFFECTS.join(", ")})`;
  return (valueOf(group, "taints", isList, "a list of taints") ?? []).flatMap((one, index): Taint[] => {
    const { key, value, effect } = isMap(one) ? one : {};
    const known = EFFECTS.find((name) => name === effect);
    if (isName(key) && known)
      return [present({ key, value: typeof value === "string" ? value : undefined, effect: known })];
    complain(group, `taints[${index}]`, one, wanted);
    return [];
  });
}
