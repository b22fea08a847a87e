import { randomInt } from "node:crypto";
import { askAs } from "./asked-release";
import { compare, type Comparison } from "./compare";
import { readFlags, wholeNumber } from "./flags";
import { operationsNamed } from "./operations";
import { startOracle } from "./oracle";
import { ORACLE_BINARY } from "./paths";

const FLAGS = {
  cases: "N     cases for each operation (20000)",
  seed: "N      seed (a fresh one)",
  only: "A,B    operations (all)",
  binary: "FILE  the oracle",
} as const;

async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2), FLAGS);
  const cases = wholeNumber("cases", flags.cases ?? "20000");
  const seed = wholeNumber("seed", flags.seed ?? `${randomInt(2 ** 30)}`);
  const oracle = startOracle({ binary: flags.binary ?? ORACLE_BINARY });
  try {
    console.log(`oracle: ${JSON.stringify(await askAs(oracle))}`);
    console.log(
      `${"operation".padEnd(18)}${"cases".padStart(9)}${"disagree".padStart(10)}${"seconds".padStart(9)}  seed ${seed}`,
    );
    let disagreements = 0;
    for (const operation of operationsNamed(flags.only)) {
      const result = await compare(oracle, operation, cases, seed);
      disagreements += result.disagreements;
      print(result);
    }
    return disagreements === 0 ? 0 : 1;
  } finally {
    await oracle.close();
  }
}

function print({ operation, cases, disagreements, seconds, first }: Comparison): void {
  console.log(
    `${operation.padEnd(18)}${`${cases}`.padStart(9)}${`${disagreements}`.padStart(10)}${seconds.toFixed(1).padStart(9)}`,
  );
  if (!first) return;
  const { how, ours, theirs } = first.disagreement;
  console.log(`  smallest disagreement (batch seed ${first.seed}): ${how}`);
  console.log(`    input  ${JSON.stringify(first.input)}`);
  console.log(`    ours   ${JSON.stringify(ours)}`);
  console.log(`    theirs ${JSON.stringify(theirs)}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
