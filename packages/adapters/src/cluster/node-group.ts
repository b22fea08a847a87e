import {
  HOSTNAME_LABEL,
  isQuantityProblem,
  KUBELET_LABELS,
  resourceAmount,
  ZONE_LABEL,
  type Node,
  type NodeRange,
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
  isText,
  isTextMap,
  isWhole,
  namedKeys,
  own,
  valueOf,
  type Written,
} from "./written";

/**
 * Text that is not empty.
 * @minLength 1
 */
export type Name = string;

/**
 * A whole number of nodes. What Kubernetes is tested with is a third of the most; more is a slip of the finger.
 * @asType integer
 * @minimum 0
 * @maximum 15000
 */
export type NodeCount = number;

/**
 * A Kubernetes quantity: `4`, `500m`, `16Gi`.
 * @pattern ^([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3}|[numkMGTPE]|[KMGTPE]i)?$
 */
export type QuantityText = string;

/**
 * A Kubernetes quantity without a unit: `4`.
 * @minimum 0
 */
export type QuantityNumber = number;

interface EqualNodes {
  /** `node` if not given; nodes are called `<name>-1`, `<name>-2`, … */
  readonly name?: Name;
  /** Dealt out in turn; without zones if not given. */
  readonly zones?: readonly Name[];
  /** Allocatable CPUs of each node; 4 if not given. */
  readonly cpu?: QuantityText | QuantityNumber;
  /** Allocatable memory of each node; 16Gi if not given. */
  readonly memory?: QuantityText | QuantityNumber;
  /**
   * Pods that each node takes; 110 if not given.
   * @asType integer
   * @minimum 1
   * @maximum 10000
   */
  readonly pods?: number;
  /**
   * Fraction of CPU and memory that is asked for already, at the most; drawn evenly below it. The highest of all groups counts.
   * @minimum 0
   * @maximum 1
   */
  readonly load?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly GroupTaint[];
}

export interface GroupTaint extends Taint {
  readonly key: Name;
}

/** Equal nodes, of which there are so many; with `min` or `max`, an autoscaler moves the number. */
export interface CountedGroup extends EqualNodes {
  /** How many there are now. */
  readonly count: NodeCount;
  /** The fewest that an autoscaler leaves; `count` if not given. */
  readonly min?: NodeCount;
  /** The most that an autoscaler comes to; `count` if not given. */
  readonly max?: NodeCount;
}

/** Equal nodes that an autoscaler brings and takes; how many there are now is `min` if not given. */
export interface RangedGroup extends EqualNodes {
  readonly count?: NodeCount;
  readonly min: NodeCount;
  readonly max: NodeCount;
}

export type NodeGroup = CountedGroup | RangedGroup;

/** A group as nodes without their names: as many as there may be, of which `count` are there now. */
export interface ReadGroup extends Size {
  readonly name: string;
  readonly nodes: readonly Omit<Node, "name">[];
  readonly load?: number;
}

/** How many nodes there are, and the fewest that there may be. */
interface Size {
  readonly count: number;
  readonly min: number;
}

const KEYS = ["name", "count", "min", "max", "zones", "cpu", "memory", "pods", "load", "labels", "taints"];
/** As `NodeCount` has it. */
const MOST_NODES = 15_000;
const DEFAULTS = { cpu: 4000, memory: 16 * 1024 ** 3, pods: 110 };

export function readGroup(value: unknown, path: string, problems: string[]): ReadGroup {
  const group: Written = { value: isMap(value) ? value : {}, path, problems };
  if (!isMap(value)) {
    complain(group, "", value, "a node group with count");
    return { name: "node", nodes: [], count: 0, min: 0 };
  }
  namedKeys(group, KEYS);
  const { count, min, max } = sizeOf(group);
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
    count,
    min,
    nodes: Array.from({ length: max }, (_, index) => {
      const zone = zones[index % zones.length];
      return {
        ...equal,
        labels: { ...KUBELET_LABELS, ...labels, ...(zone === undefined ? {} : { [ZONE_LABEL]: zone }) },
      };
    }),
  });
}

/** The number of nodes, and the range in which an autoscaler moves it. */
function sizeOf(group: Written): Size & { readonly max: number } {
  const wanted = `a whole number up to ${MOST_NODES}`;
  const of = (key: string): number | undefined => valueOf(group, key, isWhole(0, MOST_NODES), wanted);
  const isGiven = (key: string): boolean => own(group.value, key) !== undefined;
  const [written, min, max] = [of("count"), of("min"), of("max")];
  if (!isGiven("count") && !(isGiven("min") && isGiven("max")))
    complain(group, "count", undefined, `${wanted}, or min and max`);
  const count = written ?? min ?? 0;
  const least = min ?? count;
  const most = max ?? Math.max(count, least);
  if (least <= count && count <= most) return { count, min: least, max: most };
  if (least > most) complain(group, "min", least, `at most max, ${most}`);
  else complain(group, "count", count, `from min, ${least}, to max, ${most}`);
  return { count, min: count, max: count };
}

/** Nodes with their names. Groups of one name go on counting, so that no two nodes share a name. */
export function numbered(groups: readonly ReadGroup[]): {
  readonly nodes: readonly Node[];
  readonly nodeRanges: readonly NodeRange[];
} {
  const next = new Map<string, number>();
  const named = groups.map((group) => ({
    ...group,
    nodes: group.nodes.map((node): Node => {
      const number = (next.get(group.name) ?? 0) + 1;
      next.set(group.name, number);
      const called = `${group.name}-${number}`;
      return { ...node, name: called, labels: { ...node.labels, [HOSTNAME_LABEL]: called } };
    }),
  }));
  return {
    nodes: named.flatMap(({ nodes, count }) => nodes.slice(0, count)),
    nodeRanges: named.flatMap(({ min, nodes }) => (min < nodes.length ? [{ min, nodes }] : [])),
  };
}

/** Stricter than the API server, to which `m` alone is zero; as `QuantityText` has it. */
const QUANTITY = /^([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3}|[numkMGTPE]|[KMGTPE]i)?$/;

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
  return (typeof value === "string" || typeof value === "number") && QUANTITY.test(String(value));
}

const EFFECTS: readonly Taint["effect"][] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function taintsOf(group: Written): readonly Taint[] {
  const wanted = `key, value and effect (${EFFECTS.join(", ")})`;
  return (valueOf(group, "taints", isList, "a list of taints") ?? []).flatMap((one, index): Taint[] => {
    const { problems } = group;
    const path = `${group.path}.taints[${index}]`;
    const taint: Written = { value: isMap(one) ? one : {}, path, problems };
    namedKeys(taint, ["key", "value", "effect"]);
    const value = valueOf(taint, "value", isText, "text");
    const { key, effect } = taint.value;
    const known = EFFECTS.find((name) => name === effect);
    if (isName(key) && known) return [present({ key, value, effect: known })];
    complain(taint, "", one, wanted);
    return [];
  });
}
