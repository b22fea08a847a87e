import type { DuringTiming } from "@evenkeel/core/estimate";
import type { DisruptionBudget } from "@evenkeel/core/model";
import { InvalidArgumentError, Option, type Command } from "commander";
import { secondsOf } from "../options";
import { EVENTS_TOLD, readEvent, type During } from "./events";

/** Options that say what happens, and how long things take. */
export interface DuringOptions extends DuringTiming {
  readonly during?: readonly During[];
  readonly budget?: DisruptionBudget;
}

/** What each time is told of; the order is that of the help. */
const SECONDS = {
  readySeconds: "from a pod's node until it is ready (default 10)",
  terminationSeconds: "from a pod's deletion until it is gone (default its grace period)",
  servingSeconds: "for which a terminating pod still answers (default its preStop sleep)",
  noticeSeconds: "until the cluster notices a lost node (default 50, before 1.32 40)",
  evictionSeconds: "from then until its pods are evicted (default 300)",
  deregistrationSeconds: "from a pod's deregistration until nothing new is sent to it (default 120)",
} as const satisfies Readonly<Record<keyof DuringTiming, string>>;

// Written just above, so it has no other keys.
const NAMES = Object.keys(SECONDS) as readonly (keyof typeof SECONDS)[];

export function duringOptions(command: Command): Command {
  command.addOption(
    new Option(
      "--during <event>",
      `what happens, in order, each when the one before is over or at its own second (@30): ${EVENTS_TOLD}`,
    ).argParser((text: string, before: readonly During[] = []) => [...before, readEvent(text)]),
  );
  for (const name of NAMES) command.addOption(secondsOf(flag(name), SECONDS[name]));
  return command.addOption(
    new Option(
      "--budget <limit>",
      "what a drain keeps to, in place of the PodDisruptionBudgets in the input: minAvailable=N or maxUnavailable=N, or a percentage",
    ).argParser(budget),
  );
}

/** The times that were given. */
export function timingOf(options: DuringOptions): DuringTiming {
  return Object.fromEntries(
    NAMES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
}

/** Options that were given and say nothing without an event. */
export function idleOptions(options: DuringOptions): readonly string[] {
  const times = NAMES.filter((name) => options[name] !== undefined).map(flag);
  return [...times, ...(options.budget ? ["budget"] : [])].map((name) => `--${name}`);
}

/** `readySeconds` as `ready-seconds`. */
function flag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function budget(text: string): DisruptionBudget {
  const [, name, value = ""] = /^(minAvailable|maxUnavailable)=(\d+%?)$/.exec(text) ?? [];
  if (!name)
    throw new InvalidArgumentError("wanted minAvailable=N or maxUnavailable=N, or a percentage such as 50%");
  return { [name]: value.endsWith("%") ? value : Number(value) };
}
