import {
  CATALOGUE,
  expectedFindings,
  expectedText,
  factOf,
  type BadExample,
  type GoodExample,
  type Rule,
} from "@evenkeel/rules";
import { dump } from "js-yaml";
import type { Page } from "./main";

/** One page a rule, and the list of all. */
export function rulePages(): readonly Page[] {
  return [
    { path: "docs/rules/README.md", text: index() },
    ...CATALOGUE.map((rule) => ({ path: `docs/rules/${rule.id}.md`, text: page(rule) })),
  ];
}

function index(): string {
  const rows = CATALOGUE.map(
    ({ id, level, severity, law }) => `| [${id}](${id}.md) | ${level} | ${severity} | ${law} |`,
  );
  return ["# Rules", "", "| rule | level | severity | law |", "| --- | --- | --- | --- |", ...rows, ""].join(
    "\n",
  );
}

function page(rule: Rule): string {
  const { bad, good } = rule.examples();
  return [
    `# ${rule.id}`,
    "",
    `**${rule.law}** Level: ${rule.level}. Severity: ${rule.severity}.`,
    "",
    `Otherwise ${rule.why}.`,
    "",
    "## Fix",
    "",
    rule.fix,
    ...(rule.restsOn === "kube-proxy"
      ? [
          "",
          "Holds for kube-proxy in iptables and nftables mode. With another data plane the finding is advisory and says so.",
        ]
      : []),
    "",
    "## Bad",
    ...bad.flatMap((one) => example(rule, one)),
    "",
    "## Good",
    ...good.flatMap((one) => example(rule, one)),
    "",
    "## Facts",
    "",
    ...rule.facts.map((id) => `- \`${id}\`: ${factOf(id).statement} ([source](${factOf(id).source}))`),
    "",
    "## Sources",
    "",
    ...rule.refs.map(({ title, url }) => `- [${title}](${url})`),
    "",
  ].join("\n");
}

function example(rule: Rule, example: BadExample | GoodExample): readonly string[] {
  const { name, objects = [], files = {} } = example;
  const yaml = objects.map((object) => dump(object, { lineWidth: -1, noRefs: true, skipInvalid: true }));
  const found = expectedText(rule, example);
  return [
    "",
    `### ${capitalised(name)}`,
    ...(yaml.length > 0 ? fenced("yaml", yaml.join("---\n")) : []),
    ...Object.entries(files).flatMap(([file, text]) => [
      "",
      `\`${file}\`:`,
      ...fenced(file.endsWith(".yaml") ? "yaml" : "text", text),
    ]),
    ...(found === "" ? [] : ["", "reports", ...fenced("text", found)]),
    ...expectedFindings(rule, example).flatMap(({ patch }) =>
      patch === undefined ? [] : ["", "and the patch", ...fenced("yaml", patch)],
    ),
  ];
}

function fenced(language: string, text: string): readonly string[] {
  return ["", `\`\`\`${language}`, text.trimEnd(), "```"];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
