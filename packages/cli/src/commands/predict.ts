import type { Command } from "commander";
import { readConfig } from "../config";
import { isFormat } from "../formats/formats";
import { load } from "../input/load";
import { print, type IO } from "../io";
import { readingOptions, trialOptions, type ReadingOptions, type TrialOptions } from "../options";
import { decisionsOf, estimatesOf, exposed, printDocument, reportDocument } from "./report";

type Options = ReadingOptions & TrialOptions & { readonly config?: string };

const NOTHING = "no exposed Service in this input (type LoadBalancer or NodePort, or with external IPs)";

/** `estimate` and `decide`: the questions asked of each exposed Service. */
export function addPredict(program: Command, io: IO): void {
  trialOptions(readingOptions(program.command("estimate")))
    .description(
      "Say which pod gets how much of each exposed Service's traffic, what is dropped, and what the pods see of the client.",
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .addHelpText(
      "after",
      `\nExamples:\n  evenkeel estimate deploy.yaml --cluster cluster.yaml\n  kubectl get svc,endpointslices,pods,nodes,deploy,rs,ds,sts -A -o json | evenkeel estimate -`,
    )
    .action(async (paths: readonly string[], options: Options) => {
      const loaded = await load(paths, options, io);
      const estimates = estimatesOf(exposed(loaded), options);
      await printDocument(
        io,
        reportDocument([], { estimates }),
        isFormat(options.format) ? options.format : "text",
        loaded,
      );
      if (estimates.length === 0 && options.format === "text") print(io, NOTHING);
    });
  trialOptions(readingOptions(program.command("decide")))
    .description(
      "Choose Cluster, Local or a topology mode for each exposed Service, with reasons and numbers.",
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .option("--config <file>", "requirements: clientAddress, maxHottest, minNodesServing, maxDropped")
    .addHelpText(
      "after",
      "\nExamples:\n  evenkeel decide deploy.yaml --cluster cluster.yaml --kubernetes-version 1.36",
    )
    .action(async (paths: readonly string[], options: Options) => {
      const config = await readConfig(options.config, io.today);
      const loaded = await load(paths, options, io);
      const decisions = decisionsOf(exposed(loaded), options, config);
      await printDocument(
        io,
        reportDocument([], { decisions }),
        isFormat(options.format) ? options.format : "text",
        loaded,
      );
      if (decisions.length === 0 && options.format === "text")
        print(io, `${NOTHING}, or none whose pods are in sight`);
    });
}
