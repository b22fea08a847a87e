import type { Probe } from "../lab/probe";
import type { Route } from "@evenkeel/core/routing";
import { type End, endOf, foretold, unique } from "./ends";
import type { Row } from "./rows";

/** A row with what became of its connections. */
export interface ObservedRow extends Row {
  readonly foretold: readonly End[];
  readonly observed: readonly End[];
  /** How often each end was seen. */
  readonly counts: Readonly<Record<End, number>>;
  readonly agrees: boolean;
}

/** Long enough for two further SYNs: a busy machine does not look like a closed door. */
const TIMEOUT_SECONDS = 3;

/**
 * Enough for every foretold end to be seen: a round that misses one is followed by another, and after five rounds one end
 * of three is missed less than once in a million rows.
 */
const ROUNDS = 5;

/** Opens the row's connections and compares how they end. An end that was not foretold is a disagreement at once. */
export async function observe(row: Row, probe: (name: string) => Probe): Promise<ObservedRow> {
  const expected = foretold(row.route);
  const sticks = isSticky(row.route);
  const ends: End[] = [];
  const dial = async (count: number, inTurn: boolean) => {
    const { caller, to } = row;
    const spec = { to, from: caller.from, count, inTurn, timeoutSeconds: TIMEOUT_SECONDS };
    ends.push(...(await probe(caller.probe).dial(spec)).map(endOf));
  };
  const strange = () => ends.some((end) => !expected.includes(end));
  const missing = () => expected.some((end) => !ends.includes(end));
  if (sticks) await dial(expected.length > 1 ? 12 : 3, true);
  else
    for (let round = 0; round < ROUNDS && (round === 0 || (missing() && !strange())); round++)
      await dial(expected.length === 1 ? 3 : 5 * expected.length, false);

  const observed = unique(ends);
  return {
    ...row,
    foretold: expected,
    observed,
    counts: Object.fromEntries(observed.map((end) => [end, ends.filter((one) => one === end).length])),
    agrees: agree(row.route, observed),
  };
}

/** Every end that is possible was seen and no other; with session affinity, one of them and always the same. */
export function agree(route: Route, observed: readonly End[]): boolean {
  const expected = foretold(route);
  const possible = observed.every((end) => expected.includes(end));
  return possible && observed.length === (isSticky(route) ? 1 : expected.length);
}

function isSticky(route: Route): boolean {
  return route.verdict === "deliver" && route.sticksTo !== undefined;
}
