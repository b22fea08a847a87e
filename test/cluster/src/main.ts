import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CLAIMS } from "./claims";
import type { Evidence } from "./claims/evidence";
import { judge } from "./claims/judge";
import { claimsPage, type Judged, outcomesOf } from "./claims/page";
import { type Lab, startLab } from "./lab/lab";
import { type ModeRun, runMode } from "./mode";
import { cannotRun } from "./prerequisites";
import { createNodes, createService } from "./rows/objects";
import { SCENARIOS } from "./rows/scenarios";
import { type Tests, tests } from "./tests";

const PAGE = resolve(__dirname, "../../../docs/claims.md");
const BUILD = resolve(__dirname, "../build.sh");
/** Far beyond what a run takes; ends one that hangs. */
const LIMIT_SECONDS = 900;

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== "--write");
  if (unknown.length > 0) throw new Error(`${unknown.join(" ")}: not an option; wanted --write or nothing`);
  const all = tests((line) => console.log(line));
  const why = await cannotRun();
  if (why !== undefined) {
    // Where the lab belongs, a run without it proves nothing.
    if (process.env["CI"]) await all.test("real packets", () => Promise.reject(new Error(why)));
    else all.skip("real packets", why);
  } else {
    let runs: readonly ModeRun[] = [];
    await all.test("rows in all", async () => {
      runs = await observeModes(build(), all);
      return runs
        .map(({ evidence: { mode }, rowsRun, rowsAgreed }) => `${mode} ${rowsRun} run, ${rowsAgreed} agreed`)
        .join("; ");
    });
    const evidence = runs.map((one) => one.evidence);
    await judgeClaims(evidence, all, args.includes("--write"));
  }
  console.log(all.summary());
  return all.failed > 0 ? 1 : 0;
}

/** The folder with the binaries, built if they are not there yet. */
function build(): string {
  const { status, stdout, error } = spawnSync(BUILD, { stdio: ["ignore", "pipe", "inherit"] });
  if (error) throw error;
  if (status !== 0) throw new Error(`test/cluster/build.sh: exit status ${status}`);
  return stdout.toString().trim();
}

async function observeModes(binaries: string, all: Tests): Promise<readonly ModeRun[]> {
  const started = Date.now();
  let close = async () => {};
  const end = (status: number) => void close().finally(() => process.exit(status));
  process.once("SIGINT", () => end(130));
  process.once("SIGTERM", () => end(143));
  const limit = setTimeout(() => {
    console.error(`the run was ended after ${LIMIT_SECONDS} s`);
    end(1);
  }, LIMIT_SECONDS * 1000);
  try {
    const lab = await startLab(binaries, (closing) => (close = closing));
    await populate(lab);
    const runs: ModeRun[] = [];
    for (const mode of ["iptables", "nftables"] as const) runs.push(await runMode(lab, mode, all));
    return runs;
  } finally {
    clearTimeout(limit);
    await close();
    console.log(`the cluster stood for ${Math.round((Date.now() - started) / 1000)} s`);
  }
}

async function populate(lab: Lab): Promise<void> {
  await createNodes(lab.api);
  for (const [index, scenario] of SCENARIOS.entries()) await createService(lab.api, scenario, index + 1);
}

/** A test a claim: its outcome is the one that the page tells. With `write` the page is made what was seen. */
async function judgeClaims(evidence: readonly Evidence[], all: Tests, write: boolean): Promise<void> {
  const written = write ? "" : readFileSync(PAGE, "utf8");
  const told = outcomesOf(written);
  const judged: Judged[] = [];
  for (const claim of CLAIMS)
    await all.test(`${claim.id} ${claim.says}`, () => {
      const one = judge(claim, evidence);
      judged.push(one);
      const before = told.get(claim.id);
      if (!write && before !== one.outcome)
        throw new Error(`${one.outcome}; docs/claims.md says ${before ?? "nothing"}; --write changes it`);
      return one.outcome;
    });
  await all.test("docs/claims.md is what was seen", async () => {
    if (judged.length < CLAIMS.length)
      throw new Error(`${CLAIMS.length - judged.length} claims have no outcome`);
    const page = await claimsPage(judged);
    if (write) writeFileSync(PAGE, page);
    else if (page !== written) throw new Error("it is not; --write makes it so");
    return write ? "written" : "";
  });
}

main(process.argv.slice(2)).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log("0 passed, 1 failed, 0 skipped");
    process.exitCode = 1;
  },
);
