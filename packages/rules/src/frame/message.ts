import { findingName, type Finding } from "@evenkeel/core/model";

/**
 * A finding in one line, printed alike by the constructor, the pack and the command:
 * `rule-id Service shop/web spec.path: TCP; wanted HTTP /healthz on 31223; because; fix`.
 */
export function findingLine(finding: Finding): string {
  return `${finding.rule} ${findingName(finding.resource)} ${finding.path}: ${finding.message}`;
}

/** The finding for a terminal or a policy report: the line, what to do, and where to read on. */
export function findingText(finding: Finding): string {
  const lines = [findingLine(finding)];
  if (finding.fix) lines.push(`fix: ${finding.fix}`);
  if (finding.assumption) lines.push(`assumed: ${finding.assumption}`);
  if (finding.exemption) lines.push(exemptionLine(finding.exemption));
  lines.push(`docs: ${finding.url}`);
  return lines.join("\n");
}

function exemptionLine({ reason, approver, expires }: NonNullable<Finding["exemption"]>): string {
  return `exempted${approver ? ` by ${approver}` : ""}${expires ? ` until ${expires}` : ""}: ${reason}`;
}
