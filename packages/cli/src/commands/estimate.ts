import { MOST_CONNECTIONS } from "@evenkeel/core/estimate";
import { Option, type Command } from "commander";
import { isFormat } from "../formats/formats";
import { load, refuseUnread } from "../input/load";
import { print, type IO } from "../io";
import {
  formatOption,
  integer,
  readingOptions,
  trialOptions,
  type FormatOption,
  type ReadingOptions,
  type TrialOptions,
} from "../options";
import { accepted } from "./refused";
import { estimatesOf, exposed, NOTHING_EXPOSED, printDocument, reportDocument } from "./report";

interface Options extends ReadingOptions, TrialOptions, FormatOption {
  readonly connections?: number;
}

/** `estimate`: what the traffic of each exposed Service comes to. */
export function addEstimate(program: Command, io: IO): void {
  trialOptions(readingOptions(program.command("estimate")))
    .description(
      "Say which pod gets how much of each exposed Service's traffic, what is dropped, and what the pods see of the client.",
    )
    .addOption(formatOption())
    .addOption(
      new Option(
        "--connections <n>",
        "how many connections stay open: says what the hottest pod then gets of the requests",
      ).argParser(integer("connections", 1, MOST_CONNECTIONS)),
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .addHelpText(
      "after",
      `\nExamples:\n  evenkeel estimate deploy.yaml --cluster cluster.yaml\n  evenkeel estimate deploy.yaml --cluster cluster.yaml --connections 50      clients keep 50 connections open\n  kubectl get svc,endpointslices,pods,nodes,deploy,rs,ds,sts -A -o json | evenkeel estimate -`,
    )
    .action(async (paths: readonly string[], options: Options) => {
      const loaded = await load(paths, options, io);
      const { exposures: services, refused } = accepted(exposed(loaded), loaded.places);
      const estimates = estimatesOf(services, options);
      await printDocument(
        io,
        reportDocument([], { estimates }),
        isFormat(options.format) ? options.format : "text",
        loaded,
      );
      const isEmpty = estimates.length === 0 && refused.length === 0;
      if (isEmpty && options.format === "text") print(io, NOTHING_EXPOSED);
      refuseUnread(loaded, refused);
    });
}
