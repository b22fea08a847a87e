import { candidateName, type Comparison, type Decision } from "@evenkeel/core/decide";
import { findingName } from "@evenkeel/core/model";
import type { Paint } from "./paint";

/** A decision for people: what, why, what was rejected by which requirement, and what would change it. */
export function renderDecision(decision: Decision, paint: Paint): string {
  const ports =
    decision.ports.length > 0
      ? ` (port${decision.ports.length === 1 ? "" : "s"} ${decision.ports.join(", ")})`
      : "";
  const name = paint.bold(candidateName(decision.chosen));
  const side = decision.side === "internal" ? "  internal" : "";
  const chosen = decision.met
    ? `${paint.green("✓")} ${name}`
    : `${paint.yellow("!")} ${name}, although no policy meets every requirement`;
  return [
    `${paint.bold(findingName(decision.service))}${ports}${side}`,
    `  ${chosen}`,
    ...decision.why.map(({ sentence }) => `    ${sentence}`),
    ...decision.rejected.map(
      ({ candidate, why }) => `  ${paint.red("✗")} ${candidateName(candidate)}: ${why.sentence}`,
    ),
    ...decision.fixes.map(
      ({ for: candidate, change, effect }) =>
        `  ${paint.cyan("→")} ${candidateName(candidate)} would meet the requirements if you ${change.sentence}: ${effect.sentence}`,
    ),
    ...(decision.openQuestions ?? []).map(
      ({ statement, changes }) => `    ${changes ? statement.sentence : paint.dim(statement.sentence)}`,
    ),
    ...[decision.margin?.replicas, decision.margin?.nodes].flatMap((one) =>
      one ? [`    ${one.statement.sentence}`] : [],
    ),
    paint.dim(
      `    evaluated on ${shapes(decision.clusters)}; ${decision.trials} placements, seed ${decision.seed}`,
    ),
  ].join("\n");
}

/** Shapes listed at most; of more, where ranges cross, the ends. */
const SHOWN = 6;

function shapes(clusters: readonly string[]): string {
  if (clusters.length <= SHOWN) return clusters.join("; ");
  return `${clusters.length} shapes from ${clusters[0] ?? ""} to ${clusters.at(-1) ?? ""}`;
}

/** Which kind of target comes first for a Service, and why. */
export function renderComparison({ service, alternatives, why }: Comparison, paint: Paint): string {
  return [
    `${paint.bold(findingName(service))}  load balancers and targets compared`,
    ...alternatives.flatMap(({ title, sendsTo, results, decision }, index) => {
      const policy = sendsTo === "nodes" ? ` with ${candidateName(decision.chosen)}` : "";
      const missed = decision.met ? "" : ", which does not meet every requirement";
      return [`  ${index + 1}. ${title}${policy}${missed}`, paint.dim(`     ${results.sentence}`)];
    }),
    ...why.map(({ sentence }) => `    ${sentence}`),
  ].join("\n");
}
