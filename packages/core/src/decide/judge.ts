import { TOLERANCE, type Figure, type KnownEstimate } from "../estimate";
import type { Statement } from "../model";
import type { Candidate } from "./candidate";
import type { Evaluation } from "./evaluate";
import type * as Inside from "./inside";
import { REQUIREMENTS, type Requirements } from "./requirements";
import { rolloutFailure } from "./rollout";
import { sayDecide } from "./texts";

/** A requirement that a candidate does not meet, with the number that decides. */
export interface Rejection {
  readonly candidate: Candidate;
  readonly requirement: keyof Requirements;
  /** Its data has what was seen and what is wanted. */
  readonly why: Statement;
}

// Few ask about clients inside, and the way of a single packet is a part of a start that the others need not wait for.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const inside = (): typeof Inside => require("./inside") as typeof Inside;

/** Every requirement that the candidate fails, the worst scenario of each. */
export function judge(evaluation: Evaluation, wanted: Requirements): readonly Rejection[] {
  const { candidate } = evaluation;
  return NAMES.flatMap((requirement) => {
    const why = JUDGES[requirement](evaluation, wanted);
    return why ? [{ candidate, requirement, why }] : [];
  });
}

/** Whether it fails none; the requirement that takes longest to judge comes last. */
export function meetsAll(evaluation: Evaluation, wanted: Requirements): boolean {
  const last: keyof Requirements = "maxRolloutLossSeconds";
  return [...NAMES.filter((name) => name !== last), last].every((name) => !JUDGES[name](evaluation, wanted));
}

type Judge = (evaluation: Evaluation, wanted: Requirements) => Statement | undefined;

/** How each requirement is compared with what a candidate comes to. */
const JUDGES: { readonly [K in keyof Requirements]-?: Judge } = {
  clientAddress: ({ estimates }, { clientAddress }) => {
    const hidden = estimates.find((one) => one.clientAddress.sees !== "client");
    if (clientAddress !== "required" || !hidden) return undefined;
    return sayDecide("client-address-hidden", { sees: hidden.clientAddress.sees });
  },
  maxHottest: ({ estimates }, { maxHottest }) =>
    aboveLimit("hottest-above-limit", estimates, ({ hottest }) => hottest, maxHottest),
  minNodesServing: ({ estimates, candidate }, { minNodesServing }) => {
    const tiesToNodes =
      candidate.internalTrafficPolicy === undefined && candidate.externalTrafficPolicy === "Local";
    const serving = worst(estimates, nodesEntered, "low");
    if (!tiesToNodes || !serving || serving.value >= minNodesServing) return undefined;
    const { value: seen } = serving;
    return sayDecide("too-few-nodes-serving", {
      seen,
      limit: minNodesServing,
      cluster: named(serving, estimates),
    });
  },
  maxDropped: ({ estimates }, { maxDropped }) =>
    aboveLimit("drops-above-limit", estimates, ({ dropped }) => dropped, maxDropped),
  maxCrossNode: ({ estimates }, { maxCrossNode }) =>
    aboveLimit("extra-hops-above-limit", estimates, ({ crossNode }) => crossNode, maxCrossNode),
  maxCrossZone: ({ estimates }, { maxCrossZone }) =>
    aboveLimit("zone-crossings-above-limit", estimates, ({ crossZone }) => crossZone, maxCrossZone),
  maxRolloutLossSeconds: ({ scenes }, { maxRolloutLossSeconds: most }) =>
    most === undefined ? undefined : rolloutFailure(scenes, most),
  inClusterClients: ({ scenes }, { inClusterClients }) => {
    if (!inClusterClients) return undefined;
    for (const scene of scenes) {
      const failure = inside().insideFailure(scene);
      if (failure) return failure;
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

function aboveLimit(
  code: "hottest-above-limit" | "drops-above-limit" | "extra-hops-above-limit" | "zone-crossings-above-limit",
  estimates: readonly KnownEstimate[],
  of: (estimate: KnownEstimate) => Figure | undefined,
  limit: number,
): Statement | undefined {
  const found = worst(estimates, of, "high");
  if (!found || found.value <= limit + TOLERANCE) return undefined;
  return sayDecide(code, { seen: found.value, limit, cluster: named(found, estimates) });
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

/** Which scenario, where there are several. */
function named({ cluster }: Worst, estimates: readonly KnownEstimate[]): string | null {
  return estimates.length > 1 ? cluster : null;
}
