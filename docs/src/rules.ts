import { CATALOGUE, factOf, type Example, type Rule } from "@evenkeel/rules";
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
    ...bad.flatMap(example),
    "",
    "## Good",
    ...good.flatMap(example),
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

function example({ name, objects, text, level }: Example): readonly string[] {
  const yaml =
    text ??
    objects.map((object) => dump(object, { lineWidth: -1, noRefs: true, skipInvalid: true })).join("---\n");
  const demoted = level ? ` (${level})` : "";
  return ["", `${name}${demoted}:`, "", "```yaml", yaml.trimEnd(), "```"];
}
