import type { Estimate, Figure, Share } from "@evenkeel/core/estimate";
import {
  distinctStatements,
  findingName,
  isUnknown,
  percent,
  ratio,
  type ClientAddress,
  type Knowable,
} from "@evenkeel/core/model";
import { bar, columns, sideBySide } from "./table";
import type { Paint } from "./paint";

/** Estimates for people: those of one Service and side together, one column a cluster, and a bar for each pod or node. */
export function renderEstimates(estimates: readonly Estimate[], paint: Paint): readonly string[] {
  const groups = new Map<string, Estimate[]>();
  for (const estimate of estimates) {
    const { service, side, ports, basis } = estimate;
    const key = JSON.stringify([service, side, ports, basis]);
    groups.set(key, [...(groups.get(key) ?? []), estimate]);
  }
  return [...groups.values()].map((group) => renderGroup(group, paint));
}

function renderGroup(group: readonly Estimate[], paint: Paint): string {
  const [first] = group;
  if (!first) return "";
  const shown = group[Math.floor(group.length / 2)] ?? first;
  const parts = [
    heading(first, paint),
    paint.dim(`  ${basisOf(group)}`),
    columns(sideBySide(group.map((one) => ({ name: one.cluster, rows: numbers(one) })))),
    renderShares(shown, group.length > 1, paint),
  ];
  const assumed = distinctStatements(group.flatMap(({ assumptions }) => assumptions));
  const unknown = distinctStatements(group.flatMap((one) => one.unknown));
  const open = distinctStatements(
    group.flatMap(({ openQuestions = [] }) => openQuestions.map(({ statement }) => statement)),
  );
  return [
    ...parts,
    ...unknown.map(({ sentence }) => `  ${paint.yellow("?")} unknown: ${sentence}`),
    ...assumed.map(({ sentence }) => paint.dim(`  ${sentence}`)),
    ...open.map(({ sentence }) => paint.dim(`  ${sentence}`)),
  ]
    .filter(Boolean)
    .join("\n");
}

/** `shop/web  external · Local · nlb-instance · port 80`. */
export function heading(
  {
    policy,
    side,
    ports,
    balancer,
    service,
  }: Pick<Estimate, "policy" | "side" | "ports" | "balancer" | "service">,
  paint: Paint,
): string {
  const chosen = side === "external" ? (policy.externalTrafficPolicy ?? "") : policy.internalTrafficPolicy;
  const distribution = policy.trafficDistribution ? ` + ${policy.trafficDistribution}` : "";
  const what = [side, `${chosen}${distribution}`, balancer ?? "", portsOf(ports)].filter(Boolean).join(" · ");
  return `${paint.bold(findingName(service))}  ${what}`;
}

export function portsOf(ports: readonly number[]): string {
  return ports.length > 0 ? `port${ports.length === 1 ? "" : "s"} ${ports.join(", ")}` : "";
}

function basisOf(group: readonly Estimate[]): string {
  const [first] = group;
  if (!first) return "";
  const { basis, cluster, trials, seed } = first;
  const tried = `${trials} placements, seed ${seed}`;
  if (basis === "observed") return `as observed on ${cluster}`;
  return group.length === 1 ? `predicted for ${cluster}: ${tried}` : `predicted: ${tried}`;
}

function numbers(estimate: Estimate): readonly (readonly string[])[] {
  const { clientAddress, hottest, usableCapacity, targets, targetsHealthy } = estimate;
  const rows: (readonly string[])[] = [];
  rows.push([
    "hottest pod",
    hottest ? known(hottest, (one) => `${spreadOf(one, ratio)} × its fair share`) : "none: nothing arrives",
  ]);
  const { reuse } = estimate;
  if (reuse) {
    const { low, median, high } = reuse.hottest;
    rows.push([
      `with ${reuse.connections} open connection${reuse.connections === 1 ? "" : "s"}`,
      `${ratio(median)} × its fair share of the requests, ${percent(reuse.within)} between ${ratio(low)} and ${ratio(high)}`,
    ]);
  }
  if (usableCapacity && !isUnknown(usableCapacity))
    rows.push(["usable capacity", spreadOf(usableCapacity, percent)]);
  rows.push(["nodes serving", known(estimate.nodesServing, (one) => spreadOf(one, whole))]);
  if (targets && targetsHealthy) {
    const healthy = known(targetsHealthy, (one) => spreadOf(one, whole));
    rows.push(["healthy targets", `${healthy} of ${known(targets, ({ mean }) => whole(mean))}`]);
  }
  const fractions = (figure: Knowable<Figure>): string => known(figure, (one) => spreadOf(one, percent));
  rows.push(["dropped", fractions(estimate.dropped)]);
  rows.push(["extra hop", `${fractions(estimate.crossNode)}; across zones ${fractions(estimate.crossZone)}`]);
  rows.push(["client address", known(clientAddress, address)]);
  if (estimate.detectionSeconds) {
    rows.push([
      "when a target's last pod stops",
      `noticed after ${estimate.detectionSeconds} s, new connections lost for ${estimate.lossSeconds ?? 0} s`,
    ]);
  }
  if (!isUnknown(estimate.pending) && estimate.pending.worst > 0) {
    const why = estimate.schedulerMessage ? `: ${estimate.schedulerMessage}` : "";
    rows.push(["pods without a node", `${spreadOf(estimate.pending, whole)}${why}`]);
  }
  return rows;
}

const SEEN_BY = {
  peer: "the client's",
  proxyProtocol: "the client's, in the PROXY header",
  header: "the client's, in a header of HTTP",
} as const;

/** The value in words, or that it is not known; why is said below the numbers. */
function known<T>(value: Knowable<T>, say: (known: T) => string): string {
  return isUnknown(value) ? "unknown" : say(value);
}

function address({ sees, via }: ClientAddress): string {
  if (sees === "client") return SEEN_BY[via];
  return sees === "node" ? "a node's: the client's is hidden" : "the load balancer's: the client's is hidden";
}

/** `1.2 (95th percentile 1.5, worst 2)`. */
export function spreadOf({ mean, p95, worst }: Figure, say: (value: number) => string): string {
  if (say(mean) === say(p95) && say(mean) === say(worst)) return say(mean);
  return `${say(mean)} (95th percentile ${say(p95)}, worst ${say(worst)})`;
}

export function whole(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** Nodes shown at most; the rest is a count. */
const SHOWN = 12;

function renderShares({ shares, basis, cluster }: Estimate, named: boolean, paint: Paint): string {
  if (isUnknown(shares)) return "";
  const full = Math.max(0, ...shares.map(({ share }) => share));
  const hottest = [...shares].sort(
    (a, b) => b.share - a.share || a.node.localeCompare(b.node, "en", { numeric: true }),
  );
  const rows = hottest
    .slice(0, SHOWN)
    .map((share) => [...who(share), percent(share.share), paint.cyan(bar(share.share, full))]);
  if (rows.length === 0) return "";
  const head =
    basis === "observed"
      ? "  share of new connections by pod:"
      : `  share of new connections for each pod, in a typical placement${named ? ` on ${cluster}` : ""}:`;
  const more =
    hottest.length > SHOWN
      ? [`    … and ${hottest.length - SHOWN} more, down to ${percent(hottest.at(-1)?.share ?? 0)}`]
      : [];
  return [head, columns(rows, 4), ...more].join("\n");
}

function who({ node, zone, pod, pods }: Share): readonly string[] {
  const where = zone ? `${node} (${zone})` : node;
  return pod ? [pod, where] : [where, `${pods} pod${pods === 1 ? "" : "s"}`];
}
