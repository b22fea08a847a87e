import { readPulumi } from "@evenkeel/adapters";
import { check } from "@evenkeel/rules";
import { join } from "node:path";
import { PackProcess } from "../../../policy-packs/service-traffic/test/pack-process";
import { annotatedService, LOCAL } from "../../../policy-packs/service-traffic/test/resources";
import { STACK, urnOf } from "../../../policy-packs/service-traffic/test/wire";
import { POLICY_NAMES, POLICY_RULES } from "../../../policy-packs/service-traffic/src/settings/names";
import { show, timing } from "../src/measure";
import { awsguardFolder } from "./awsguard";
import { boot, cpuOf } from "./boot";
import { benchmarkStack } from "./stack";

// `npm run bench:pack`: our policy pack against what a pack costs anyway, all through their own processes over gRPC, interleaved.
// Times are processor time of the pack's process.

const ROOT = process.cwd();
const OURS = join(ROOT, "policy-packs/service-traffic");
const PEERS = join(ROOT, "test/bench/pack/packs");
const ROUNDS = 7;
const BOOTS = 21;
const RESOURCES = 1000;
const POLICIES = { BENCH_POLICIES: String(POLICY_NAMES.length) };

let missed = 0;

function held(name: string, value: number, target: number, unit: string, detail: string): void {
  const met = value <= target;
  if (!met) missed += 1;
  console.log(`${met ? "✓" : "✗"} ${name}: ${value.toFixed(2)}${unit}, target ≤ ${target}${unit}; ${detail}`);
}

/** Processor time of the pack's process; the time that the client and other programs take is nobody's here. */
async function clock(pack: PackProcess, run: (pack: PackProcess) => Promise<unknown>): Promise<number> {
  const before = cpuOf(pack.pid);
  await run(pack);
  return cpuOf(pack.pid) - before;
}

type Packs = Readonly<Record<string, PackProcess>>;

/** Each pack in turn, round after round, so that a machine that slows down slows all; the first round warms up. */
async function interleaved(
  packs: Packs,
  run: (pack: PackProcess) => Promise<unknown>,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const taken: Record<string, number[]> = Object.fromEntries(Object.keys(packs).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, pack] of Object.entries(packs)) {
      const milliseconds = await clock(pack, run);
      if (round > 0) taken[name]?.push(milliseconds);
    }
  return taken;
}

function ratios(ours: readonly number[] = [], theirs: readonly number[] = []): readonly number[] {
  return ours.map((milliseconds, round) => milliseconds / (theirs[round] ?? Number.NaN));
}

function against(name: string, ours: readonly number[] = [], theirs: readonly number[] = []): string {
  return `${show(timing(ratios(ours, theirs)), "×", 2)} of ${name}: ${show(timing(ours))} against ${show(timing(theirs))}, ${ROUNDS} rounds`;
}

async function main(): Promise<void> {
  const withAwsguard = !process.argv.includes("--without-awsguard");
  const awsguard = withAwsguard ? awsguardFolder(join(ROOT, "test/bench/.cache/awsguard")) : undefined;
  if (withAwsguard && !awsguard) console.log("AWSGuard could not be installed; it is left out");
  const stack = benchmarkStack(RESOURCES);
  console.log(`${RESOURCES} resources; ${POLICY_RULES.length} rules, ${POLICY_NAMES.length} policies`);
  const packs: Packs = {
    ours: await PackProcess.start(OURS),
    empty: await PackProcess.start(join(PEERS, "empty-typed"), POLICIES),
    "one rule": await PackProcess.start(join(PEERS, "one-rule")),
    "one stack policy": await PackProcess.start(join(PEERS, "one-stack-policy")),
    ...(awsguard ? { AWSGuard: await PackProcess.start(awsguard) } : {}),
  };
  try {
    for (const pack of Object.values(packs)) await pack.configure({});
    const { "one stack policy": _stack, ...ofResources } = packs;
    const analyzed = await interleaved(ofResources, async (pack) => {
      await pack.analyze(STACK);
      for (const resource of stack) await pack.analyze(resource);
    });
    const median = timing(ratios(analyzed["ours"], analyzed["empty"])).median;
    held(
      "Analyze",
      median,
      1.1,
      "×",
      against("as many empty typed policies", analyzed["ours"], analyzed["empty"]),
    );
    for (const name of ["one rule", ...(awsguard ? ["AWSGuard"] : [])])
      console.log(`  Analyze: ${against(name, analyzed["ours"], analyzed[name])}`);

    const { "one rule": _rule, empty: _empty, ...ofStacks } = packs;
    const whole = await interleaved(ofStacks, (pack) => pack.analyzeStack([STACK, ...stack]));
    const stackMedian = timing(ratios(whole["ours"], whole["one stack policy"])).median;
    held(
      "AnalyzeStack",
      stackMedian,
      1.6,
      "×",
      against("one stack policy", whole["ours"], whole["one stack policy"]),
    );
    if (awsguard) console.log(`  AnalyzeStack: ${against("AWSGuard", whole["ours"], whole["AWSGuard"])}`);
  } finally {
    for (const pack of Object.values(packs)) await pack.stop();
  }

  const boots = {
    ours: [OURS],
    minimal: [join(PEERS, "one-rule")],
    ...(awsguard ? { AWSGuard: [awsguard] } : {}),
  };
  const booted: Record<string, { cpu: number[]; wall: number[]; memory: number[] }> = {};
  for (let round = 0; round < BOOTS; round += 1)
    for (const [name, [folder = ""]] of Object.entries(boots)) {
      const { cpuMilliseconds, wallMilliseconds, residentMegabytes } = await boot(folder);
      const of = (booted[name] ??= { cpu: [], wall: [], memory: [] });
      of.cpu.push(cpuMilliseconds);
      of.wall.push(wallMilliseconds);
      of.memory.push(residentMegabytes);
    }
  const above = (of: "cpu" | "memory") =>
    timing(
      (booted["ours"]?.[of] ?? []).map((one, round) => one - (booted["minimal"]?.[of][round] ?? Number.NaN)),
    ).median;
  const detail = (of: "cpu" | "memory", unit: string) =>
    Object.entries(booted)
      .map(([name, figures]) => `${name} ${show(timing(figures[of]), unit, 0)}`)
      .join(", ");
  held(
    "boot, processor time above a minimal pack",
    above("cpu"),
    40,
    " ms",
    `${detail("cpu", "ms")}, ${BOOTS} starts`,
  );
  held(
    "boot, memory above a minimal pack",
    above("memory"),
    20,
    " MB",
    `${detail("memory", "MB")}, ${BOOTS} starts`,
  );
  for (const [name, { wall }] of Object.entries(booted))
    console.log(`  boot until the first answer: ${name} ${show(timing(wall))}`);

  const service = annotatedService("web", { "healthcheck-interval": "10" }, LOCAL);
  const { type, name } = service;
  const material = readPulumi([{ type, name, urn: urnOf(service), properties: { ...service.inputs } }]);
  const enforcement = { levels: {}, onUnknown: {}, exemptions: [], today: "2026-11-22" };
  const microseconds = (times: number) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < times; i += 1) check(POLICY_RULES, material, enforcement);
    return Number(process.hrtime.bigint() - start) / 1e3 / times;
  };
  microseconds(5000);
  const code = timing(Array.from({ length: 21 }, () => microseconds(500)));
  const scaled = (code.median * 150) / POLICY_RULES.length;
  held(
    "rule code on one annotated Service, for 150 rules",
    scaled,
    30,
    " µs",
    `${show(code, "µs")} for ${POLICY_RULES.length} rules, scaled`,
  );
  process.exitCode = missed > 0 ? 1 : 0;
}

void main();
