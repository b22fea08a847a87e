import { join } from "node:path";
import { evenkeel, type Run } from "./evenkeel";
import type { FieldCase } from "./field-case";
import { reportOf, saysNotModelled, type Estimate, type Finding, type Report } from "./report";

/** What the command answers on one case. */
export interface Answer {
  readonly run: Run;
  /** Of the command, or of `check` on the same input where the command reports none. */
  readonly findings: readonly Finding[];
  /** Of `estimate` on the same input, external side, where numbers are compared. */
  readonly estimate?: Estimate;
  /** Whether it says by name that it does not know how the load balancer behaves. */
  readonly notModelled: boolean;
}

/** Options that describe the input, so that they hold for any question about it. */
const OF_THE_INPUT = ["--cluster", "--dataplane", "--kubernetes-version", "--controller"];

export async function ask(asked: FieldCase, folder: string): Promise<Answer> {
  const { files, args, expect } = asked;
  const inFolder = (arg: string) => (files.includes(arg) ? join(folder, arg) : arg);
  const run = await evenkeel(args.map(inFolder));
  const options = optionsOf(args);
  const clusters = options.filter((option) => files.includes(option));
  const input = [
    ...files.filter((file) => !clusters.includes(file)).map(inFolder),
    ...options.map(inFolder),
    "--format",
    "json",
  ];
  const checked = reportOf((await evenkeel(["check", ...input])).out);
  const wantsNumbers = Object.keys(expect.numbers).length > 0;
  const estimated = wantsNumbers ? reportOf((await evenkeel(["estimate", ...input])).out) : undefined;
  const estimate = estimated?.estimates.find(({ side }) => side === "external");
  return {
    run,
    findings: checked?.findings ?? [],
    ...(estimate ? { estimate } : {}),
    notModelled: knowsNoBalancer(run, [checked, estimated]),
  };
}

/** By the document of `check` or `estimate`; a trace, which no load balancer may be part of, must say it itself. */
function knowsNoBalancer(run: Run, reports: readonly (Report | undefined)[]): boolean {
  if (run.args[0] === "trace") return /not modelled/.test(run.out);
  return reports.some((report) => report !== undefined && saysNotModelled(report));
}

function optionsOf(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, at) => (OF_THE_INPUT.includes(arg) ? [arg, ...args.slice(at + 1, at + 2)] : []));
}
