import { mkdirSync, writeFileSync } from "node:fs";
import { askAs, askedRelease } from "./asked-release";
import { sample } from "./compare";
import { readFlags, wholeNumber } from "./flags";
import { type FrozenAnswer, frozenFolder, type FrozenMeta, frozenPath } from "./frozen";
import type { Operation } from "./operation";
import { operationsNamed } from "./operations";
import { type Oracle, startOracle } from "./oracle";
import { ORACLE_BINARY } from "./paths";

const FLAGS = {
  cases: "N  answers for each operation (600)",
  seed: "N   seed (1)",
  only: "A,B operations (all)",
  binary: "FILE  the oracle; one of an older release writes to a folder of its own",
} as const;

/** Writes the oracle's answers to a fixed set of cases, so that tests without Go can hold ours against them. */
async function freeze(): Promise<void> {
  const flags = readFlags(process.argv.slice(2), FLAGS);
  const cases = wholeNumber("cases", flags.cases ?? "600");
  const seed = wholeNumber("seed", flags.seed ?? "1");
  const oracle = startOracle({ binary: flags.binary ?? ORACLE_BINARY });
  try {
    const modules = await askAs(oracle);
    const { kubernetesVersion: release } = askedRelease();
    mkdirSync(frozenFolder(release), { recursive: true });
    for (const operation of operationsNamed(flags.only)) {
      const answers = await distinctAnswers(oracle, operation, seed, cases);
      const meta: FrozenMeta = {
        operation: operation.name,
        cases: answers.length,
        seed,
        modules,
        made: "npm run freeze -w test/oracle",
      };
      writeFileSync(frozenPath(operation.name, "jsonl", release), `${answers.join("\n")}\n`);
      writeFileSync(
        frozenPath(operation.name, "meta.json", release),
        `${JSON.stringify(meta, undefined, 2)}\n`,
      );
      console.log(`${operation.name}: ${answers.length} answers`);
    }
  } finally {
    await oracle.close();
  }
}

/** Small cases repeat themselves; each line of the file asks something new. */
async function distinctAnswers(
  oracle: Oracle,
  operation: Operation,
  seed: number,
  wanted: number,
): Promise<readonly string[]> {
  const inputs = new Map<string, unknown>();
  for (let batch = 0; inputs.size < wanted && batch < 20; batch++) {
    for (const { input } of sample(operation, seed + batch, wanted)) {
      if (inputs.size < wanted) inputs.set(JSON.stringify(input), input);
    }
  }
  return Promise.all(
    [...inputs.values()].map(async (input) => {
      const line: FrozenAnswer = { input, output: output(await oracle.ask(operation.name, input)) };
      return JSON.stringify(line);
    }),
  );
}

function output(answer: Awaited<ReturnType<Oracle["ask"]>>): unknown {
  if ("error" in answer) throw new Error(`the oracle gave no answer: ${answer.error}`);
  return answer.output;
}

freeze().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
