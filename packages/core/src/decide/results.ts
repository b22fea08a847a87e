import type { Evaluation } from "./evaluate";
import type { PolicyResults } from "./texts";

/** What a candidate comes to in numbers, the worst of the scenarios. */
export function resultsOf({ estimates }: Pick<Evaluation, "estimates">): PolicyResults {
  const heats = estimates.flatMap(({ hottest }) => hottest?.p95 ?? []);
  return {
    hottest: heats.length > 0 ? Math.max(...heats) : null,
    nodesServing: Math.min(...estimates.map(({ nodesServing }) => nodesServing.p95)),
    dropped: Math.max(...estimates.map((one) => one.dropped.p95)),
    clientAddress: estimates[0]?.clientAddress.sees ?? "node",
  };
}
