import { findingName, type Finding } from "@evenkeel/core/model";
import { summarise, type Summary } from "@evenkeel/rules";
import type { Paint } from "./paint";

/** Findings for people, grouped by the object to edit. */
export function renderFindings(findings: readonly Finding[], paint: Paint): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const name = findingName(finding.resource);
    groups.set(name, [...(groups.get(name) ?? []), finding]);
  }
  return [...groups]
    .map(([name, group]) =>
      [paint.bold(name), ...group.map((finding) => renderFinding(finding, paint))].join("\n"),
    )
    .join("\n\n");
}

function renderFinding(finding: Finding, paint: Paint): string {
  const place = finding.file ? paint.dim(`${finding.file}${finding.line ? `:${finding.line}` : ""}`) : "";
  const lines = [
    `  ${mark(finding, paint)} ${finding.rule} ${place}`.trimEnd(),
    `    ${paint.cyan(finding.path)}: ${finding.message}`,
  ];
  if (finding.verdict === "exempted") lines.push(`    exempted: ${exemption(finding)}`);
  if (finding.verdict === "violated" && finding.fix) lines.push(`    fix: ${finding.fix}`);
  if (finding.assumption) lines.push(`    assumed: ${finding.assumption}`);
  if (finding.verdict === "violated" && finding.patch) {
    lines.push(
      "    patch:",
      ...finding.patch
        .trimEnd()
        .split("\n")
        .map((line) => paint.green(`      ${line}`)),
    );
  }
  lines.push(paint.dim(`    docs: ${finding.url}`));
  return lines.join("\n");
}

function mark({ verdict, level }: Finding, paint: Paint): string {
  if (verdict === "exempted") return paint.dim("○ exempted ");
  if (verdict === "unknown") return paint.magenta("? cannot tell");
  if (verdict === "notJoined") return paint.magenta("? not found");
  return level === "mandatory" ? paint.red("✗ mandatory") : paint.yellow("! advisory ");
}

function exemption({ exemption }: Finding): string {
  const by = exemption?.approver ? `, approved by ${exemption.approver}` : "";
  const until = exemption?.expires ? `, until ${exemption.expires}` : "";
  return `${exemption?.reason ?? ""}${by}${until}`;
}

/** `2 mandatory violations, 1 advisory; 3 undecided`. */
export function renderSummary(
  findings: readonly Finding[],
  ignored: number,
  services: number,
  paint: Paint,
): string {
  const summary: Summary = summarise(findings, ignored);
  const undecided = summary.unknown + summary.notJoined + summary.ignored;
  const parts = [
    paintCount(summary.violated, "mandatory violation", paint.red),
    paintCount(summary.advisory, "advisory finding", paint.yellow),
    ...(summary.exempted > 0 ? [paintCount(summary.exempted, "exempted", paint.dim, "")] : []),
    ...(undecided > 0 ? [paintCount(undecided, "undecided", paint.magenta, "")] : []),
  ];
  return `${services} Service${services === 1 ? "" : "s"} checked: ${parts.join(", ")}`;
}

function paintCount(count: number, noun: string, colour: (text: string) => string, plural = "s"): string {
  const text = `${count} ${noun}${count === 1 ? "" : plural}`;
  return count > 0 ? colour(text) : text;
}
