import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY, stageProject } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { openSandbox } from "./engine/sandbox";
import { initStack } from "./engine/stack";
import { startStandIns } from "./providers";

// The preview of the storefront with the policy pack, through `evenkeel preview` and through the real engine, in turn, in one run.

const ROUNDS = 5;
/** The offline preview is to take at most this part of the engine's time. */
const TARGET = 0.7;
const PACK = join(REPOSITORY, "policy-packs/service-traffic");

async function main(): Promise<number> {
  const sandbox = openSandbox();
  const standIns = await startStandIns({ reachable: false });
  try {
    const project = stageProject(sandbox, join(REPOSITORY, "examples/storefront"), "storefront");
    const stack = await initStack(sandbox, project, "dev", standIns.env);
    const ratios: number[] = [];
    const offline: number[] = [];
    const engine: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      offline.push(await timed(() => Promise.resolve(previewOffline())));
      engine.push(await timed(async () => void expectCode(await stack.preview({ policyPacks: [PACK] }), 0)));
      ratios.push((offline.at(-1) ?? 0) / (engine.at(-1) ?? 1));
    }
    const ratio = median(ratios);
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    console.log(
      `${ratio <= TARGET ? "✓" : "✗"} preview of the storefront, offline against the engine: ${ratio.toFixed(2)} ×, target ≤ ${TARGET} ×; ` +
        `${seconds(offline)} against ${seconds(engine)}, ratio ${spread} in ${ROUNDS} pairs`,
    );
    await stack.remove();
    return ratio <= TARGET ? 0 : 1;
  } finally {
    standIns.close();
    sandbox.close();
  }
}

function previewOffline(): void {
  const command = join(REPOSITORY, "packages/cli/dist/evenkeel.js");
  const { status, stderr } = spawnSync(
    process.execPath,
    [command, "preview", join(REPOSITORY, "examples/storefront"), "--policy-pack", PACK],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`evenkeel preview exited with ${status}: ${stderr}`);
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function seconds(values: readonly number[]): string {
  return `${median(values).toFixed(2)} s (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
}

void main().then((code) => {
  process.exitCode = code;
});
