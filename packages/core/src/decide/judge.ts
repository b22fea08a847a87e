import type { KnownEstimate, Figure } from "../estimate";
import { candidateName, type Candidate } from "./candidate";
import type { Evaluation } from "./evaluate";
import type * as Inside from "./inside";
import { REQUIREMENTS, type Requirements } from "./requirements";
import { rolloutFailure } from "./rollout";
import { percent, ratio } from "./words";

/** A requirement that a candidate does not meet, with the number that decides. */
export interface Rejection {
  readonly candidate: Candidate;
  readonly requirement: keyof Requirements;
  readonly seen: string;
  readonly wanted: string;
  readonly sentence: string;
}

/** Why a requirement is not met. */
export type Failing = Pick<Rejection, "seen" | "wanted"> & { readonly says: string };

const WITHIN = 1e-9;

// Few ask about clients inside, and the way of a single packet is a part of a start that the others need not wait for.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const inside = (): typeof Inside => require("./inside") as typeof Inside;

/** Every requirement that the candidate fails, the worst scenario of each. */
export function judge(evaluation: Evaluation, wanted: Requirements): readonly Rejection[] {
  const { candidate } = evaluation;
  return NAMES.flatMap((requirement) => {
    const failing = JUDGES[requirement](evaluation, wanted);
    if (!failing) return [];
    const { seen, wanted: limit, says } = failing;
    return [
      { candidate, requirement, seen, wanted: limit, sentence: `${candidateName(candidate)}: ${says}` },
    ];
  });
}

/** Whether it fails none; the requirement that takes longest to judge comes last. */
export function meetsAll(evaluation: Evaluation, wanted: Requirements): boolean {
  const last: keyof Requirements = "maxRolloutLossSeconds";
  return [...NAMES.filter((name) => name !== last), last].every((name) => !JUDGES[name](evaluation, wanted));
}

type Judge = (evaluation: Evaluation, wanted: Requirements) => Failing | undefined;

/** How each requirement is held against what a candidate comes to. */
const JUDGES: { readonly [K in keyof Requirements]-?: Judge } = {
  clientAddress: ({ estimates }, { clientAddress }) => {
    const hidden = estimates.find((one) => one.clientAddress.sees !== "client");
    if (clientAddress !== "required" || !hidden) return undefined;
    const { sees } = hidden.clientAddress;
    return {
      seen: sees,
      wanted: "client",
      says: `the pods see the ${sees === "balancer" ? "load balancer" : sees}'s address, and the client's is required`,
    };
  },
  maxHottest: ({ estimates }, { maxHottest }) =>
    tooMuch(estimates, ({ hottest }) => hottest, maxHottest, {
      of: ratio,
      says: (seen, where) => `the hottest pod gets ${seen} times its fair part (95th percentile${where})`,
    }),
  minNodesServing: ({ estimates, candidate }, { minNodesServing }) => {
    const tiesToNodes =
      candidate.internalTrafficPolicy === undefined && candidate.externalTrafficPolicy === "Local";
    const serving = worst(estimates, nodesEntered, "low");
    if (!tiesToNodes || !serving || serving.value >= minNodesServing) return undefined;
    const one = serving.value === 1;
    const nodes = `${serving.value} node${one ? "" : "s"}`;
    const wanted = `at least ${minNodesServing}`;
    return {
      seen: nodes,
      wanted,
      says: `all traffic enters through ${nodes} that ${one ? "has" : "have"} a pod${on(serving, estimates)}; ${wanted} must serve`,
    };
  },
  maxDropped: ({ estimates }, { maxDropped }) =>
    tooMuch(estimates, ({ dropped }) => dropped, maxDropped, {
      of: percent,
      says: (seen, where) => `${seen} of new connections are dropped${where}`,
    }),
  maxCrossNode: ({ estimates }, { maxCrossNode }) =>
    tooMuch(estimates, ({ crossNode }) => crossNode, maxCrossNode, {
      of: percent,
      says: (seen, where) => `${seen} of connections take an extra hop to another node${where}`,
    }),
  maxCrossZone: ({ estimates }, { maxCrossZone }) =>
    tooMuch(estimates, ({ crossZone }) => crossZone, maxCrossZone, {
      of: percent,
      says: (seen, where) => `${seen} of connections are taken to another zone${where}`,
    }),
  maxRolloutLossSeconds: ({ scenes }, { maxRolloutLossSeconds: most }) =>
    most === undefined ? undefined : rolloutFailure(scenes, most),
  inClusterClients: ({ scenes }, { inClusterClients }) => {
    if (!inClusterClients) return undefined;
    for (const scene of scenes) {
      const failure = inside().insideFailure(scene);
      if (failure)
        return { seen: failure.seen, wanted: "reachable from inside the cluster", says: failure.says };
    }
    return undefined;
  },
};

/** In the order of the requirements themselves. */
const NAMES = Object.keys(REQUIREMENTS) as readonly (keyof Requirements)[];

/** Nodes that have a pod; where the balancer sends to few of all nodes, those among its targets. */
function nodesEntered({ nodesServing, targetsHealthy }: KnownEstimate): Figure {
  // With no healthy target a balancer may send to all of them.
  const fewer = targetsHealthy && targetsHealthy.p95 > 0 && targetsHealthy.p95 < nodesServing.p95;
  return fewer ? targetsHealthy : nodesServing;
}

interface Telling {
  of(value: number): string;
  says(seen: string, where: string): string;
}

function tooMuch(
  estimates: readonly KnownEstimate[],
  of: (estimate: KnownEstimate) => Figure | undefined,
  most: number,
  telling: Telling,
): Failing | undefined {
  const found = worst(estimates, of, "high");
  if (!found || found.value <= most + WITHIN) return undefined;
  const seen = telling.of(found.value);
  const wanted = `at most ${telling.of(most)}`;
  return { seen, wanted, says: `${telling.says(seen, on(found, estimates))}; ${wanted} is tolerated` };
}

interface Worst {
  readonly value: number;
  readonly cluster: string;
}

function worst(
  estimates: readonly KnownEstimate[],
  of: (estimate: KnownEstimate) => Figure | undefined,
  bad: "high" | "low",
): Worst | undefined {
  return estimates
    .flatMap((estimate) => {
      const value = of(estimate)?.p95;
      return value === undefined ? [] : [{ value, cluster: estimate.cluster }];
    })
    .reduce<Worst | undefined>(
      (a, b) => (!a || (bad === "high" ? b.value > a.value : b.value < a.value) ? b : a),
      undefined,
    );
}

function on({ cluster }: Worst, estimates: readonly KnownEstimate[]): string {
  return estimates.length > 1 ? ` on ${cluster}` : "";
}
