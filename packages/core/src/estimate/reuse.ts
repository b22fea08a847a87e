import { noMoreThan, type AlikePods } from "./occupancy";

/**
 * What few connections that stay open come to, each carrying as many requests as any other: they fall like balls into bins, so the
 * shares of requests are not the shares of connections.
 */
export interface Reuse {
  readonly connections: number;
  /** Part of the draws, over placements and connections alike, that lies between `low` and `high`. */
  readonly within: number;
  /** The hottest pod's multiple of its fair share of the requests. */
  readonly hottest: { readonly low: number; readonly median: number; readonly high: number };
}

/** Most connections that are answered for: with more the interval is narrower than what is told. */
export const MOST_CONNECTIONS = 100_000;

const WITHIN = 0.95;

/** One placement, as its pods receive new connections. */
export type Placed = readonly AlikePods[];

/** Placements that stand for all of them, in the order of their hottest pod. */
const MOST_PLACED = 10;

/** Values of the multiple at which its distribution is asked for. */
const MOST_STEPS = 64;

/**
 * The interval of the hottest pod's multiple with this many connections, over the placements. Undefined without a pod that receives
 * anything. Throws a `RangeError` for a number that is no number of connections.
 */
export function reuseOf(connections: number, placements: readonly Placed[]): Reuse | undefined {
  if (!Number.isInteger(connections) || connections < 1 || connections > MOST_CONNECTIONS)
    throw new RangeError(`connections: ${connections}; wanted a whole number from 1 to ${MOST_CONNECTIONS}`);
  const alike = representatives(placements.flatMap((placed) => normalised(placed)));
  if (alike.length === 0) return undefined;
  const reached = (multiples: readonly number[]): readonly number[] => {
    const curves = alike.map(({ groups, pods }) =>
      noMoreThan(
        connections,
        groups,
        // A multiple of r is r times the mean count of a pod; the tolerance is for rounding.
        multiples.map((multiple) => Math.floor((multiple * connections) / pods + 1e-9)),
      ),
    );
    return multiples.map(
      (_, index) => curves.reduce((sum, curve) => sum + (curve[index] ?? 0), 0) / curves.length,
    );
  };
  const { pods, first, last, step } = rangeOf(connections, alike);
  const multiple = (count: number): number => (count * pods) / connections;
  const coarse = Array.from(
    { length: Math.ceil((last - first) / step) + 1 },
    (_, index) => first + index * step,
  );
  const below = reached(coarse.map(multiple));
  /** The first count by which that part of the draws is reached; between two of the coarse counts every one is asked about. */
  const quantile = (part: number): number => {
    const index = below.findIndex((one) => one >= part);
    const count = coarse[index] ?? last;
    if (step === 1 || index === 0) return multiple(count);
    const fine = Array.from({ length: step }, (_, back) => count - step + 1 + back);
    const at = reached(fine.map(multiple)).findIndex((one) => one >= part);
    return multiple(fine[at] ?? count);
  };
  const tail = (1 - WITHIN) / 2;
  return {
    connections,
    within: WITHIN,
    hottest: { low: quantile(tail), median: quantile(0.5), high: quantile(1 - tail) },
  };
}

interface Alike {
  readonly groups: readonly AlikePods[];
  readonly pods: number;
  /** Share of the hottest pod. */
  readonly most: number;
}

/** Pods of like shares together, and the shares of what arrives: what is dropped is opened again. */
function normalised(placed: Placed): readonly Alike[] {
  const arriving = placed.reduce((sum, { share, pods }) => sum + share * pods, 0);
  const pods = placed.reduce((sum, one) => sum + one.pods, 0);
  if (arriving <= 0 || pods === 0) return [];
  const groups = new Map<string, AlikePods>();
  for (const { share, pods: count } of placed) {
    const part = share / arriving;
    const key = part.toPrecision(9);
    groups.set(key, { share: part, pods: count + (groups.get(key)?.pods ?? 0) });
  }
  const all = [...groups.values()];
  return [{ groups: all, pods, most: Math.max(...all.map(({ share }) => share)) }];
}

function representatives(all: readonly Alike[]): readonly Alike[] {
  if (all.length <= MOST_PLACED) return all;
  const heat = ({ most, pods }: Alike): number => most * pods;
  const order = [...all].sort((a, b) => heat(a) - heat(b));
  return Array.from({ length: MOST_PLACED }, (_, index) => {
    return order[Math.floor(((index + 0.5) * order.length) / MOST_PLACED)] ?? [];
  }).flat();
}

/** Counts that the hottest pod may come to, on a scale of the placement with the most pods; every `step`-th where they are many. */
function rangeOf(
  connections: number,
  all: readonly Alike[],
): { readonly pods: number; readonly first: number; readonly last: number; readonly step: number } {
  const pods = Math.max(...all.map((one) => one.pods));
  const ends = all.map((one) => {
    const mean = connections * one.most;
    const width = (6 + Math.sqrt(2 * Math.log(one.pods))) * Math.sqrt(mean);
    return {
      least: Math.max(Math.ceil(connections / one.pods), mean - width) * one.pods,
      most: Math.min(connections, mean + width + 16) * one.pods,
    };
  });
  const first = Math.floor(Math.min(...ends.map(({ least }) => least)) / pods);
  const last = Math.ceil(Math.max(...ends.map(({ most }) => most)) / pods);
  return { pods, first, last, step: Math.max(1, Math.ceil((last - first) / MOST_STEPS)) };
}
