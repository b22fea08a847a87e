import { predict } from "@evenkeel/core/estimate";
import type { Exposure } from "@evenkeel/core/model";
import type { Command } from "commander";
import { readConfig } from "../config";
import { isFormat } from "../formats/formats";
import { load, refuseUnread } from "../input/load";
import type { IO } from "../io";
import {
  formatOption,
  readingOptions,
  trialOptions,
  type FormatOption,
  type ReadingOptions,
  type TrialOptions,
} from "../options";
import { accepted } from "./refused";
import {
  assessed,
  exitCodeFor,
  exposed,
  external,
  findingsOf,
  printDocument,
  printSummary,
  reportDocument,
} from "./report";

type Options = ReadingOptions & TrialOptions & FormatOption & { readonly config?: string };

/**
 * Everything at once for what is piped in: today's shares (or predicted ones, for manifests), findings with patches, what the next
 * placement would do, and the decision.
 */
export function addLook(program: Command, io: IO, exit: (code: number) => void): void {
  trialOptions(readingOptions(program.command("look")))
    .description(
      "Everything about each exposed Service: shares, findings with patches, the next placement, the decision. The default for piped input.",
    )
    .addOption(formatOption())
    .argument("[paths...]", "files, folders, or - for standard input", ["-"])
    .option("--config <file>", "levels, onUnknown, exemptions and requirements")
    .addHelpText(
      "after",
      "\nExamples:\n  kubectl get svc,endpointslices,pods,nodes,deploy,rs,ds,sts,hpa,pdb -A -o json | evenkeel",
    )
    .action(async (paths: readonly string[], options: Options) => {
      const config = await readConfig(options.config, io.today);
      const loaded = await load(paths, options, io);
      const { findings, ignored } = findingsOf(loaded, config);
      // What is wrong with the others stands among the findings.
      const services = accepted(exposed(loaded)).exposures;
      const { estimates, decisions, unanswered } = assessed(services, options, config);
      const document = reportDocument(findings, {
        estimates: [...estimates, ...services.flatMap((service) => nextPlacement(service, options))],
        decisions,
        unanswered,
        ignored,
      });
      const format = isFormat(options.format) ? options.format : "text";
      await printDocument(io, document, format, loaded);
      if (format === "text") printSummary(io, findings, ignored, loaded.exposures.length);
      refuseUnread(loaded);
      exit(exitCodeFor(findings, "mandatory"));
    });
}

/** For an observed Service whose workload is in sight: what placing it anew would come to. */
function nextPlacement(exposure: Exposure, options: TrialOptions) {
  if (!exposure.endpoints || exposure.workloads.length === 0) return [];
  const { endpoints: _, ...fresh } = exposure;
  return external(predict(fresh, options));
}
