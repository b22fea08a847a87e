import type { Disagreement, SetResult } from "./run";

/** Disagreements of one set that are shown; the rest are counted. */
const SHOWN = 3;

/** The table, the smallest disagreements, and what is not modelled yet. */
export function report(results: readonly SetResult[], shown = SHOWN): string {
  const width = Math.max("set".length, ...results.map(({ set }) => set.length)) + 2;
  const row = (set: string, ...columns: readonly string[]) =>
    `${set.padEnd(width)}${columns.map((column) => column.padStart(10)).join("")}`;
  const table = results.map(({ set, cases, modelled, disagreements }) => {
    const disagree = disagreements.length;
    return modelled
      ? row(set, `${cases}`, `${cases - disagree}`, `${disagree}`)
      : `${row(set, `${cases}`)}  no model yet`;
  });
  const details = results
    .filter(({ disagreements }) => disagreements.length > 0 && shown > 0)
    .flatMap(({ set, disagreements }) => [
      "",
      `${set}: ${shown < disagreements.length ? `the smallest ${shown} of ${disagreements.length}` : `all ${disagreements.length}`} disagreements`,
      ...disagreements.slice(0, shown).flatMap(detail),
    ]);
  return [row("set", "cases", "agree", "disagree"), ...table, ...details].join("\n");
}

function detail({ id, differences }: Disagreement): readonly string[] {
  return [
    `  ${id}`,
    ...differences.flatMap(({ field, recorded, ours }) => [
      `    ${field}`,
      `      recorded ${text(recorded)}`,
      `      ours     ${text(ours)}`,
    ]),
  ];
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
