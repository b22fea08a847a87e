import { estimateDuring, shapesOf, type Disruption } from "@evenkeel/core/estimate";
import {
  displayName,
  isAnswered,
  isUnanswered,
  nearest,
  type Exposure,
  type Unanswered,
} from "@evenkeel/core/model";
import { Failure, reasonOf } from "../failure";
import type { TrialOptions } from "../options";
import type { During } from "./events";
import { idleOptions, timingOf, type DuringOptions } from "./options";

/** What comes of the events, and what could not be asked of which Service. */
export interface Disruptions {
  readonly disruptions: readonly Disruption[];
  readonly unanswered: readonly Unanswered[];
  readonly notes: readonly string[];
}

/**
 * The events on every exposed Service. One that does not fit a Service is noted; if it fits none, or names a node that is nowhere,
 * that is the user's mistake.
 */
export function disruptionsOf(
  exposures: readonly Exposure[],
  events: readonly During[],
  options: DuringOptions & TrialOptions,
): Disruptions {
  if (events.length === 0) {
    const idle = idleOptions(options);
    const notes =
      idle.length > 0
        ? [
            `without --during nothing happens: ${idle.join(", ")} ${idle.length === 1 ? "has" : "have"} no effect`,
          ]
        : [];
    return { disruptions: [], unanswered: [], notes };
  }
  for (const { cluster } of exposures) checkNodes(events, cluster);
  const { trials, seed, budget } = options;
  const notes: string[] = [];
  const found = exposures.flatMap((exposure) => {
    const name = displayName(exposure.service.ref);
    try {
      return estimateDuring(exposure, { events, timing: timingOf(options), budget, trials, seed });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      notes.push(`${name}: ${asOption(reasonOf(error), events)}`);
      return [];
    }
  });
  if (found.length === 0 && notes.length > 0) throw new Failure(notes.join("\n"));
  return { disruptions: found.filter(isAnswered), unanswered: found.filter(isUnanswered), notes };
}

/** `events[0]: …` as the user wrote it. */
function asOption(message: string, events: readonly During[]): string {
  return message.replace(/^events\[(\d+)\](\.node)?: /, (_, index: string) => {
    const event = events[Number(index)];
    return event ? `--during ${event.kind === "loseNode" ? "lose" : event.kind}: ` : "";
  });
}

/** Nodes shown at most. */
const SHOWN = 12;

/** Every node that is named must be there in every shape of the cluster, or have been added before. */
function checkNodes(events: readonly During[], cluster: Exposure["cluster"]): void {
  const shapes = shapesOf(cluster).map(({ nodes }) => nodes.map(({ name }) => name));
  const [first = [], ...others] = shapes;
  const names = first.filter((name) => others.every((shape) => shape.includes(name)));
  let added = 0;
  for (const event of events) {
    if (event.kind === "addNodes") added += "count" in event ? event.count : event.nodes.length;
    if (event.kind !== "drain" && event.kind !== "loseNode") continue;
    const there = [...names, ...Array.from({ length: added }, (_, index) => `added-${index + 1}`)];
    if (there.includes(event.node)) continue;
    const word = event.kind === "drain" ? "drain" : "lose";
    const more = there.length > SHOWN ? ` and ${there.length - SHOWN} more` : "";
    throw new Failure(
      `--during ${word}=${event.node}: no such node; there are ${there.slice(0, SHOWN).join(", ")}${more}${nearest(event.node, there)}`,
    );
  }
}
