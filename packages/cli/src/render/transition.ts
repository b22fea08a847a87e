import {
  distinctStatements,
  findingName,
  isUnknown,
  percent,
  seconds,
  type ClientAddress,
  type Knowable,
} from "@evenkeel/core/model";
import type { Transition, TransitionEnd, TransitionWay } from "@evenkeel/core/transition";
import { portsOf, spreadOf } from "./estimate";
import type { Paint } from "./paint";
import { columns, sideBySide } from "./table";

/** Switches for people: what one Service loses at once and in order, one column a cluster, and the steps. */
export function renderTransitions(transitions: readonly Transition[], paint: Paint): readonly string[] {
  const groups = new Map<string, Transition[]>();
  for (const one of transitions) {
    const key = JSON.stringify([one.service, one.ports]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => renderGroup(group, paint));
}

function renderGroup(group: readonly Transition[], paint: Paint): string {
  const shown = group[Math.floor(group.length / 2)];
  if (!shown) return "";
  const { service, ports, to, trials, seed, cluster, notes } = shown;
  const title = [`to ${to}`, portsOf(ports)].filter(Boolean).join(" · ");
  const on = group.length === 1 ? ` for ${cluster}` : "";
  const assumed = distinctStatements(group.flatMap(({ assumptions }) => assumptions));
  const named = group.length > 1 ? ` (numbers for ${cluster})` : "";
  return [
    `${paint.bold(findingName(service))}  ${title}`,
    paint.dim(`  predicted${on}: ${trials} placements, seed ${seed}`),
    columns(ends(shown)),
    ...(shown.atOnce.steps.length > 0
      ? [columns(sideBySide(group.map((one) => ({ name: one.cluster, rows: losses(one) }))))]
      : []),
    ...renderWay(`  at once${named}:`, shown.atOnce, paint),
    ...(sameSteps(shown) ? [] : renderWay(`  in order${named}:`, shown.inOrder, paint)),
    ...notes.map(({ sentence }) => `  ${paint.cyan("→")} ${sentence}`),
    ...assumed.map(({ sentence }) => paint.dim(`  ${sentence}`)),
  ].join("\n");
}

function ends({ before, after, atOnce }: Transition): readonly (readonly string[])[] {
  const now = ["now", endOf(before)];
  return atOnce.steps.length === 0 ? [now] : [now, ["afterwards", endOf(after)]];
}

function losses({ atOnce, inOrder }: Transition): readonly (readonly string[])[] {
  return [
    ["at once", lossOf(atOnce)],
    ["in order", lossOf(inOrder)],
  ];
}

function endOf({
  balancer,
  externalTrafficPolicy,
  healthCheck,
  clientAddress,
  dropped,
}: TransitionEnd): string {
  return [
    ...(balancer ? [balancer] : []),
    externalTrafficPolicy ?? "Cluster",
    ...(healthCheck ? [`checked by ${healthCheck}`] : []),
    `pods see ${addressSeen(clientAddress)}`,
    ...(dropped.worst > 0 ? [`${spreadOf(dropped, percent)} dropped`] : []),
  ].join(", ");
}

function addressSeen(address: Knowable<ClientAddress>): string {
  if (isUnknown(address)) return "an address that is not known";
  const { sees, via } = address;
  if (sees !== "client") return `${sees === "node" ? "a node" : "the load balancer"}'s address`;
  return `the client's address${VIA[via]}`;
}

const VIA = { peer: "", proxyProtocol: " in the PROXY header", header: " in a header of HTTP" } as const;

function lossOf({ fullLossSeconds, dropped, resets }: TransitionWay): string {
  const lost =
    dropped.worst > 0
      ? `new connections lost as if all were for ${spreadOf(fullLossSeconds, seconds)}, up to ${spreadOf(dropped, percent)} of them`
      : "no new connection lost";
  return resets.worst > 0 ? `${lost}; ${spreadOf(resets, percent)} of established ones reset` : lost;
}

function renderWay(title: string, { steps }: TransitionWay, paint: Paint): readonly string[] {
  if (steps.length === 0) return [];
  return [
    title,
    ...steps.flatMap(({ action, why, seconds: lasts, fullLossSeconds }, index) => {
      const last = index === steps.length - 1;
      const wait = last || lasts === 0 ? "" : `, then wait ${seconds(lasts)}`;
      const lost =
        fullLossSeconds.worst > 0 ? ` (loses as if all were for ${spreadOf(fullLossSeconds, seconds)})` : "";
      const reasons = why.map(({ sentence }) => sentence).join(" ");
      return [`    ${index + 1}. ${action.sentence}${wait}${lost}`, paint.dim(`       ${reasons}`)];
    }),
  ];
}

function sameSteps({ atOnce, inOrder }: Transition): boolean {
  return JSON.stringify(atOnce.steps) === JSON.stringify(inOrder.steps);
}
