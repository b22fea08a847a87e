import {
  CATALOGUE,
  expectedText,
  factOf,
  findRule,
  nearest,
  type BadExample,
  type GoodExample,
  type Rule,
} from "@evenkeel/rules";
import type { Command } from "commander";
import { dump } from "js-yaml";
import { Failure } from "../failure";
import { paintOf, print, type IO } from "../io";
import type { Paint } from "../render/paint";
import { columns } from "../render/table";

/** `rules` and `explain`: what the catalogue knows. */
export function addRules(program: Command, io: IO): void {
  program
    .command("rules")
    .description("List the rules with level and severity.")
    .action(() =>
      print(
        io,
        columns(
          CATALOGUE.map(({ id, level, severity, law }) => [id, level, severity, law]),
          0,
        ),
      ),
    );
  program
    .command("explain")
    .description("Say what a rule demands and why, how to mend it, with examples and sources.")
    .argument("<rule>", "a rule id; `evenkeel rules` lists them")
    .action((id: string) => {
      const rule = findRule(id);
      const ids = CATALOGUE.map((one) => one.id);
      if (!rule) throw new Failure(`unknown rule ${id}${nearest(id, ids)}; \`evenkeel rules\` lists them`);
      print(io, explain(rule, paintOf(io)));
    });
}

function explain(rule: Rule, paint: Paint): string {
  const { bad, good } = rule.examples();
  return [
    `${paint.bold(rule.id)}  ${rule.level}, ${rule.severity}`,
    "",
    rule.law,
    `Otherwise: ${rule.why}.`,
    `Fix: ${rule.fix}`,
    "",
    ...bad.map((example) => renderExample(paint.red("bad"), rule, example)),
    ...good.map((example) => renderExample(paint.green("good"), rule, example)),
    "Facts:",
    ...rule.facts.map((fact) => `  ${fact}: ${factOf(fact).statement}`),
    "Sources:",
    ...rule.refs.map(({ title, url }) => `  ${title}\n    ${url}`),
  ].join("\n");
}

function renderExample(kind: string, rule: Rule, example: BadExample | GoodExample): string {
  const { name, objects = [], files = {} } = example;
  const yaml = objects.map((object) => dump(object, { lineWidth: -1, noRefs: true })).join("---\n");
  const texts = Object.entries(files).map(([file, text]) => `# ${file}\n${text}`);
  const found = expectedText(rule, example);
  return [
    `${kind}: ${name}`,
    indented([...(yaml === "" ? [] : [yaml]), ...texts].join("\n")),
    ...(found === "" ? [] : ["  reports:", indented(found)]),
    "",
  ].join("\n");
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
