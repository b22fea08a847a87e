import { percent, ratio } from "./words";
import type { Estimate, Figure } from "../estimate";
import { candidateName, type Candidate } from "./candidate";
import type { Evaluation } from "./evaluate";
import type { Requirements } from "./requirements";

/** A requirement that a candidate does not meet, with the number that decides. */
export interface Rejection {
  readonly candidate: Candidate;
  readonly requirement: keyof Requirements;
  readonly seen: string;
  readonly wanted: string;
  readonly sentence: string;
}

const WITHIN = 1e-9;

/** Every requirement that the candidate fails, the worst scenario of each. */
export function judge({ candidate, estimates }: Evaluation, wanted: Requirements): readonly Rejection[] {
  const rejections: Rejection[] = [];
  const reject = (requirement: keyof Requirements, seen: string, limit: string, sentence: string): void => {
    rejections.push({
      candidate,
      requirement,
      seen,
      wanted: limit,
      sentence: `${candidateName(candidate)}: ${sentence}`,
    });
  };
  const hidden = estimates.find(({ clientAddress }) => clientAddress.sees !== "client");
  if (wanted.clientAddress === "required" && hidden) {
    const sees = hidden.clientAddress.sees;
    reject(
      "clientAddress",
      sees,
      "client",
      `the pods see the ${sees}'s address, and the client's is required`,
    );
  }
  const dropping = worst(estimates, ({ dropped }) => dropped, "high");
  if (dropping && dropping.value > wanted.maxDropped + WITHIN) {
    const limit = `at most ${percent(wanted.maxDropped)}`;
    reject(
      "maxDropped",
      percent(dropping.value),
      limit,
      `${percent(dropping.value)} of new connections are dropped${on(dropping, estimates)}; ${limit} is tolerated`,
    );
  }
  const heat = worst(estimates, ({ hottest }) => hottest, "high");
  if (heat && heat.value > wanted.maxHottest + WITHIN) {
    const limit = `at most ${ratio(wanted.maxHottest)}`;
    reject(
      "maxHottest",
      ratio(heat.value),
      limit,
      `the hottest pod gets ${ratio(heat.value)} times its fair part (95th percentile${on(heat, estimates)}); ${limit} is tolerated`,
    );
  }
  const serving = worst(estimates, ({ nodesServing }) => nodesServing, "low");
  const tiesToNodes =
    candidate.internalTrafficPolicy === undefined && candidate.externalTrafficPolicy === "Local";
  if (tiesToNodes && serving && serving.value < wanted.minNodesServing) {
    const limit = `at least ${wanted.minNodesServing}`;
    const nodes = `${serving.value} node${serving.value === 1 ? "" : "s"}`;
    reject(
      "minNodesServing",
      nodes,
      limit,
      `all traffic enters through ${nodes} that ${serving.value === 1 ? "has" : "have"} a pod${on(serving, estimates)}; ${limit} must serve`,
    );
  }
  return rejections;
}

interface Worst {
  readonly value: number;
  readonly cluster: string;
}

function worst(
  estimates: readonly Estimate[],
  of: (estimate: Estimate) => Figure | undefined,
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

function on({ cluster }: Worst, estimates: readonly Estimate[]): string {
  return estimates.length > 1 ? ` on ${cluster}` : "";
}
