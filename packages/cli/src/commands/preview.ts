import { readPulumi } from "@evenkeel/adapters";
import {
  preview,
  PreviewError,
  ProgramFailed,
  type PreviewEvent,
  type PreviewResult,
} from "@evenkeel/offline";
import { check, CATALOGUE, reportDocument } from "@evenkeel/rules";
import type { Command } from "commander";
import { readConfig } from "../config";
import { EXIT, Failure } from "../failure";
import { isFormat, json } from "../formats/formats";
import { previewResources } from "../input/preview-resources";
import { paintOf, print, type IO } from "../io";
import { formatOption, trialOptions, type FormatOption, type TrialOptions } from "../options";
import { statusLine, type StatusLine } from "../progress";
import { renderDecision } from "../render/decision";
import { renderEstimates } from "../render/estimate";
import { renderFindings } from "../render/findings";
import { renderPolicies } from "../render/policies";
import { renderTree } from "../render/tree";
import { assessed, exitCodeFor } from "./report";
import { isExternal } from "@evenkeel/core/estimate";

interface PreviewCommandOptions extends TrialOptions, FormatOption {
  readonly policyPack: readonly string[];
  readonly policyPackConfig: readonly string[];
  readonly stack?: string;
  readonly config: readonly string[];
}

/** `preview`: a Pulumi program through the real SDK and the real policy packs, without the Pulumi command. */
export function addPreview(program: Command, io: IO, exit: (code: number) => void): void {
  trialOptions(program.command("preview"))
    .description(
      "Preview a Pulumi Node.js program offline: its resources, what policy packs say, and what each exposed Service's traffic comes to.",
    )
    .argument("[dir]", "folder of the project, with Pulumi.yaml", ".")
    .option("--policy-pack <dir...>", "policy packs to run", [])
    .option("--policy-pack-config <file...>", "their configuration, in the same order", [])
    .option("--stack <name>", "stack to preview; Pulumi.<name>.yaml is read (default: dev)")
    .option("--config <key=value...>", "configuration on top of the files", [])
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExamples:\n  evenkeel preview examples/storefront --policy-pack policy-packs/service-traffic",
    )
    .action(async (dir: string, options: PreviewCommandOptions) => {
      const status = statusLine(io);
      const result = await run(dir, options, status).finally(() => status.stop());
      await report(io, result, options, exit);
    });
}

async function run(dir: string, options: PreviewCommandOptions, status: StatusLine): Promise<PreviewResult> {
  const { policyPack, policyPackConfig } = options;
  if (policyPackConfig.length > policyPack.length) {
    throw new Failure(
      "more --policy-pack-config files than --policy-pack folders; wanted one for each pack, in the same order",
    );
  }
  status.say("starting the program and the policy packs");
  try {
    return await preview({
      program: dir,
      stack: options.stack,
      config: Object.fromEntries(options.config.map(keyValue)),
      policyPacks: policyPack.map((pack, index) => ({ dir: pack, config: policyPackConfig[index] })),
      onEvent: (event) => follow(event, status),
    });
  } catch (error) {
    throw error instanceof PreviewError ? failureOf(error) : error;
  }
}

function keyValue(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at <= 0) throw new Failure(`--config ${text}: wanted key=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function follow(event: PreviewEvent, status: StatusLine): void {
  if (event.kind === "packReady") status.say(`policy pack ${event.pack} is ready`);
  if (event.kind === "resource") status.say(`${event.resource.type} ${event.resource.name}`);
  if (event.kind === "programFinished") status.say("checking the whole stack");
}

const RULE_AT_START = new RegExp(`(^|[\\s:])(${CATALOGUE.map(({ id }) => id).join("|")}) \\S+ `, "m");

/** A finding that a component's constructor threw is a violation; everything else that ends a program is its failure. */
function failureOf(error: PreviewError): Failure {
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
  const usage = error.kind === "project" || error.kind === "unanswered" || error.kind === "unsupported";
  return new Failure(error.message, usage ? EXIT.usage : EXIT.program, error.detail);
}

async function report(
  io: IO,
  result: PreviewResult,
  options: PreviewCommandOptions,
  exit: (code: number) => void,
): Promise<void> {
  const config = await readConfig(undefined, io.today);
  const { exposures, unjoined, resources } = readPulumi(previewResources(result));
  const exposed = exposures.filter(({ service }) => isExternal(service));
  const { findings, ignored } = check(CATALOGUE, { exposures, unjoined, resources }, config.enforcement);
  const { estimates, decisions } = assessed(exposed, options, config);
  const packs = result.policy.packs.length > 0;
  const blocked = packs ? result.outcome === "blocked" : exitCodeFor(findings, "mandatory") === EXIT.violated;
  exit(blocked ? EXIT.violated : EXIT.clean);
  if (isFormat(options.format) && options.format === "json") {
    return print(io, json(reportDocument(findings, { estimates, decisions, ignored })));
  }
  const paint = paintOf(io);
  const sections = [
    renderTree(result, paint),
    packs ? renderPolicies(result, paint) : renderFindings(findings, paint),
    ...decisions.map((decision) => renderDecision(decision, paint)),
    ...renderEstimates(estimates, paint),
  ];
  print(io, sections.filter((section) => section !== "").join("\n\n"));
}
