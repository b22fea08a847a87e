import type { Disruption, Moment } from "@evenkeel/core/estimate";
import { distinctStatements, percent, ratio, seconds } from "@evenkeel/core/model";
import type { Paint } from "./paint";
import { heading, spreadOf, whole } from "./estimate";
import { columns, sideBySide } from "./table";

/** What events come to, for people: those of one Service and side together, one column a cluster, and how a typical trial goes. */
export function renderDisruptions(disruptions: readonly Disruption[], paint: Paint): readonly string[] {
  const groups = new Map<string, Disruption[]>();
  for (const one of disruptions) {
    const key = JSON.stringify([one.service, one.side, one.ports]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => renderGroup(group, paint));
}

function renderGroup(group: readonly Disruption[], paint: Paint): string {
  const shown = group[Math.floor(group.length / 2)];
  if (!shown) return "";
  const { events, trials, seed, cluster } = shown;
  const on = group.length === 1 ? ` on ${cluster}` : "";
  const during = `  during ${events.map(({ sentence }) => sentence).join(", then ")}${on}: ${trials} trials, seed ${seed}`;
  const assumed = distinctStatements(group.flatMap(({ assumptions }) => assumptions));
  return [
    heading(shown, paint),
    paint.dim(during),
    columns(sideBySide(group.map((one) => ({ name: one.cluster, rows: numbers(one) })))),
    renderCourse(shown, group.length > 1),
    ...assumed.map(({ sentence }) => paint.dim(`  ${sentence}`)),
  ].join("\n");
}

function numbers(one: Disruption): readonly (readonly [string, string])[] {
  const { afterwards, hottest, peakLoad, schedulerMessage } = one;
  const loses = one.dropped.worst > 0;
  return [
    ["connections lost", loses ? `as if all were for ${spreadOf(one.fullLossSeconds, seconds)}` : "none"],
    ...(loses
      ? [
          ["dropped at most", spreadOf(one.dropped, percent)] as const,
          ["some dropped for", spreadOf(one.droppingSeconds, seconds)] as const,
        ]
      : []),
    [
      "hottest pod at most",
      hottest ? `${spreadOf(hottest, ratio)} × its fair share` : "none: nothing arrives",
    ],
    ...(peakLoad
      ? [["most load on a pod", `${spreadOf(peakLoad, ratio)} × that with all pods`] as const]
      : []),
    ["nodes serving at least", spreadOf(one.nodesServing, whole)],
    ...(one.pending.worst > 0
      ? [
          [
            "pods without a node",
            `${spreadOf(one.pending, whole)}${schedulerMessage ? `: ${schedulerMessage}` : ""}`,
          ] as const,
        ]
      : []),
    ["at rest again after", spreadOf(one.settledSeconds, seconds)],
    ["and then", afterwardsOf(afterwards)],
  ];
}

function afterwardsOf({ hottest, dropped, nodesServing, pending }: Disruption["afterwards"]): string {
  return [
    hottest ? `hottest pod ${spreadOf(hottest, ratio)} ×` : "nothing arrives",
    `dropped ${spreadOf(dropped, percent)}`,
    `${spreadOf(nodesServing, whole)} node${nodesServing.mean === 1 && nodesServing.worst === 1 ? "" : "s"} serving`,
    ...(pending.worst > 0 ? [`${spreadOf(pending, whole)} pods without a node`] : []),
  ].join(", ");
}

/** Moments shown at most; the rest is a count. */
const SHOWN = 14;

function renderCourse({ course, cluster }: Disruption, named: boolean): string {
  if (course.length <= 1) return `  in a typical trial${named ? ` on ${cluster}` : ""} nothing changes`;
  const rows = course.slice(0, SHOWN).map(row);
  const more = course.length > SHOWN ? [`    … and ${course.length - SHOWN} moments more`] : [];
  return [
    `  a typical trial${named ? ` on ${cluster}` : ""}:`,
    columns([["from", "ready", "nodes", "dropped", "hottest"], ...rows], 4),
    ...more,
  ].join("\n");
}

function row({ at, ready, nodesServing, dropped, hottest }: Moment): readonly string[] {
  return [
    at < 0 ? "before" : seconds(at),
    String(ready),
    String(nodesServing),
    percent(dropped),
    hottest === undefined ? "–" : ratio(hottest),
  ];
}
