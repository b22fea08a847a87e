import { join } from "node:path";
import { PackProcess } from "../../../policy-packs/service-traffic/test/pack-process";
import { POLICY_NAMES, POLICY_RULES } from "../../../policy-packs/service-traffic/src/settings/names";
import { awsguardFolder } from "./awsguard";
import { misses } from "../src/measure";
import { measureAnalyze, measureAnalyzeStack, type Packs } from "./requests";
import { measureRuleCode } from "./rule-code";
import { benchmarkStack } from "./stack";
import { measureStarts } from "./starts";

// `npm run bench:pack`: our policy pack against what a pack costs anyway, each in its own process over gRPC, interleaved.

const ROOT = process.cwd();
const OURS = join(ROOT, "policy-packs/service-traffic");
const PEERS = join(ROOT, "test/bench/pack/packs");
const RESOURCES = 1000;

async function main(): Promise<void> {
  const wanted = !process.argv.includes("--without-awsguard");
  const awsguard = wanted ? awsguardFolder(join(ROOT, "test/bench/.cache/awsguard")) : undefined;
  if (wanted && !awsguard) console.log("AWSGuard could not be installed; it is left out");
  const stack = benchmarkStack(RESOURCES);
  console.log(
    `${RESOURCES} resources; ${POLICY_RULES.length} rules, ${POLICY_NAMES.length} policies; processor time`,
  );
  const packs = await start(awsguard);
  try {
    await measureAnalyze(packs, stack);
    await measureAnalyzeStack(packs, stack);
  } finally {
    for (const pack of Object.values(packs)) await pack.stop();
  }
  await measureStarts({
    ours: OURS,
    minimal: join(PEERS, "one-rule"),
    ...(awsguard ? { AWSGuard: awsguard } : {}),
  });
  measureRuleCode();
  process.exitCode = misses() > 0 ? 1 : 0;
}

async function start(awsguard: string | undefined): Promise<Packs> {
  const packs = {
    ours: await PackProcess.start(OURS),
    empty: await PackProcess.start(join(PEERS, "empty-typed"), {
      BENCH_POLICIES: String(POLICY_NAMES.length),
    }),
    "one rule": await PackProcess.start(join(PEERS, "one-rule")),
    "one stack policy": await PackProcess.start(join(PEERS, "one-stack-policy")),
    ...(awsguard ? { AWSGuard: await PackProcess.start(awsguard) } : {}),
  };
  for (const pack of Object.values(packs)) await pack.configure({});
  return packs;
}

void main();
