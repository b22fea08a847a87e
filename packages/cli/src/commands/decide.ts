import { BALANCERS } from "@evenkeel/core/balancers";
import {
  compareTargets,
  decide,
  decideInternal,
  DEFAULT_BETTER_BY,
  marginOf,
  NO_PINS,
  openQuestionsOf,
  pinFor,
  pinKey,
  REQUIREMENTS,
  withPinned,
  type Decision,
  type DecideOptions,
  type Pins,
} from "@evenkeel/core/decide";
import { hasClusterIP, unansweredWithoutPods, whyPlacementUnknown } from "@evenkeel/core/estimate";
import { isAnswered, isUnanswered, nearest, type Exposure, type Unanswered } from "@evenkeel/core/model";
import { InvalidArgumentError, Option, type Command } from "commander";
import { readConfig, withRequired, type Config } from "../config";
import { isFormat } from "../formats/formats";
import { load, refuseUnread } from "../input/load";
import { note, print, type IO } from "../io";
import {
  formatOption,
  fraction,
  oneOf,
  readingOptions,
  trialOptions,
  type FormatOption,
  type ReadingOptions,
  type TrialOptions,
} from "../options";
import { pinsIn, strayPins, writePins } from "./pins";
import { accepted } from "./refused";
import type { ReportDocument } from "@evenkeel/rules";
import { exposed, NOTHING_EXPOSED, printDocument, reportDocument } from "./report";

interface Options extends ReadingOptions, TrialOptions, FormatOption {
  readonly config?: string;
  readonly require?: readonly string[];
  readonly side: "external" | "internal" | "both";
  readonly pin?: string;
  readonly betterBy: number;
  readonly compare?: boolean;
  readonly compareWith?: readonly string[];
}

/** `decide`: the policy for each exposed Service, with reasons, margin and fixes. */
export function addDecide(program: Command, io: IO): void {
  trialOptions(readingOptions(program.command("decide")))
    .description(
      "Choose Cluster, Local or a topology mode for each Service, with reasons and numbers, and say how close the choice is to changing.",
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .addOption(formatOption())
    .option("--config <file>", "a file with requirements, among others")
    .addOption(
      new Option(
        "--require <key=value>",
        `what the policy must give, over the file; may be repeated: ${Object.keys(REQUIREMENTS).join(", ")}`,
      ).argParser((value: string, before: readonly string[] = []) => [...before, value]),
    )
    .addOption(
      oneOf("--side <side>", "which side to decide", ["external", "internal", "both"]).default("external"),
    )
    .option("--pin <file>", "keep choices in this file: what it holds stays while it meets the requirements")
    .addOption(
      new Option(
        "--better-by <fraction>",
        "how much better another choice must be, as a part of the deciding number, for a pinned one to say so",
      )
        .argParser(fraction)
        .default(DEFAULT_BETTER_BY),
    )
    .option("--compare", "compare nodes with pods as targets too, with everything else kept")
    .addOption(
      new Option(
        "--compare-with <kinds>",
        `compare the load balancer with others in its place: ${KINDS.join(", ")}`,
      ).argParser(kinds),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (paths: readonly string[], options: Options) => {
      const config = withRequired(await readConfig(options.config, io.today), options.require);
      const pins = options.pin ? await pinsIn(options.pin) : NO_PINS;
      const loaded = await load(paths, options, io);
      const asked = options.side === "external" ? exposed(loaded) : loaded.exposures;
      const { exposures: subjects, refused } = accepted(asked, loaded.places);
      const decided = subjects.flatMap((exposure) => decisionsOn(exposure, options, config, pins));
      const decisions = decided.filter(isAnswered);
      const unanswered = decided.filter(isUnanswered);
      if (options.pin) {
        const seen = loaded.exposures.map(({ service: { ref } }) => pinKey(ref));
        for (const line of strayPins(options.pin, pins, seen)) note(io, `note: ${line}`);
        await writePins(options.pin, withPinned(pins, decisions));
      }
      const format = isFormat(options.format) ? options.format : "text";
      const comparisons = comparisonsOn(subjects, options, config);
      await printDocument(io, reportDocument([], { decisions, unanswered, comparisons }), format, loaded);
      if (format === "text" && decided.length + refused.length === 0) print(io, NOTHING_EXPOSED);
      refuseUnread(loaded, refused);
    });
}

function decisionsOn(
  exposure: Exposure,
  { trials, seed, betterBy, side }: Options,
  { requirements }: Config,
  pins: Pins,
): readonly (Decision | Unanswered)[] {
  const asked = (decided: Decision["side"]): DecideOptions => ({
    trials,
    seed,
    betterBy,
    requirements,
    pinned: pinFor(pins, exposure.service, decided),
  });
  const external = side === "internal" ? [] : decide(exposure, asked("external"));
  return [...external, ...(side === "external" ? [] : internalOn(exposure, asked("internal")))].map(
    (decision) => {
      if (isUnanswered(decision)) return decision;
      const options = asked(decision.side);
      const margin = marginOf(exposure, decision, options);
      const openQuestions = openQuestionsOf(exposure, decision, options);
      return {
        ...decision,
        ...(margin ? { margin } : {}),
        ...(openQuestions.length > 0 ? { openQuestions } : {}),
      };
    },
  );
}

function internalOn(exposure: Exposure, options: DecideOptions): readonly (Decision | Unanswered)[] {
  const podsUnknown = hasClusterIP(exposure.service) ? whyPlacementUnknown(exposure) : undefined;
  if (podsUnknown) return unansweredWithoutPods(exposure, "internal", podsUnknown);
  const decision = decideInternal(exposure, options);
  return decision ? [decision] : [];
}

function comparisonsOn(
  exposures: readonly Exposure[],
  { trials, seed, compare, compareWith }: Options,
  { requirements }: Config,
): ReportDocument["comparisons"] {
  if (!compare && !compareWith) return [];
  const asked = { trials, seed, requirements, among: compareWith };
  return exposures.flatMap((exposure) => compareTargets(exposure, asked) ?? []);
}

const KINDS = BALANCERS.map(({ kind }) => kind);

function kinds(text: string): readonly string[] {
  const wanted = text.split(",").map((kind) => kind.trim());
  for (const kind of wanted)
    if (!KINDS.includes(kind))
      throw new InvalidArgumentError(`${kind}: wanted ${KINDS.join(", ")}${nearest(kind, KINDS)}`);
  return wanted;
}

const EXAMPLES = `
Examples:
  evenkeel decide deploy.yaml --cluster cluster.yaml --kubernetes-version 1.36
  evenkeel decide deploy.yaml --cluster cluster.yaml --pin choices.json     small changes do not change the choice
  evenkeel decide deploy.yaml --cluster cluster.yaml --compare --require clientAddress=required --require maxHottest=1.3`;
