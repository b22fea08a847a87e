import type { Command } from "commander";
import { readConfig } from "../config";
import { FORMATS, isFormat } from "../formats/formats";
import { load, refuseUnread } from "../input/load";
import type { IO } from "../io";
import { formatOption, oneOf, readingOptions, type FormatOption, type ReadingOptions } from "../options";
import { baselineOf, readBaseline, withoutBaseline, writeBaseline } from "./baseline";
import { exitCodeFor, findingsOf, printDocument, printSummary, reportDocument } from "./report";

interface CheckOptions extends ReadingOptions, FormatOption {
  readonly config?: string;
  readonly failOn: "mandatory" | "advisory";
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

export function addCheck(program: Command, io: IO, exit: (code: number) => void): void {
  readingOptions(program.command("check"))
    .description(
      "Check Services and what stands in front of them, in manifests, kubectl lists, Pulumi states and haproxy.cfg.",
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .addOption(formatOption(FORMATS))
    .option("--config <file>", "levels, onUnknown, exemptions and requirements")
    .addOption(
      oneOf("--fail-on <level>", "exit 1 from this level on", ["mandatory", "advisory"]).default("mandatory"),
    )
    .option("--baseline <file>", "accept the findings in this file, fail only on new ones")
    .option("--write-baseline <file>", "accept today's findings into this file")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: readonly string[], options: CheckOptions) => {
      const config = await readConfig(options.config, io.today);
      const loaded = await load(paths, options, io);
      const all = findingsOf(loaded, config);
      const findings = options.baseline
        ? withoutBaseline(all.findings, await readBaseline(options.baseline))
        : all.findings;
      if (options.writeBaseline) await writeBaseline(options.writeBaseline, baselineOf(all.findings));
      const format = isFormat(options.format) ? options.format : "text";
      await printDocument(io, reportDocument(findings, { ignored: all.ignored }), format, loaded);
      if (format === "text") printSummary(io, findings, all.ignored, loaded.exposures.length);
      refuseUnread(loaded);
      exit(options.writeBaseline ? 0 : exitCodeFor(findings, options.failOn));
    });
}

const EXAMPLES = `
Examples:
  evenkeel check deploy/                              all manifests below a folder
  helm template ./chart | evenkeel check -            what a chart renders
  kubectl get svc,deploy -A -o json | evenkeel check -
  pulumi stack export | evenkeel check -
  evenkeel check deploy/ --with infra-state.json      join target groups of another stack
  evenkeel check deploy/ edge/haproxy.cfg             the HAProxy in front of the Services' node ports
  evenkeel check deploy/ --format sarif > out.sarif   for code scanning`;
