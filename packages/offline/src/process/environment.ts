import type { StackConfig } from "../project/config";

export interface EnvironmentOptions {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: StackConfig;
  readonly given: Readonly<Record<string, string>> | undefined;
}

/** Environment of programs and packs, as Pulumi's hosts set it (plugin/analyzer_plugin.go constructEnv). */
export function environmentFor({
  project,
  stack,
  organization,
  config,
  given,
}: EnvironmentOptions): Readonly<Record<string, string | undefined>> {
  return {
    ...withoutPulumi(process.env),
    ...given,
    PULUMI_CONFIG: JSON.stringify(config.values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
    PULUMI_NODEJS_ORGANIZATION: organization,
    PULUMI_NODEJS_PROJECT: project,
    PULUMI_NODEJS_STACK: stack,
    PULUMI_NODEJS_DRY_RUN: "true",
    PULUMI_ORGANIZATION: organization,
    PULUMI_PROJECT: project,
    PULUMI_STACK: stack,
    PULUMI_DRY_RUN: "true",
  };
}

// What a surrounding Pulumi run, or a jest worker, left in the environment must not reach the program.
function withoutPulumi(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^PULUMI_(NODEJS_(MONITOR|ENGINE|SYNC)|CONFIG)/.test(name) && name !== "JEST_WORKER_ID",
    ),
  );
}
