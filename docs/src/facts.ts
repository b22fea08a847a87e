import { CATALOGUE, FACTS } from "@evenkeel/rules";
import type { Page } from "./main";

/** Every fact that findings stand for, with its source and its rules. */
export function factsPage(): Page {
  const rows = Object.entries(FACTS).map(([id, { statement, source }]) => {
    const rules = CATALOGUE.filter(({ facts }) => facts.some((fact) => fact === id)).map(
      (rule) => `[${rule.id}](rules/${rule.id}.md)`,
    );
    return `| ${id} | ${statement} | ${rules.join(", ")} | [source](${source}) |`;
  });
  const head = [
    "# Facts",
    "",
    "Findings carry the ids of the facts they stand for in `--format json`.",
    "",
    "| fact | statement | rules | source |",
    "| --- | --- | --- | --- |",
  ];
  return { path: "docs/facts.md", text: [...head, ...rows, ""].join("\n") };
}
