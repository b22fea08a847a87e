import type { Finding } from "@evenkeel/core/model";
import type { ReportDocument } from "@evenkeel/rules";

export const FORMATS = ["text", "json", "sarif", "github"] as const;
export type Format = (typeof FORMATS)[number];

export function isFormat(text: string): text is Format {
  return FORMATS.some((format) => format === text);
}

export function json(document: ReportDocument): string {
  return JSON.stringify(document, null, 2);
}

/** Workflow commands that GitHub Actions turns into annotations; https://docs.github.com/actions/reference/workflow-commands. */
export function github(findings: readonly Finding[]): string {
  return findings
    .filter(({ verdict }) => verdict !== "exempted")
    .map((finding) => {
      const level = finding.verdict === "violated" && finding.level === "mandatory" ? "error" : "warning";
      const place = [
        finding.file ? `file=${property(finding.file)}` : "",
        finding.line ? `line=${finding.line}` : "",
        `title=${property(finding.rule)}`,
      ];
      return `::${level} ${place.filter(Boolean).join(",")}::${escape(`${finding.path}: ${finding.message}\nfix: ${finding.fix}`)}`;
    })
    .join("\n");
}

function escape(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return escape(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
