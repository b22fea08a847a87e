import { version } from "../version";
import { check, CATALOGUE, reportDocument, type ReportDocument } from "@evenkeel/rules";
import { assess, type Decision } from "@evenkeel/core/decide";
import {
  estimate,
  isReached,
  withOpenQuestions,
  type Estimate,
  type EstimateOptions,
} from "@evenkeel/core/estimate";
import { isAnswered, isUnanswered, type Exposure, type Finding, type Unanswered } from "@evenkeel/core/model";
import { EXIT } from "../failure";
import { github, json, type Format } from "../formats/formats";
import type { Config } from "../config";
import type { Loaded } from "../input/load";
import { withLines } from "../input/lines";
import { note, paintOf, print, type IO } from "../io";
import { renderComparison, renderDecision } from "../render/decision";
import { renderDisruptions } from "../render/disruption";
import { renderEstimates } from "../render/estimate";
import { renderFindings, renderSummary } from "../render/findings";
import { renderTransitions } from "../render/transition";
import { renderUnanswered } from "../render/unanswered";

/** Findings of everything read, with their places. */
export function findingsOf(
  loaded: Loaded,
  { enforcement, requirements }: Config,
): { findings: readonly Finding[]; ignored: number } {
  const exposures = loaded.inventory.exposures.map((one) => wishing(one, requirements));
  const { findings, ignored } = check(CATALOGUE, { ...loaded.inventory, exposures }, enforcement);
  return { findings: withLines(findings, loaded.places), ignored };
}

/** What the configuration requires is a wish for every Service, beside what each says itself. */
function wishing(exposure: Exposure, { clientAddress, inClusterClients }: Config["requirements"]): Exposure {
  const wishes = {
    ...exposure.wishes,
    ...(clientAddress === "required" ? { clientAddress: true } : {}),
    ...(inClusterClients ? { inClusterClients: true } : {}),
  };
  return Object.keys(wishes).length > 0 ? { ...exposure, wishes } : exposure;
}

/** Said where there is nothing to answer for. */
export const NOTHING_EXPOSED =
  "no exposed Service in this input (type LoadBalancer or NodePort, or with external IPs)";

export function exposed({ exposures }: Loaded): readonly Exposure[] {
  return exposures.filter(isReached);
}

export function estimatesOf(exposures: readonly Exposure[], options: EstimateOptions): readonly Estimate[] {
  return exposures.flatMap((exposure) => withOpenQuestions(estimate(exposure, options), exposure, options));
}

/** What each Service's traffic comes to as it is, and what would be chosen; predicted ones share their placements. */
export function assessed(
  exposures: readonly Exposure[],
  options: { trials: number; seed: number },
  { requirements }: Config,
): Assessed {
  const each = exposures.map((exposure) => {
    const { estimates, decisions } = assess(exposure, { ...options, requirements });
    const observed = exposure.endpoints !== undefined && exposure.cluster.nodes.length > 0;
    const seen = observed ? estimate(exposure, options) : estimates;
    return { estimates: external(seen), decisions };
  });
  const decided = each.flatMap((one) => one.decisions);
  return {
    estimates: each.flatMap((one) => one.estimates),
    decisions: decided.filter(isAnswered),
    unanswered: decided.filter(isUnanswered),
  };
}

export interface Assessed {
  readonly estimates: readonly Estimate[];
  readonly decisions: readonly Decision[];
  readonly unanswered: readonly Unanswered[];
}

export function external(estimates: readonly Estimate[]): readonly Estimate[] {
  return estimates.filter(({ side }) => side === "external");
}

/** Prints a document in the format asked for; text sections come in the order of its fields. */
export async function printDocument(
  io: IO,
  document: ReportDocument,
  format: Format,
  loaded: Loaded,
): Promise<void> {
  if (format === "json") return print(io, json(document));
  if (format === "github") return print(io, github(document.findings));
  if (format === "sarif") {
    const { sarif } = await import("../formats/sarif.js");
    return print(io, sarif(document.findings, version()));
  }
  for (const line of loaded.notes) note(io, `note: ${line}`);
  const paint = paintOf(io);
  const sections = [
    renderFindings(document.findings, paint),
    ...renderEstimates(document.estimates, paint),
    ...document.decisions.map((one) => renderDecision(one, paint)),
    ...document.comparisons.map((one) => renderComparison(one, paint)),
    ...renderDisruptions(document.disruptions, paint),
    ...renderTransitions(document.transitions, paint),
    ...document.unanswered.map((one) => renderUnanswered(one, paint)),
  ].filter((section) => section !== "");
  print(io, sections.join("\n\n"));
}

export function printSummary(io: IO, findings: readonly Finding[], ignored: number, services: number): void {
  print(io, `\n${renderSummary(findings, ignored, services, paintOf(io))}`.trimStart());
}

export function exitCodeFor(findings: readonly Finding[], failOn: "mandatory" | "advisory"): number {
  // An undecided finding is mandatory only where `onUnknown: block` made it so.
  const fails = findings.some(
    ({ verdict, level }) =>
      verdict !== "exempted" && (level === "mandatory" || (failOn === "advisory" && verdict === "violated")),
  );
  return fails ? EXIT.violated : EXIT.clean;
}

export { reportDocument };
