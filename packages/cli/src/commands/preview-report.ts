import { readPulumi } from "@evenkeel/adapters";
import { isExternal } from "@evenkeel/core/estimate";
import { releaseAssumptionText } from "@evenkeel/core/model";
import { ProgramFailed, type PreviewError, type PreviewResult } from "@evenkeel/offline";
import { check, CATALOGUE, findingText, reportDocument } from "@evenkeel/rules";
import { readConfig } from "../config";
import { EXIT, Failure } from "../failure";
import { isFormat, json } from "../formats/formats";
import { previewResources } from "../input/preview-resources";
import { note, paintOf, print, type IO } from "../io";
import { renderDecision } from "../render/decision";
import { renderEstimates } from "../render/estimate";
import { renderUnanswered } from "../render/unanswered";
import { renderFindings } from "../render/findings";
import { renderPolicies } from "../render/policies";
import { renderTree } from "../render/tree";
import type { PreviewCommandOptions } from "./preview";
import { placeable, waiting } from "./preview-open";
import { levelsOfPacks, policyReport } from "./preview-policies";
import { accepted } from "./refused";
import { assessed, exitCodeFor } from "./report";

const RULE_AT_START = new RegExp(`(^|[\\s:])(${CATALOGUE.map(({ id }) => id).join("|")}) \\S+ `, "m");

const HOW_TO_ANSWER =
  "standard output has a file to fill in for --answers; or check the output of pulumi preview --json, which knows the answers";

/** A finding that a component's constructor threw is a violation; everything else that ends a program is its failure. */
export function failureOf(error: PreviewError): Failure {
  if (error instanceof ProgramFailed) {
    const told = [error.message, ...error.diagnostics.map(({ message }) => message)];
    if (told.some((message) => RULE_AT_START.test(message))) {
      const findings = error.diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ message }) => message.trim());
      return new Failure(
        findings.length > 0 ? findings.join("\n") : error.message,
        EXIT.violated,
        error.detail,
      );
    }
  }
  const usage = error.kind === "project" || error.kind === "unanswered";
  const message = error.kind === "unanswered" ? `${error.message}; ${HOW_TO_ANSWER}` : error.message;
  return new Failure(message, usage ? EXIT.usage : EXIT.program, error.detail);
}

/** Prints what a preview found, and says the exit code. */
export async function reportPreview(
  io: IO,
  result: PreviewResult,
  options: PreviewCommandOptions,
  exit: (code: number) => void,
): Promise<void> {
  const config = await readConfig(undefined, io.today);
  const { exposures, unjoined, resources, version } = readPulumi(previewResources(result));
  const levels = { ...config.enforcement.levels, ...levelsOfPacks(result) };
  const { findings, ignored } = check(
    CATALOGUE,
    { exposures, unjoined, resources },
    { ...config.enforcement, levels },
  );
  const exposed = exposures.filter(({ service, choice }) => isExternal(service) && !choice?.waitsFor);
  const kept = accepted(exposed).exposures;
  const { decisions, unanswered, ...all } = assessed(kept, options, config);
  const { estimates, unplaced } = placeable(all.estimates, kept);
  const policies = policyReport(result);
  const blocked = policies
    ? result.outcome === "blocked"
    : exitCodeFor(findings, "mandatory") === EXIT.violated;
  exit(blocked ? EXIT.violated : EXIT.clean);
  if (result.programOutput.trim() !== "") note(io, result.programOutput.trimEnd());
  const told = new Set(findings.map(findingText));
  for (const line of warningsOf(result)) if (!told.has(line)) note(io, `warning: ${line}`);
  const answeredBy = version?.assumption ? [releaseAssumptionText(version.assumption)] : [];
  for (const line of [...answeredBy, ...waiting(exposures), ...unplaced]) note(io, `note: ${line}`);
  if (isFormat(options.format) && options.format === "json") {
    const parts = {
      estimates,
      decisions,
      unanswered,
      ignored,
      ...(policies ? { policies } : {}),
      ...(result.opaque.length > 0 ? { notChecked: result.opaque } : {}),
    };
    return print(io, json(reportDocument(findings, parts)));
  }
  const paint = paintOf(io);
  const sections = [
    renderTree(result, paint),
    policies ? renderPolicies(result, paint) : renderFindings(findings, paint),
    ...decisions.map((decision) => renderDecision(decision, paint)),
    ...renderEstimates(estimates, paint),
    ...unanswered.map((one) => renderUnanswered(one, paint)),
  ];
  print(io, sections.filter((section) => section !== "").join("\n\n"));
}

/** What the program warns of, each once. */
function warningsOf({ diagnostics }: PreviewResult): readonly string[] {
  const texts = diagnostics.flatMap(({ severity, message }) =>
    severity === "warning" ? [message.trim()] : [],
  );
  return [...new Set(texts)];
}
