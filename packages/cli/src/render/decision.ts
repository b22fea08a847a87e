import { candidateName, type Decision } from "@evenkeel/core/decide";
import { findingName } from "@evenkeel/core/model";
import type { Paint } from "./paint";

/** A decision for people: what, why, what was rejected by which requirement, and what would change it. */
export function renderDecision(decision: Decision, paint: Paint): string {
  const ports =
    decision.ports.length > 0
      ? ` (port${decision.ports.length === 1 ? "" : "s"} ${decision.ports.join(", ")})`
      : "";
  const name = paint.bold(candidateName(decision.chosen));
  const chosen = decision.met
    ? `${paint.green("✓")} ${name}`
    : `${paint.yellow("!")} ${name}, although no policy meets every requirement`;
  return [
    `${paint.bold(findingName(decision.service))}${ports}`,
    `  ${chosen}`,
    ...decision.why.map((sentence) => `    ${sentence}`),
    ...decision.rejected.map(({ sentence }) => `  ${paint.red("✗")} ${sentence}`),
    ...decision.fixes.map(
      (fix) => `  ${paint.cyan("→")} ${candidateName(fix.for)} would do if you ${fix.change}: ${fix.effect}`,
    ),
    paint.dim(
      `    held against ${decision.clusters.join("; ")}; ${decision.trials} placements, seed ${decision.seed}`,
    ),
  ].join("\n");
}
