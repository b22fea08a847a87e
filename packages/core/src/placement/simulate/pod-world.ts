import type { Node } from "../../model";
import type { SchedulerTraits } from "../../releases";
import { selectNode, scheduler } from "../cycle";
import { settle, type SettledPod } from "../existing-pods";
import { fitError, NO_NODES } from "../fit-error";
import { emptyLoad, loadBackground } from "../load";
import { nodeTable } from "../node-table";
import { makePlan, type Plan, type Surroundings } from "../plan";
import type { OwnerSelector, SpreadService } from "../plugins/spread-constraints";
import { podFacts, type Namespace, type PlacedPod } from "../pod-facts";
import type { Random } from "../random";
import { evenly } from "../ties";

/** One revision of the workload: what its pods look like, and which of them default spreading counts together. */
export interface Revision {
  readonly pod: PlacedPod;
  readonly owner: OwnerSelector;
}

/** CPU and memory that something unseen asks for, as fractions of the node. */
export interface Background {
  readonly cpu: number;
  readonly memory: number;
}

/** What a world is made of. */
export interface WorldParts {
  readonly nodes: readonly Node[];
  readonly services: readonly SpreadService[];
  readonly namespaces: readonly Namespace[];
  readonly behaviour: SchedulerTraits;
  readonly revisions: readonly Revision[];
  /** Pods of others, by the name of their node. */
  readonly others: readonly { readonly node: string; readonly pod: PlacedPod }[];
  readonly background: ReadonlyMap<string, Background>;
  readonly random: Random;
}

/** A pod of the workload on a node, as far as it weighs on the placement of the next. */
interface Standing {
  readonly revision: number;
  readonly node?: string;
  readonly terminating: boolean;
}

/** The scheduler over one set of nodes and revisions; made anew when either changes. */
export interface PodWorld {
  /** The node for one more pod, or none. */
  readonly choose: (revision: number, pinnedTo?: string) => string | undefined;
  /** Why there is none. */
  readonly why: (revision: number, pinnedTo?: string) => string;
  readonly put: (pod: Standing) => void;
  readonly take: (pod: Standing) => void;
}

export function podWorld(parts: WorldParts): PodWorld {
  const { nodes, revisions, behaviour, random } = parts;
  const table = nodeTable(nodes);
  const load = emptyLoad(table);
  const surroundings: Surroundings = { ...parts, table };
  const plans = revisions.map(({ pod, owner }) => makePlan(surroundings, pod, owner));
  const settled = (node: string, pod: PlacedPod): readonly SettledPod[] => {
    const index = table.indexOf.get(node);
    return index === undefined ? [] : [{ node: index, facts: podFacts(pod, behaviour) }];
  };
  for (const { node, pod } of parts.others) for (const one of settled(node, pod)) settle(load, plans, one);
  nodes.forEach(({ name }, node) => {
    const drawn = parts.background.get(name);
    if (drawn) loadBackground(load, table, node, drawn.cpu, drawn.memory);
  });
  const world = scheduler(table, load, evenly(random));
  if (table.size > 0) world.start = random.below(table.size);

  // A pod on its way out no longer counts for spreading, but holds what it asked for and the affinity of others.
  const facts = revisions.map(({ pod }) => ({
    staying: podFacts(pod, behaviour),
    leaving: podFacts({ ...pod, terminating: true }, behaviour),
  }));
  const change = ({ revision, node, terminating }: Standing, sign: 1 | -1): void => {
    const index = node === undefined ? undefined : table.indexOf.get(node);
    if (index === undefined) return;
    settle(load, plans, { node: index, facts: facts[revision]![terminating ? "leaving" : "staying"] }, sign);
  };
  const planFor = (revision: number, pinnedTo?: string): Plan => {
    const plan = plans[revision]!;
    return pinnedTo === undefined
      ? plan
      : { ...plan, named: { only: new Set([pinnedTo]), by: ["NodeAffinity"] } };
  };
  return {
    choose: (revision, pinnedTo) => {
      const node = table.size === 0 ? -1 : selectNode(world, planFor(revision, pinnedTo));
      return nodes[node]?.name;
    },
    why: (revision, pinnedTo) => (table.size === 0 ? NO_NODES : fitError(world, planFor(revision, pinnedTo))),
    put: (pod) => change(pod, 1),
    take: (pod) => change(pod, -1),
  };
}
