import { MOST_CONNECTIONS } from "@evenkeel/core/estimate";
import { Option, type Command } from "commander";
import { duringOptions, type DuringOptions } from "../during/options";
import { disruptionsOf } from "../during/run";
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

interface Options extends ReadingOptions, TrialOptions, FormatOption, DuringOptions {
  readonly connections?: number;
}

/** `estimate`: what the traffic of each exposed Service comes to, at rest and while something happens. */
export function addEstimate(program: Command, io: IO): void {
  duringOptions(trialOptions(readingOptions(program.command("estimate"))))
    .description(
      "Say which pod gets how much of each exposed Service's traffic, what is dropped, and what the pods see of the client; also during a rollout, or when nodes come and go.",
    )
    .addOption(formatOption())
    .addOption(
      new Option(
        "--connections <n>",
        "how many connections stay open: says what the hottest pod then gets of the requests",
      ).argParser(integer("connections", 1, MOST_CONNECTIONS)),
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: readonly string[], options: Options) => {
      const loaded = await load(paths, options, io);
      const { exposures: services, refused } = accepted(exposed(loaded), loaded.places);
      const estimates = estimatesOf(services, options);
      const { disruptions, unanswered, notes } = disruptionsOf(services, options.during ?? [], options);
      await printDocument(
        io,
        reportDocument([], { estimates, disruptions, unanswered }),
        isFormat(options.format) ? options.format : "text",
        { ...loaded, notes: [...loaded.notes, ...notes] },
      );
      const isEmpty = estimates.length === 0 && refused.length === 0;
      if (isEmpty && options.format === "text") print(io, NOTHING_EXPOSED);
      refuseUnread(loaded, refused);
    });
}

const EXAMPLES = `
Examples:
  evenkeel estimate deploy.yaml --cluster cluster.yaml
  evenkeel estimate deploy.yaml --cluster cluster.yaml --connections 50      clients keep 50 connections open
  evenkeel estimate deploy.yaml --cluster cluster.yaml --during rollout      what a rollout drops
  evenkeel estimate deploy.yaml --cluster cluster.yaml --during lose=node-3 --during rollout@30 --ready-seconds 20
  kubectl get svc,endpointslices,pods,nodes,deploy,rs,ds,sts,hpa,pdb -A -o json | evenkeel estimate -`;
