import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { askAs } from "./asked-release";
import { sample } from "./compare";
import { readFlags, wholeNumber } from "./flags";
import { PLANTED } from "./mutants";
import { NOTICED, type Recorded, UNNOTICED } from "./mutants/check";
import { buildHouse, type House, planted } from "./mutants/house";
import { operationsNamed } from "./operations";
import { startOracle } from "./oracle";

const FLAGS = {
  cases: "N  cases for each error (20000)",
  seed: "N   seed (a fresh one)",
  only: "A,B operations (all)",
  file: "A,B files whose path contains one of these (all)",
} as const;

/** Plants every error in turn; says which of them the random cases notice. Exit status 1 if one goes unnoticed. */
async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2), FLAGS);
  const cases = wholeNumber("cases", flags.cases ?? "20000");
  const seed = wholeNumber("seed", flags.seed ?? `${randomInt(2 ** 30)}`);
  const names = new Set(operationsNamed(flags.only).map(({ name }) => name));
  const parts = flags.file?.split(",") ?? [""];
  const errors = PLANTED.filter(
    ({ operation, file }) => names.has(operation) && parts.some((part) => file.includes(part)),
  );
  errors.forEach(planted);
  console.log(`${errors.length} planted errors, ${cases} cases each, seed ${seed}`);

  const house = buildHouse();
  try {
    for (const operation of new Set(errors.map((error) => error.operation))) {
      await record(house, operation, cases, seed);
      const status = await check(house, operation);
      if (status !== UNNOTICED) throw new Error(`${operation}: the sound copy disagrees (status ${status})`);
    }
    let caught = 0;
    for (const error of errors) {
      const status = await house.with(error, () => check(house, error.operation));
      const told =
        status === NOTICED ? "caught" : status === UNNOTICED ? "NOT CAUGHT" : `BROKEN (status ${status})`;
      console.log(`  ${told.padEnd(11)} ${error.operation.padEnd(16)} ${error.file}: ${error.name}`);
      if (status === NOTICED) caught++;
    }
    console.log(`${caught} of ${errors.length} caught`);
    return caught === errors.length ? 0 : 1;
  } finally {
    house.remove();
  }
}

async function record(house: House, name: string, cases: number, seed: number): Promise<void> {
  const oracle = startOracle();
  try {
    await askAs(oracle);
    const recorded = await Promise.all(
      operationsNamed(name).flatMap((operation) =>
        sample(operation, seed, cases).map(async ({ input }): Promise<Recorded> => ({
          input,
          answer: await oracle.ask(name, input),
        })),
      ),
    );
    writeFileSync(house.answers(name), JSON.stringify(recorded));
  } finally {
    await oracle.close();
  }
}

function check(house: House, operation: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [house.check, operation, house.answers(operation)], {
      stdio: ["ignore", "inherit", "inherit"],
      // A planted error may loop for ever; that is noticed too, as broken.
      timeout: 120_000,
    });
    child.once("error", reject);
    child.once("close", resolve);
  });
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
