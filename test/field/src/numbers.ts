import type { Estimate } from "./report";

/** Reads one number of an estimate; undefined where the estimate does not know it. */
type Reading = (estimate: Estimate) => unknown;

const SEEN: Readonly<Record<string, string>> = {
  client: "the client's",
  node: "a node's",
  balancer: "the load balancer's",
};

/** What `expect.numbers` may name. */
export const READINGS: Readonly<Record<string, Reading>> = {
  hottestOfFairPart: ({ hottest }) => meanOf(hottest),
  dropped: ({ dropped }) => meanOf(dropped),
  clientAddress: ({ clientAddress }) => SEEN[String(fieldOf(clientAddress, "sees"))],
  nodesServing: (estimate) => receivingNodes(estimate),
  nodesServingUnderLocal: (estimate) =>
    fieldOf(estimate.policy, "externalTrafficPolicy") === "Local" ? receivingNodes(estimate) : undefined,
  podsWithoutTraffic: (estimate) => podShares(estimate)?.filter((share) => share === 0).length,
  shares: (estimate) => podShares(estimate),
  secondsUntilNodeIsOut: ({ detectionSeconds }) => detectionSeconds,
};

/** Whether two values are the same, numbers to half a percent. */
export function sameValue(wanted: unknown, seen: unknown): boolean {
  if (typeof wanted === "number" && typeof seen === "number")
    return Math.abs(wanted - seen) <= 0.005 * Math.max(1, Math.abs(wanted));
  if (Array.isArray(wanted) && Array.isArray(seen))
    return wanted.length === seen.length && wanted.every((one, index) => sameValue(one, seen[index]));
  return wanted === seen;
}

function meanOf(figure: unknown): unknown {
  return fieldOf(figure, "mean");
}

interface Share {
  readonly node: string;
  readonly pods: number;
  readonly share: number;
}

function sharesOf({ shares }: Estimate): readonly Share[] | undefined {
  return Array.isArray(shares) ? (shares as readonly Share[]) : undefined; // our own document
}

/** Ascending, one for each pod. */
function podShares(estimate: Estimate): readonly number[] | undefined {
  return sharesOf(estimate)
    ?.flatMap(({ pods, share }) => Array.from({ length: pods }, () => share))
    .sort((a, b) => a - b);
}

/** Nodes that receive connections for their pods, which can be fewer than nodes with a pod. */
function receivingNodes(estimate: Estimate): number | undefined {
  const shares = sharesOf(estimate);
  return shares && new Set(shares.filter(({ share }) => share > 0).map(({ node }) => node)).size;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
