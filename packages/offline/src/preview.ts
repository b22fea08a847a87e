import type { Deployment } from "./engine/deployment";
import { startEngine } from "./engine/engine";
import { STACK_TYPE } from "./engine/urn";
import { PreviewError } from "./errors";
import { Failure } from "./failure";
import type { PreviewOptions } from "./options";
import type { StackIdentity } from "./policy/configure";
import { readPackDirectory } from "./policy/pack-process";
import { startPacks } from "./policy/packs";
import { Review } from "./policy/review";
import type { Child } from "./process/child";
import { environmentFor } from "./process/environment";
import { withoutColours } from "./process/failure-text";
import { programEnd, startProgram } from "./process/program";
import { readConfig } from "./project/config";
import { readProject } from "./project/project";
import { redactor } from "./redact";
import type { Diagnostic, PolicyResults, PreviewResult } from "./result";
import { loadSdk } from "./sdk";

const DEFAULT_TIMEOUT_SECONDS = 120;
const DEFAULT_PARALLEL = 16;

/**
 * Runs a Pulumi Node program with the real SDK, and policy packs in the real policy-pack process, against an engine within
 * this process: no Pulumi command, no plugins, no cluster, no cloud account.
 *
 * Resolves also when a mandatory policy is violated (`outcome: "blocked"`). Rejects with a `PreviewError` when the program
 * cannot be run to its end; the error's `result` then holds what was seen.
 */
export async function preview(options: PreviewOptions): Promise<PreviewResult> {
  const project = readProject(options.program);
  const packs = (options.policyPacks ?? []).map(({ dir, config }) => ({
    directory: readPackDirectory(dir),
    config,
  }));
  const identity: StackIdentity = {
    project: project.name,
    stack: options.stack ?? "dev",
    organization: options.organization ?? "organization",
    config: readConfig(project, options.stack ?? "dev", options),
  };
  const { config } = identity;
  const redact = redactor(config.secretKeys.map((key) => config.values[key] ?? ""));
  const environment = environmentFor({ ...identity, given: options.env });
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  const emit = options.onEvent ?? (() => undefined);
  const sdk = loadSdk(project.directory);

  const children: Child[] = [];
  const diagnostics: Diagnostic[] = [];
  const onDiagnostic = (diagnostic: Diagnostic): void => {
    const shown = { ...diagnostic, message: redact(withoutColours(diagnostic.message)) };
    diagnostics.push(shown);
    emit({ kind: "diagnostic", diagnostic: shown });
  };
  const failure = new Failure(options.signal);
  let started: ReturnType<typeof startPacks> = Promise.resolve([]);
  const review = new Review({
    analyzers: () => started,
    onViolation: (violation) => emit({ kind: "violation", violation }),
    onFailure: failure.report,
  });
  const engine = await startEngine({
    sdk,
    place: identity,
    config,
    reviewer: review,
    answers: options,
    onResource: (resource) => emit({ kind: "resource", resource }),
    onDiagnostic,
    onFailure: failure.report,
  });
  const { deployment } = engine;
  const stop = async (): Promise<void> => {
    failure.forget();
    engine.close();
    await Promise.all(children.map((child) => child.stop()));
    await started.then(
      (analyzers) => analyzers.forEach((analyzer) => analyzer.close()),
      () => undefined,
    );
  };

  try {
    const began = Date.now();
    const onStart = (child: Child): void => void children.push(child);
    started = startPacks(
      packs,
      identity,
      { engineAddress: engine.address, environment, timeoutSeconds },
      { onStart, onDiagnostic, emit },
    );
    started.catch(failure.report);
    const program = startProgram({
      ...identity,
      project,
      sdkRoot: sdk.root,
      engineAddress: engine.address,
      parallel: options.parallel ?? DEFAULT_PARALLEL,
      environment,
    });
    onStart(program);
    emit({ kind: "programStarted" });
    await failure.orElse(
      programEnd(program, { project, diagnostics, timeoutSeconds, finished: engine.finished }),
    );
    emit({ kind: "programFinished", milliseconds: Date.now() - began });
    await failure.orElse(deployment.settled());
    review.analyzeStack(
      deployment.resources.filter(({ external }) => !external),
      (resource) => deployment.providerOf(resource),
      deployment.urnOf(undefined, STACK_TYPE, `${identity.project}-${identity.stack}`),
    );
    const policy = await failure.orElse(review.results());
    await stop();
    return resultOf(identity, deployment, policy, diagnostics);
  } catch (error) {
    await stop();
    if (error instanceof PreviewError) {
      error.message = redact(error.message);
      error.detail = error.detail === undefined ? undefined : redact(error.detail);
      error.result = resultOf(identity, deployment, await review.results(), diagnostics);
    }
    throw error;
  }
}

function resultOf(
  { project, stack, organization }: StackIdentity,
  deployment: Deployment,
  policy: PolicyResults,
  diagnostics: readonly Diagnostic[],
): PreviewResult {
  return {
    project,
    stack,
    organization,
    resources: deployment.resources,
    outputs: deployment.stackOutputs,
    policy,
    diagnostics,
    outcome: policy.violations.some(({ level }) => level === "mandatory") ? "blocked" : "passed",
  };
}
