import { decidedComponent } from "@evenkeel/adapters";
import type { Decision as CoreDecision } from "@evenkeel/core/decide";
import { estimate, isKnownEstimate } from "@evenkeel/core/estimate";
import type { Exposure, Finding } from "@evenkeel/core/model";
import { CATALOGUE, check, findingText, type Enforcement } from "@evenkeel/rules";
import { isPlainObject } from "../arguments/now";
import type { Problem } from "../arguments/problem";
import { labelOf, type AnyDecision, type ComponentClass } from "../component-class";
import type { Estimate } from "../outputs";
import { estimateRecord } from "./records";
import { Refusal, refuseArguments } from "./refusal";

/** What the arguments come to, as far as they are known. */
export interface Settlement<W, D> {
  /** Absent while a value is to come that decides it, or could make it wrong. */
  readonly wiring?: W;
  /** Absent while a value is to come that it rests on. */
  readonly judgement?: Judgement<D>;
  /** Advice: texts of findings below mandatory, and what of the requirements is not met. */
  readonly advice: readonly string[];
}

/** What is said about the traffic. */
export interface Judgement<D> {
  readonly decision: D;
  readonly estimate: Estimate[];
}

/** Judges the arguments. Throws a `Refusal` for what is wrong, whatever is not known yet. */
export function settle<W, D extends AnyDecision>(
  component: ComponentClass<W, D>,
  name: string,
  args: unknown,
): Settlement<W, D> {
  refuseArguments(labelOf(component, name), argumentProblems(component, args));
  const reading = decidedComponent(component.type, args, { name });
  if (!reading) throw new Error(`${component.type} is not a component that the adapters know`);
  const { exposure, decision } = reading;
  refuseArguments(labelOf(component, name), selectorProblems(exposure));
  const findings = findingsOf(exposure);
  const mandatory = findings.filter(({ level }) => level === "mandatory");
  if (mandatory.length > 0) throw new Refusal(mandatory.map(findingText));
  const wishes = isPlainObject(args) ? args : {};
  const judgement = decision && judge(component, decision, exposure, wishes);
  return {
    wiring: component.wiring(exposure),
    judgement,
    advice: [
      ...findings.map(findingText),
      ...unmet(judgement?.decision, wishes),
      ...ofPin(judgement?.decision, decision),
    ],
  };
}

/** All at once: what is wrong with each argument, and with combinations of those that are right by themselves. */
function argumentProblems<W, D extends AnyDecision>(
  component: ComponentClass<W, D>,
  args: unknown,
): readonly Problem[] {
  const problems = component.arguments(args, "");
  if (!isPlainObject(args)) return problems;
  const wrong = new Set(problems.flatMap(argumentsOf));
  const combined = component.combinations(args);
  return [...problems, ...combined.filter((one) => !argumentsOf(one).some((name) => wrong.has(name)))];
}

/** `controllerOwned, pulumiOwned` and `ports[0].name` by the arguments that they are about. */
function argumentsOf({ path }: Problem): readonly string[] {
  return path.split(", ").map((one) => one.split(/[.[]/, 1)[0] ?? one);
}

/** A workload may know its pods by expressions, which a Service cannot. */
function selectorProblems({ service, workloads }: Exposure): readonly Problem[] {
  if (service.selector !== undefined || workloads.length === 0) return [];
  return [
    {
      path: "selector",
      says: "missing, and the workload has no labels to take it from; wanted labels of its pods",
    },
  ];
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

type Wishes = Readonly<Record<string, unknown>>;

function judge<W, D extends AnyDecision>(
  { policyArgument, record }: Pick<ComponentClass<W, D>, "policyArgument" | "record">,
  decision: CoreDecision,
  exposure: Exposure,
  { [policyArgument]: policy }: Wishes,
): Judgement<D> {
  const isAuto = policy === undefined || policy === "Auto";
  return {
    decision: record(decision, exposure, isAuto),
    estimate: estimate(exposure).filter(isKnownEstimate).map(estimateRecord),
  };
}

/** A pinned choice that went, or that another would now better. */
function ofPin(said: AnyDecision | undefined, decision: CoreDecision | undefined): readonly string[] {
  const { pin } = decision ?? {};
  if (!said?.chosen || !pin) return [];
  if (!pin.kept) return [pin.statement.sentence];
  return pin.better ? [`${pin.statement.sentence}; ${pin.better.statement.sentence}`] : [];
}

/** Whoever gave a policy and stated no requirements has said what they want. */
function unmet(decision: AnyDecision | undefined, { requirements }: Wishes): readonly string[] {
  if (!decision || decision.met || (!decision.chosen && requirements === undefined)) return [];
  const { chosen, rejected, fixes } = decision;
  const policy =
    "internalTrafficPolicy" in decision ? decision.internalTrafficPolicy : decision.externalTrafficPolicy;
  const subject = chosen
    ? `no traffic policy meets every requirement; ${policy} fails the fewest`
    : `${policy} does not meet every requirement`;
  const lines = [
    subject,
    ...rejected.map((sentence) => `rejected: ${sentence}`),
    ...fixes.map((fix) => `fix for ${fix.policy}: ${fix.change} (${fix.effect})`),
  ];
  return [lines.join("\n")];
}
