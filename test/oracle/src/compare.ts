import fc from "fast-check";
import type { Case, Disagreement, Operation } from "./operation";
import type { Oracle } from "./oracle";

/** Cases that are sent to the oracle before its answers are read; also the unit that a seed is derived for. */
const BATCH = 500;

export interface Comparison {
  readonly operation: string;
  readonly cases: number;
  readonly disagreements: number;
  readonly seconds: number;
  /** The first disagreement, shrunk, and the seed of the batch it came from. */
  readonly first?: { readonly seed: number; readonly input: unknown; readonly disagreement: Disagreement };
}

/** Puts `cases` random cases to both sides. The same seed gives the same cases. */
export async function compare(
  oracle: Oracle,
  operation: Operation,
  cases: number,
  seed: number,
): Promise<Comparison> {
  const start = performance.now();
  let disagreements = 0;
  let first: Comparison["first"];
  for (let done = 0; done < cases; done += BATCH) {
    const count = Math.min(BATCH, cases - done);
    const batchSeed = (seed + done / BATCH) | 0;
    const found = await failing(oracle, operation, sample(operation, batchSeed, count));
    disagreements += found.length;
    if (found[0] !== undefined && !first)
      first = { seed: batchSeed, ...(await shrunk(oracle, operation, batchSeed, count, found[0])) };
  }
  return {
    operation: operation.name,
    cases,
    disagreements,
    first,
    seconds: (performance.now() - start) / 1000,
  };
}

export function sample(operation: Operation, seed: number, count: number): readonly Case[] {
  return fc.sample(operation.cases, { seed, numRuns: count });
}

interface Failing {
  readonly input: unknown;
  readonly disagreement: Disagreement;
}

async function failing(
  oracle: Oracle,
  operation: Operation,
  cases: readonly Case[],
): Promise<readonly Failing[]> {
  const found = await Promise.all(cases.map((one) => check(oracle, operation, one)));
  return found.filter((one) => one !== undefined);
}

async function check(oracle: Oracle, operation: Operation, one: Case): Promise<Failing | undefined> {
  const disagreement = one.disagreement(await oracle.ask(operation.name, one.input));
  return disagreement && { input: one.input, disagreement };
}

/** Runs the batch again one by one and lets fast-check find the smallest case that still disagrees. */
async function shrunk(
  oracle: Oracle,
  operation: Operation,
  seed: number,
  numRuns: number,
  original: Failing,
): Promise<Failing> {
  let smallest = original;
  const result = await fc.check(
    fc.asyncProperty(operation.cases, async (one) => (await check(oracle, operation, one)) === undefined),
    { seed, numRuns },
  );
  const [one] = result.counterexample ?? [];
  if (one) smallest = (await check(oracle, operation, one)) ?? original;
  return smallest;
}
