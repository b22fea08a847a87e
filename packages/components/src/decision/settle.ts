import { exposureFromComponent, type ComponentReading } from "@evenkeel/adapters";
import { estimate } from "@evenkeel/core/estimate";
import { type Exposure, type Finding, type HealthCheck } from "@evenkeel/core/model";
import { CATALOGUE, check, findingText, type Enforcement } from "@evenkeel/rules";
import { combinationProblems } from "../arguments/combinations";
import { isPlainObject } from "../arguments/now";
import type { Problem } from "../arguments/problem";
import { labelOf, type ComponentClass } from "../component-class";
import type { Decision, Estimate } from "../outputs";
import { decisionRecord, estimateRecord } from "./records";
import { Refusal, refuseArguments } from "./refusal";

/** What the arguments come to, once all of them that matter are known. */
export interface Settlement {
  readonly exposure: Exposure;
  readonly healthCheck: HealthCheck;
  readonly decision: Decision;
  readonly estimate: Estimate[];
  /** Advice: texts of findings below mandatory, and what of the requirements is not met. */
  readonly warnings: readonly string[];
}

/**
 * Judges the arguments as far as they are known. Throws a `Refusal` for what is wrong whatever is not known yet; undefined while
 * something that the decision rests on is still to come.
 */
export function settle(component: ComponentClass, name: string, args: unknown): Settlement | undefined {
  refuseArguments(labelOf(component, name), argumentProblems(component, args));
  const reading = exposureFromComponent(component.type, args, { name });
  if (!reading) throw new Error(`${component.type} is not a component that the adapters know`);
  const findings = findingsOf(reading.exposure);
  const mandatory = findings.filter(({ level }) => level === "mandatory");
  if (mandatory.length > 0) throw new Refusal(mandatory.map(findingText));
  return settled(reading, args, findings);
}

/** Combinations are judged once each argument is right by itself. */
function argumentProblems(component: ComponentClass, args: unknown): readonly Problem[] {
  const problems = component.arguments(args, "");
  return problems.length > 0 || !isPlainObject(args) ? problems : combinationProblems(args);
}

/** Undecided findings are the pack's to report: here the value is only not there yet. */
const ENFORCEMENT: Enforcement = {
  levels: {},
  onUnknown: { all: "ignore" },
  exemptions: [],
  today: "1970-01-01",
};

function findingsOf(exposure: Exposure): readonly Finding[] {
  return check(CATALOGUE, { exposures: [exposure] }, ENFORCEMENT).findings;
}

function settled(
  { exposure, decision }: ComponentReading,
  args: unknown,
  findings: readonly Finding[],
): Settlement | undefined {
  const healthCheck = exposure.fronts[0]?.healthCheck;
  if (!decision || !healthCheck) return undefined;
  const { trafficPolicy, requirements } = isPlainObject(args) ? args : {};
  const record = decisionRecord(decision, exposure, trafficPolicy === undefined || trafficPolicy === "Auto");
  const unmet = record.met || (!record.chosen && requirements === undefined) ? [] : [unmetText(record)];
  return {
    exposure,
    healthCheck,
    decision: record,
    estimate: estimate(exposure).map(estimateRecord),
    warnings: [...findings.map(findingText), ...unmet],
  };
}

function unmetText({ externalTrafficPolicy, chosen, rejected, fixes }: Decision): string {
  const subject = chosen
    ? `no traffic policy meets every requirement; ${externalTrafficPolicy} fails the fewest`
    : `${externalTrafficPolicy} does not meet every requirement`;
  return [
    subject,
    ...rejected.map((sentence) => `rejected: ${sentence}`),
    ...fixes.map(({ policy, change, effect }) => `fix for ${policy}: ${change} (${effect})`),
  ].join("\n");
}
