import { displayName, isAnswered, isUnanswered, type Unanswered } from "@evenkeel/core/model";
import {
  TRANSITION_GOALS,
  transitions,
  type Transition,
  type TransitionGoal,
} from "@evenkeel/core/transition";
import type { Command } from "commander";
import { Failure, reasonOf } from "../failure";
import { isFormat } from "../formats/formats";
import { load, refuseUnread } from "../input/load";
import { print, type IO } from "../io";
import {
  formatOption,
  oneOf,
  readingOptions,
  secondsOf,
  trialOptions,
  type FormatOption,
  type ReadingOptions,
  type TrialOptions,
} from "../options";
import { accepted } from "./refused";
import { exposed, NOTHING_EXPOSED, printDocument, reportDocument } from "./report";

interface Options extends ReadingOptions, TrialOptions, FormatOption {
  readonly to?: TransitionGoal;
  readonly gapSeconds?: number;
  readonly deregistrationSeconds?: number;
}

/** `switch`: what another policy or kind of target loses on the way, and the order without loss. */
export function addSwitch(program: Command, io: IO): void {
  trialOptions(readingOptions(program.command("switch")))
    .description(
      "Say what switching each exposed Service to another policy or kind of target loses while health checks change, and in which order nothing is lost.",
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .addOption(oneOf("--to <goal>", "what to switch to", TRANSITION_GOALS))
    .addOption(
      secondsOf(
        "gap-seconds",
        "between the change of the policy and that of a check which no controller keeps (default 60)",
      ),
    )
    .addOption(
      secondsOf(
        "deregistration-seconds",
        "from a target's deregistration until nothing new is sent to it (default 120)",
      ),
    )
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES)
    .action(async (paths: readonly string[], options: Options) => {
      const { to } = options;
      if (!to) throw new Failure(`switch: wanted --to and what to switch to: ${TRANSITION_GOALS.join(", ")}`);
      const loaded = await load(paths, options, io);
      const { exposures: services, refused } = accepted(exposed(loaded), loaded.places);
      const notes: string[] = [];
      const found = services.flatMap((exposure): readonly (Transition | Unanswered)[] => {
        const name = displayName(exposure.service.ref);
        try {
          return transitions(exposure, to, options);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          notes.push(`${name}: ${reasonOf(error)}`);
          return [];
        }
      });
      if (found.length === 0 && notes.length > 0) throw new Failure(notes.join("\n"));
      await printDocument(
        io,
        reportDocument([], { transitions: found.filter(isAnswered), unanswered: found.filter(isUnanswered) }),
        isFormat(options.format) ? options.format : "text",
        { ...loaded, notes: [...loaded.notes, ...notes] },
      );
      const isEmpty = services.length === 0 && refused.length === 0;
      if (isEmpty && options.format === "text") print(io, NOTHING_EXPOSED);
      refuseUnread(loaded, refused);
    });
}

const EXAMPLES = `
Examples:
  evenkeel switch deploy.yaml --to Local --cluster cluster.yaml
  evenkeel switch deploy.yaml --to ip --format json
  pulumi stack export | evenkeel switch - --to Cluster --gap-seconds 10`;
