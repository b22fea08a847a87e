import type { Finding, Severity } from "@evenkeel/core/model";
import { CATALOGUE } from "@evenkeel/rules";
import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";

const SCORES: Readonly<Record<Severity, string>> = {
  low: "2.0",
  medium: "5.0",
  high: "8.0",
  critical: "9.5",
};

/** SARIF 2.1.0 for code scanning; fingerprints keep alerts stable over line moves. */
export function sarif(findings: readonly Finding[], version: string): string {
  const run = new SarifRunBuilder().initSimple({ toolDriverName: "evenkeel", toolDriverVersion: version });
  for (const rule of CATALOGUE) {
    const built = new SarifRuleBuilder().initSimple({
      ruleId: rule.id,
      shortDescriptionText: rule.law,
      fullDescriptionText: `${rule.law} Otherwise: ${rule.why}.`,
    });
    built.rule.help = { text: rule.fix };
    built.rule.properties = { "security-severity": SCORES[rule.severity], tags: [...rule.facts] };
    run.addRule(built);
  }
  for (const finding of findings) run.addResult(resultOf(finding));
  const builder = new SarifBuilder();
  builder.addRun(run);
  return builder.buildSarifJsonString({ indent: true });
}

function resultOf(finding: Finding): SarifResultBuilder {
  const result = new SarifResultBuilder();
  result.initSimple({
    level:
      finding.verdict === "violated" && finding.level === "mandatory"
        ? "error"
        : finding.verdict === "violated"
          ? "warning"
          : "note",
    ruleId: finding.rule,
    messageText: `${finding.path}: ${finding.message}\nFix: ${finding.fix}`,
    ...(finding.file ? { fileUri: finding.file, startLine: finding.line ?? 1 } : {}),
  });
  result.result.partialFingerprints = { "evenkeel/v1": finding.fingerprint };
  if (finding.exemption)
    result.result.suppressions = [{ kind: "external", justification: finding.exemption.reason }];
  return result;
}
