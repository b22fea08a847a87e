import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compare } from "./compare";
import { readFlags, wholeNumber } from "./flags";
import { operationsNamed } from "./operations";
import { startOracle } from "./oracle";
import { REACH } from "./reach";
import { ORACLE_ROOT } from "./paths";

const FLAGS = {
  cases: "N  cases for each operation (20000)",
  seed: "N   seed (a fresh one)",
  only: "A,B operations (all)",
} as const;

interface FunctionCoverage {
  /** `k8s.io/kubernetes/pkg/proxy/topology.go`. */
  readonly file: string;
  readonly name: string;
  readonly percent: number;
}

/** How much of Kubernetes' code the random cases reach. Exit status 1 where it is less than `reach.ts` asks for. */
async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2), FLAGS);
  const cases = wholeNumber("cases", flags.cases ?? "20000");
  const seed = wholeNumber("seed", flags.seed ?? `${randomInt(2 ** 30)}`);
  const operations = operationsNamed(flags.only);
  const data = join(ORACLE_ROOT, ".cache", "coverage");
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const oracle = startOracle({
    binary: join(ORACLE_ROOT, ".cache", "oracle-cover"),
    environment: { GOCOVERDIR: data },
  });
  try {
    for (const operation of operations) await compare(oracle, operation, cases, seed);
  } finally {
    await oracle.close();
  }
  const reached = coverageOf(data);
  console.log(`coverage of Kubernetes' code by ${cases} cases for each operation, seed ${seed}`);
  let short = 0;
  for (const { operation, file, functions, atLeast, rest } of REACH) {
    if (!operations.some(({ name }) => name === operation)) continue;
    const found = reached.filter((one) => one.file === file && (!functions || functions.includes(one.name)));
    if (found.length < (functions?.length ?? 1))
      throw new Error(`${file}: not all of its functions are in the profile`);
    for (const { name, percent } of found) {
      const ok = percent >= atLeast;
      if (!ok) short++;
      const note = !ok ? `; wanted ${atLeast} %` : rest && percent < 100 ? ` (${rest})` : "";
      console.log(`  ${ok ? "     " : "SHORT"} ${percent.toFixed(1).padStart(6)} %  ${file} ${name}${note}`);
    }
  }
  return short === 0 ? 0 : 1;
}

function coverageOf(data: string): readonly FunctionCoverage[] {
  const cwd = join(ORACLE_ROOT, "go");
  const profile = join(data, "profile.txt");
  const go = (...args: string[]) => execFileSync("go", args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  go("tool", "covdata", "textfmt", `-i=${data}`, `-o=${profile}`);
  return go("tool", "cover", `-func=${profile}`)
    .split("\n")
    .flatMap((line) => {
      const match = /^(\S+\.go):\d+:\s+(\S+)\s+([\d.]+)%$/.exec(line);
      return match ? [{ file: match[1] ?? "", name: match[2] ?? "", percent: Number(match[3]) }] : [];
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
