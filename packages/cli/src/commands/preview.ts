import { preview, PreviewError, type PreviewEvent } from "@evenkeel/offline";
import type { Command } from "commander";
import { Failure } from "../failure";
import type { IO } from "../io";
import { formatOption, trialOptions, type FormatOption, type TrialOptions } from "../options";
import { statusLine, type StatusLine } from "../progress";

export interface PreviewCommandOptions extends TrialOptions, FormatOption {
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
      const running = run(dir, options, status).finally(() => status.stop());
      // A refusal may come before anybody waits for it; it is told below.
      running.catch(() => undefined);
      // The program and the packs start at once; what tells of them is loaded meanwhile.
      const { failureOf, reportPreview } = await import("./preview-report.js");
      const result = await running.catch((error: unknown) => {
        throw error instanceof PreviewError ? failureOf(error) : error;
      });
      await reportPreview(io, result, options, exit);
    });
}

async function run(
  dir: string,
  options: PreviewCommandOptions,
  status: StatusLine,
): ReturnType<typeof preview> {
  const { policyPack, policyPackConfig } = options;
  if (policyPackConfig.length > policyPack.length) {
    throw new Failure(
      "more --policy-pack-config files than --policy-pack folders; wanted one for each pack, in the same order",
    );
  }
  status.say("starting the program and the policy packs");
  return preview({
    program: dir,
    stack: options.stack,
    config: Object.fromEntries(options.config.map(keyValue)),
    policyPacks: policyPack.map((pack, index) => ({ dir: pack, config: policyPackConfig[index] })),
    onEvent: (event) => follow(event, status),
  });
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
