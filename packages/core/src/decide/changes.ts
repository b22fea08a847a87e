import { balancerOf, GENERAL_INSTRUCTIONS } from "../balancers";
import {
  byDefault,
  HOSTNAME_LABEL,
  isUnknown,
  orElse,
  type Exposure,
  type Front,
  type Statement,
  type Workload,
} from "../model";
import type { Requirements } from "./requirements";
import { sayDecide } from "./texts";

/** One change that a person could make. */
export interface Change {
  /** `run 2 replicas instead of 1`. */
  readonly statement: Statement;
  /** The exposure with it; what of the front changes too. */
  apply(
    exposure: Exposure,
    front: Front | undefined,
  ): { readonly exposure: Exposure; readonly front?: Front };
}

/** Ways to spread the same number of pods better. */
export function placementChanges(workload: Workload): readonly Change[] {
  const { template } = workload;
  if (workload.runs === "everyNode") return [];
  if (template.spec.topologySpreadConstraints?.some(({ topologyKey }) => topologyKey === HOSTNAME_LABEL))
    return [];
  return [
    toWorkload(sayDecide("add-topology-spread"), (old) => ({
      ...old,
      template: {
        ...old.template,
        spec: {
          ...old.template.spec,
          topologySpreadConstraints: [
            ...(old.template.spec.topologySpreadConstraints ?? []),
            {
              maxSkew: 1,
              topologyKey: HOSTNAME_LABEL,
              whenUnsatisfiable: "DoNotSchedule",
              labelSelector: { matchLabels: old.selector?.matchLabels ?? old.template.labels },
            },
          ],
        },
      },
    })),
  ];
}

/** Replicas more or fewer that are tried one by one. */
const NEAREST = 10;

/** Replica counts worth trying, nearest first: a few around, the least that serves enough nodes, and whole multiples of the nodes. */
export function replicaChanges(
  workload: Workload,
  nodes: number,
  { minNodesServing }: Requirements,
): readonly Change[] {
  if (workload.runs === "everyNode" || workload.replicas.range || isUnknown(workload.replicas.count))
    return [];
  const now = orElse(workload.replicas.count, 1);
  const around = Array.from({ length: NEAREST }, (_, index) => [now - index - 1, now + index + 1]).flat();
  const counts = [...around, minNodesServing, nodes, 2 * nodes].filter(
    (wanted) => wanted > 0 && wanted !== now,
  );
  return [...new Set(counts)]
    .sort((a, b) => Math.abs(a - now) - Math.abs(b - now))
    .map((replicas) =>
      toWorkload(
        sayDecide("set-replicas", { replicas, now, isSet: workload.replicas.by !== "default" }),
        (old) => ({ ...old, replicas: { count: replicas, by: "given" } }),
      ),
    );
}

/** Narrower ranges for an autoscaler, the least narrow first. `nodes`, `zones`: the fewest and the most there may be. */
export function rangeChanges(
  workload: Workload,
  { nodes, zones }: { readonly nodes: number; readonly zones: number },
  { maxHottest, minNodesServing }: Requirements,
): readonly Change[] {
  const { range } = workload.replicas;
  if (workload.runs === "everyNode" || !range) return [];
  const { min, max, by } = range;
  const least = minNodesServing > min && minNodesServing <= max ? minNodesServing : min;
  // Over Z zones an even spread of P pods comes to P / Z up to 2Z, over N nodes likewise: that is where the limits lie.
  const lowest = [least, 2 * zones].filter((one) => one >= least && one <= max);
  const highest = [max, Math.floor(nodes * maxHottest), nodes].filter((one) => one <= max);
  const removed = (to: Bounds): number => to.min - min + (max - to.max);
  return lowest
    .flatMap((low) => highest.map((high) => ({ min: low, max: high })))
    .filter((to, index, all) => to.min <= to.max && removed(to) > 0 && all.findIndex(alike(to)) === index)
    .sort((a, b) => removed(a) - removed(b))
    .map((to) =>
      toWorkload(
        sayDecide("narrow-autoscaler", { autoscaler: `${by.kind} ${by.name}`, from: { min, max }, to }),
        (old) => ({ ...old, replicas: { ...old.replicas, range: { ...range, ...to } } }),
      ),
    );
}

type Bounds = { readonly min: number; readonly max: number };

const alike =
  (one: Bounds) =>
  (other: Bounds): boolean =>
    one.min === other.min && one.max === other.max;

/** Settings of the load balancer to change, where the client's address or clients inside are asked for. */
export function frontChanges(
  front: Front | undefined,
  { clientAddress, inClusterClients }: Requirements,
): readonly Change[] {
  if (!front) return [];
  const instructions = balancerOf(front)?.instructions ?? GENERAL_INSTRUCTIONS;
  const to = (statement: Statement, changed: Partial<Front>): Change => ({
    statement,
    apply: (exposure) => ({ exposure, front: { ...front, ...changed } }),
  });
  const names =
    clientAddress === "required" && front.proxyProtocol.value === "off"
      ? [
          to(sayDecide("send-proxy-protocol", { instruction: instructions.sendProxyProtocol(front) }), {
            proxyProtocol: byDefault("v2", front.proxyProtocol.at),
          }),
        ]
      : [];
  const forgets =
    inClusterClients && orElse(front.preservesClientAddress.value, true)
      ? [
          to(sayDecide("hide-client-address", { instruction: instructions.hideClientAddress(front) }), {
            preservesClientAddress: byDefault(false, front.preservesClientAddress.at),
          }),
        ]
      : [];
  return [...names, ...forgets];
}

function toWorkload(statement: Statement, apply: (workload: Workload) => Workload): Change {
  return {
    statement,
    apply: (exposure, front) => ({
      exposure: { ...exposure, workloads: exposure.workloads.map(apply) },
      front,
    }),
  };
}
