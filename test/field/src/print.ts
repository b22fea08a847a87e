import type { Outcome } from "./judge";
import type { CaseResult, FolderResult } from "./run";

const OUTCOMES: readonly Outcome[] = ["passed", "failed", "undecided"];

/** What did not pass, why, the table by folder, and the sum as the last line. */
export function printed(results: readonly FolderResult[]): string {
  const all = results.flatMap(({ cases }) => cases);
  const width = Math.max(...results.map(({ folder }) => folder.length), "folder".length) + 2;
  const row = (name: string, columns: readonly (string | number)[]) =>
    `${name.padEnd(width)}${columns.map((column) => `${column}`.padStart(11)).join("")}`;
  const count = (cases: readonly CaseResult[], outcome: Outcome) =>
    cases.filter((one) => one.outcome === outcome).length;
  return [
    ...all.filter(({ outcome }) => outcome !== "passed").flatMap(detail),
    "",
    row("folder", ["cases", ...OUTCOMES]),
    ...results.map(({ folder, cases }) =>
      row(folder, [cases.length, ...OUTCOMES.map((outcome) => count(cases, outcome))]),
    ),
    "",
    `${count(all, "undecided")} undecided: what is expected is not said, since the load balancer is not modelled`,
    `${count(all, "passed")} passed, ${count(all, "failed")} failed`,
  ].join("\n");
}

function detail({ id, outcome, reasons }: CaseResult): readonly string[] {
  return [`${outcome.padEnd(10)} ${id}`, ...reasons.map((reason) => `             ${reason}`)];
}
