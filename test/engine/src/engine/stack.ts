import { join } from "node:path";
import { parseEvents, readEvents, type EngineEvent } from "./events";
import { expectCode, pulumi, type Outcome } from "./pulumi";
import type { Sandbox } from "./sandbox";

export interface Run extends Outcome {
  readonly events: readonly EngineEvent[];
}

interface RunOptions {
  readonly policyPacks?: readonly string[];
  readonly policyConfig?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly flags?: readonly string[];
}

/** One stack of one project on the real engine, from `stack init` to `stack rm`. */
export interface Stack {
  readonly name: string;
  readonly directory: string;
  preview(options?: RunOptions): Promise<Run>;
  up(options?: RunOptions): Promise<Run>;
  refresh(options?: RunOptions): Promise<Run>;
  destroy(options?: RunOptions): Promise<Run>;
  /** `pulumi policy analyze`: packs on the state as it is. */
  analyze(options?: RunOptions): Promise<Run>;
  /** The checkpoint, as `stack export` prints it. */
  state(): Promise<Checkpoint>;
  remove(): Promise<void>;
}

interface Checkpoint {
  readonly deployment: { readonly resources?: readonly StateResource[] };
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

/** @param env joins every command, such as the addresses of the provider stand-ins. */
export async function initStack(
  sandbox: Sandbox,
  directory: string,
  name: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Stack> {
  const call = (args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
    pulumi(sandbox, [...args, "--stack", name], { cwd: directory, env: { ...env, ...extra } });

  let runs = 0;
  const run = async (args: readonly string[], options: RunOptions = {}): Promise<Run> => {
    const log = join(directory, `events-${++runs}.json`);
    const all = [...args, ...flagsOf(options), "--event-log", log];
    return { ...(await call(all, options.env)), events: readEvents(log) };
  };
  const analyze = async (options: RunOptions = {}): Promise<Run> => {
    // This command keeps no event log; it prints the events.
    const outcome = await call(["policy", "analyze", ...flagsOf(options), "--json"], options.env);
    return { ...outcome, events: parseEvents(outcome.stdout) };
  };

  expectCode(await pulumi(sandbox, ["stack", "init", name], { cwd: directory, env }), 0);
  return {
    name,
    directory,
    preview: (options) => run(["preview"], options),
    up: (options) => run(["up", "--yes", "--skip-preview"], options),
    refresh: (options) => run(["refresh", "--yes", "--skip-preview"], options),
    analyze,
    destroy: (options) => run(["destroy", "--yes", "--skip-preview"], options),
    // The engine wrote it; the fields that the suite reads are optional above.
    state: async () => JSON.parse(expectCode(await call(["stack", "export"]), 0).stdout) as Checkpoint,
    remove: async () => {
      expectCode(await call(["stack", "rm", "--yes"]), 0);
    },
  };
}

function flagsOf({ policyPacks = [], policyConfig, flags = [] }: RunOptions): readonly string[] {
  const packs = policyPacks.flatMap((pack) => ["--policy-pack", pack]);
  const config = policyConfig === undefined ? [] : ["--policy-pack-config", policyConfig];
  return [...packs, ...config, ...flags];
}
