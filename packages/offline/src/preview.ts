import { startEngine, type Engine } from "./engine/engine";
import { STACK_TYPE } from "./engine/urn";
import { PreviewError, ProgramFailed, Unanswered } from "./errors";
import { Failure } from "./failure";
import type { PreviewEvent, PreviewOptions } from "./options";
import { readPlan, type Plan } from "./plan";
import { startPacks } from "./policy/packs";
import { Review } from "./policy/review";
import type { Child } from "./process/child";
import { withoutColours } from "./process/failure-text";
import { programEnd, startProgram } from "./process/program";
import type { Diagnostic, PolicyResults, PreviewResult } from "./result";
import { loadSdk, type Sdk } from "./sdk";

/**
 * Runs a Pulumi Node program with the real SDK, and policy packs in the real policy-pack process, against an engine within
 * this process: no Pulumi command, no plugins, no cluster, no cloud account.
 *
 * Resolves also when a mandatory policy is violated (`outcome: "blocked"`). Rejects with a `PreviewError` when the program
 * cannot be run to its end; the error's `result` then holds what was seen.
 */
export async function preview(options: PreviewOptions): Promise<PreviewResult> {
  const plan = readPlan(options);
  const sdk = loadSdk(plan.project.directory);
  const emit = options.onEvent ?? (() => undefined);
  const diagnostics: Diagnostic[] = [];
  const diagnose = (diagnostic: Diagnostic): void => {
    const shown = { ...diagnostic, message: plan.redact(withoutColours(diagnostic.message)) };
    diagnostics.push(shown);
    emit({ kind: "diagnostic", diagnostic: shown });
  };
  const failure = new Failure(options.signal);
  let analyzers: ReturnType<typeof startPacks> = Promise.resolve([]);
  const review = new Review({
    analyzers: () => analyzers,
    redact: plan.redact,
    onViolation: (violation) => emit({ kind: "violation", violation }),
    onFailure: failure.report,
  });
  const engine = await startEngine({
    sdk,
    place: plan.identity,
    config: plan.identity.config,
    reviewer: review,
    answers: options,
    onResource: (resource) => emit({ kind: "resource", resource }),
    onDiagnostic: diagnose,
    onFailure: failure.report,
  });
  for (const message of plan.identity.config.remarks) diagnose({ severity: "warning", message });
  const children: Child[] = [];
  let program: Child | undefined;
  const resultNow = async (): Promise<PreviewResult> =>
    resultOf(plan, engine, await review.results(), {
      diagnostics,
      programOutput: plan.redact(program?.output.stdout ?? ""),
    });
  const stop = async (): Promise<void> => {
    failure.forget();
    engine.close();
    await Promise.all(children.map((child) => child.stop()));
    const started = await analyzers.catch(() => []);
    for (const analyzer of started) analyzer.close();
  };

  try {
    const onStart = (child: Child): void => void children.push(child);
    const packStart = { ...plan, engineAddress: engine.address };
    analyzers = startPacks(plan.packs, plan.identity, packStart, { onStart, onDiagnostic: diagnose, emit });
    analyzers.catch(failure.report);
    const onProgram = (child: Child): void => {
      program = child;
      onStart(child);
    };
    await runProgram({ plan, sdk, engine, review, failure, diagnostics, diagnose, onStart: onProgram, emit });
    await stop();
    return await resultNow();
  } catch (thrown) {
    await stop();
    const error = unanswered(engine, thrown);
    if (error instanceof PreviewError) {
      error.message = plan.redact(error.message);
      error.detail = error.detail === undefined ? undefined : plan.redact(error.detail);
      error.result = await resultNow();
    }
    throw error;
  }
}

interface Run {
  readonly plan: Plan;
  readonly sdk: Sdk;
  readonly engine: Engine;
  readonly review: Review;
  readonly failure: Failure;
  readonly diagnostics: readonly Diagnostic[];
  readonly diagnose: (diagnostic: Diagnostic) => void;
  readonly onStart: (child: Child) => void;
  readonly emit: (event: PreviewEvent) => void;
}

/** Runs the program to its end and has the packs look at each resource, then at the whole stack. */
async function runProgram({
  plan,
  sdk,
  engine,
  review,
  failure,
  diagnostics,
  diagnose,
  onStart,
  emit,
}: Run): Promise<void> {
  const began = Date.now();
  const program = startProgram({
    ...plan.identity,
    ...plan,
    sdkRoot: sdk.root,
    engineAddress: engine.address,
  });
  onStart(program);
  emit({ kind: "programStarted" });
  const ended = programEnd(program, { ...plan, diagnostics });
  // The SDK says when nothing more will come; its process needs a moment longer, and may yet end badly.
  await failure.orElse(Promise.race([engine.finished, ended]));
  emit({ kind: "programFinished", milliseconds: Date.now() - began });
  const { deployment } = engine;
  await failure.orElse(deployment.settled());
  review.analyzeStack(
    deployment.resources.filter(({ external }) => !external),
    (resource) => deployment.providerOf(resource),
    stackUrn(plan, engine),
  );
  await failure.orElse(Promise.all([ended, review.results()]));
  const { missing } = engine.gaps;
  if (missing.length > 0) throw new Unanswered(missing);
  reportOpaque(engine, diagnose);
}

/** A program that goes on without an answer may fail for it: the answer is what is wanted first. */
function unanswered({ gaps }: Engine, error: unknown): unknown {
  if (!(error instanceof ProgramFailed) || gaps.missing.length === 0) return error;
  return new Unanswered(gaps.missing, [error.message, error.detail].filter(Boolean).join("\n"));
}

/** One warning for all that was not looked into. */
function reportOpaque({ gaps }: Engine, diagnose: (diagnostic: Diagnostic) => void): void {
  if (gaps.opaque.length === 0) return;
  const names = gaps.opaque.map(({ type, name }) => `${name} (${type})`).join(", ");
  diagnose({
    severity: "warning",
    message: `not checked, since only their provider knows what they consist of: ${names}; for a preview with their contents check the output of pulumi preview --json`,
  });
}

function stackUrn({ identity }: Plan, { deployment }: Engine): string {
  return deployment.urnOf(undefined, STACK_TYPE, `${identity.project}-${identity.stack}`);
}

function resultOf(
  { identity: { project, stack, organization } }: Plan,
  { deployment, gaps }: Engine,
  policy: PolicyResults,
  said: Pick<PreviewResult, "diagnostics" | "programOutput">,
): PreviewResult {
  return {
    project,
    stack,
    organization,
    resources: deployment.resources,
    outputs: deployment.stackOutputs,
    policy,
    ...said,
    opaque: gaps.opaque,
    outcome: policy.violations.some(({ level }) => level === "mandatory") ? "blocked" : "passed",
  };
}
