import type { AnalyzerInfo, PolicyInfo as PolicyInfoMessage } from "@pulumi/pulumi/proto/analyzer_pb";
import { PolicyPackFailed } from "../errors";
import type { PolicyPackOptions } from "../options";
import type { StackConfig } from "../project/config";
import type { PolicyInfo, PolicyPackInfo } from "../result";
import { readPolicyConfig, reconcile, type PolicyConfigs, type PolicySchema } from "./config";
import { LEVELS, levelOf, policyTypeOf, severityOf } from "./messages";
import type { PackProcess } from "./pack-process";
import { callPack } from "./rpc";
import { configErrors } from "./validate-config";

export interface StackIdentity {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: StackConfig;
}

export interface ConfiguredPack {
  readonly info: PolicyPackInfo;
  /** What is odd about the configuration. */
  readonly warnings: readonly string[];
}

/** Tells a pack about the stack, asks what it holds, and gives it its configuration. */
export async function configurePack(
  process: PackProcess,
  stack: StackIdentity,
  given: PolicyPackOptions["config"],
): Promise<ConfiguredPack> {
  const { sdk, client, pack } = process;
  const identity = new sdk.analyzer.AnalyzerStackConfigureRequest()
    .setStack(stack.stack)
    .setProject(stack.project)
    .setOrganization(stack.organization)
    .setDryRun(true)
    .setConfigSecretKeysList([...stack.config.secretKeys]);
  for (const [key, value] of Object.entries(stack.config.values)) identity.getConfigMap().set(key, value);
  await callPack<unknown>(process, (done) => client.configureStack(identity, done), { optional: true });
  const info = await callPack<AnalyzerInfo>(process, (done) =>
    client.getAnalyzerInfo(new sdk.empty.Empty(), done),
  );
  const { levels, warnings } = await configure(process, info, given);
  return {
    info: {
      name: info.getName(),
      version: pack.version ?? info.getVersion(),
      directory: pack.directory,
      policies: info.getPoliciesList().map((policy) => policyInfo(policy, levels)),
    },
    warnings,
  };
}

interface Configured {
  readonly levels: Readonly<Record<string, PolicyInfo["level"]>>;
  readonly warnings: readonly string[];
}

async function configure(
  process: PackProcess,
  info: AnalyzerInfo,
  given: PolicyPackOptions["config"],
): Promise<Configured> {
  const { sdk, client, pack } = process;
  const policies = info.getPoliciesList().map((policy) => ({
    name: policy.getName(),
    level: levelOf(policy.getEnforcementlevel()),
    schema: schemaOf(policy),
  }));
  const givenConfig = configOf(pack.directory, given);
  if (!info.getSupportsconfig())
    return { levels: Object.fromEntries(policies.map(({ name, level }) => [name, level])), warnings: [] };
  const config = reconciled(pack.directory, policies, initialConfig(info), givenConfig);
  const errors = await configErrors(policies, config);
  if (errors.length > 0) throw configFailure(pack.directory, errors.join("; "));
  const request = new sdk.analyzer.ConfigureAnalyzerRequest();
  for (const [name, { level, properties }] of Object.entries(config)) {
    const message = new sdk.analyzer.PolicyConfig()
      .setEnforcementlevel(LEVELS.indexOf(level))
      .setProperties(sdk.struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties))));
    request.getPolicyconfigMap().set(name, message);
  }
  await callPack<unknown>(process, (done) => client.configure(request, done));
  const names = new Set(["all", ...policies.map(({ name }) => name)]);
  return {
    levels: Object.fromEntries(Object.entries(config).map(([name, { level }]) => [name, level])),
    // The engine accepts a name that no policy has, and so hides a misspelling.
    warnings: Object.keys(givenConfig)
      .filter((name) => !names.has(name))
      .map(
        (name) => `policy pack '${info.getName()}' has no policy '${name}', which its configuration names`,
      ),
  };
}

function configFailure(directory: string, reason: string): PolicyPackFailed {
  return new PolicyPackFailed(`configuration of policy pack ${directory}: ${reason}`, directory);
}

function reconciled(directory: string, ...given: Parameters<typeof reconcile>): ReturnType<typeof reconcile> {
  try {
    return reconcile(...given);
  } catch (error) {
    throw configFailure(directory, error instanceof Error ? error.message : String(error));
  }
}

function configOf(directory: string, given: PolicyPackOptions["config"]): PolicyConfigs {
  try {
    return readPolicyConfig(given);
  } catch (error) {
    throw configFailure(directory, error instanceof Error ? error.message : String(error));
  }
}

function initialConfig(info: AnalyzerInfo): PolicyConfigs {
  const result: Record<
    string,
    { level: PolicyInfo["level"]; properties: Readonly<Record<string, unknown>> }
  > = {};
  info.getInitialconfigMap().forEach((config, name) => {
    result[name] = {
      level: levelOf(config.getEnforcementlevel()),
      properties: config.getProperties()?.toJavaScript() ?? {},
    };
  });
  return result;
}

function schemaOf(policy: PolicyInfoMessage): PolicySchema | undefined {
  const schema = policy.getConfigschema();
  return (
    schema && { properties: schema.getProperties()?.toJavaScript() ?? {}, required: schema.getRequiredList() }
  );
}

function policyInfo(
  policy: PolicyInfoMessage,
  levels: Readonly<Record<string, PolicyInfo["level"]>>,
): PolicyInfo {
  return {
    name: policy.getName(),
    displayName: policy.getDisplayname() || undefined,
    description: policy.getDescription(),
    level: levels[policy.getName()] ?? levelOf(policy.getEnforcementlevel()),
    severity: severityOf(policy.getSeverity()),
    type: policyTypeOf(policy.getPolicyType()),
    url: policy.getUrl() || undefined,
  };
}
