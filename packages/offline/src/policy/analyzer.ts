import type { ServiceError } from "@grpc/grpc-js";
import type {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  AnalyzerInfo,
  PolicyInfo as PolicyInfoMessage,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { PolicyPackFailed } from "../errors";
import type { ProviderInstance } from "../engine/provider-instances";
import { withoutColours } from "../process/failure-text";
import type { StackConfig } from "../project/config";
import type { NotApplicable, PolicyInfo, PolicyPackInfo, PolicyViolation, Resource } from "../result";
import type { PropertyMap } from "../values/property";
import { fromStruct } from "../values/struct";
import { readPolicyConfig, reconcile, type PolicyConfigs, type PolicySchema } from "./config";
import { fill, LEVELS, levelOf, policyTypeOf, severityOf, withoutInternalKeys } from "./messages";
import type { PackProcess } from "./pack-process";
import type { PolicyPackOptions } from "../options";

export interface StackIdentity {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: StackConfig;
}

/** What a pack says of one resource, or of the stack. */
export interface Verdict {
  readonly violations: readonly PolicyViolation[];
  readonly notApplicable: readonly NotApplicable[];
}

export interface Remedied {
  readonly policy: string;
  readonly description: string;
  /** New inputs, or what kept the policy from running. */
  readonly outcome: { readonly properties: PropertyMap } | { readonly diagnostic: string };
}

/** A started and configured policy pack. */
export class Analyzer {
  private constructor(
    private readonly process: PackProcess,
    readonly info: PolicyPackInfo,
  ) {}

  /** Tells the pack about the stack and its configuration. */
  static async configure(
    process: PackProcess,
    stack: StackIdentity,
    given: PolicyPackOptions["config"],
  ): Promise<Analyzer> {
    const rpc = new Rpc(process);
    const { sdk, client, pack } = process;
    const identity = new sdk.analyzer.AnalyzerStackConfigureRequest()
      .setStack(stack.stack)
      .setProject(stack.project)
      .setOrganization(stack.organization)
      .setDryRun(true)
      .setConfigSecretKeysList([...stack.config.secretKeys]);
    for (const [key, value] of Object.entries(stack.config.values)) identity.getConfigMap().set(key, value);
    await rpc.call<unknown>((done) => client.configureStack(identity, done), { optional: true });
    const info = await rpc.call<AnalyzerInfo>((done) => client.getAnalyzerInfo(new sdk.empty.Empty(), done));
    const levels = await configure(process, rpc, info, given);
    return new Analyzer(process, {
      name: info.getName(),
      version: pack.version ?? info.getVersion(),
      directory: pack.directory,
      policies: info.getPoliciesList().map((policy) => policyInfo(policy, levels)),
    });
  }

  get remediates(): boolean {
    return this.info.policies.some(({ level }) => level === "remediate");
  }

  async remediate(resource: Resource, provider: ProviderInstance | undefined): Promise<readonly Remedied[]> {
    const { sdk, client } = this.process;
    const request = new sdk.analyzer.AnalyzeRequest();
    fill(sdk, request, resource, resource.inputs, provider);
    const response = await new Rpc(this.process).call<RemediateResponse>((done) =>
      client.remediate(request, done),
    );
    return response.getRemediationsList().map((remediation) => ({
      policy: remediation.getPolicyname(),
      description: remediation.getDescription(),
      outcome:
        remediation.getDiagnostic() === ""
          ? { properties: fromStruct(remediation.getProperties()) }
          : { diagnostic: remediation.getDiagnostic() },
    }));
  }

  async analyze(resource: Resource, provider: ProviderInstance | undefined): Promise<Verdict> {
    const { sdk, client } = this.process;
    const request = new sdk.analyzer.AnalyzeRequest();
    fill(sdk, request, resource, withoutInternalKeys(resource.inputs), provider);
    const response = await new Rpc(this.process).call<AnalyzeResponse>((done) =>
      client.analyze(request, done),
    );
    return this.verdict(response, "resource", () => resource.urn, resource.urn);
  }

  /** Looks at the outputs of the whole stack. */
  async analyzeStack(
    resources: readonly Resource[],
    providerOf: (resource: Resource) => ProviderInstance | undefined,
    stackUrn: string,
  ): Promise<Verdict> {
    const { sdk, client } = this.process;
    const messages = resources.map((resource) => {
      const message = new sdk.analyzer.AnalyzerResource();
      fill(sdk, message, resource, withoutInternalKeys(resource.outputs), providerOf(resource));
      message.setParent(resource.parent ?? "").setDependenciesList([...resource.dependencies]);
      for (const [key, urns] of Object.entries(resource.propertyDependencies)) {
        if (urns.length === 0) continue;
        const dependencies = new sdk.analyzer.AnalyzerPropertyDependencies().setUrnsList([...urns]);
        message.getPropertydependenciesMap().set(key, dependencies);
      }
      return message;
    });
    const request = new sdk.analyzer.AnalyzeStackRequest().setResourcesList(messages);
    const response = await new Rpc(this.process).call<AnalyzeResponse>((done) =>
      client.analyzeStack(request, done),
    );
    const known = new Set(resources.map(({ urn }) => urn));
    return this.verdict(response, "stack", (urn) => (known.has(urn) ? urn : stackUrn), undefined);
  }

  close(): void {
    this.process.client.close();
  }

  private verdict(
    response: AnalyzeResponse,
    stage: PolicyViolation["stage"],
    urnOf: (reported: string) => string,
    subject: string | undefined,
  ): Verdict {
    return {
      violations: response.getDiagnosticsList().map((diagnostic) => this.violation(diagnostic, stage, urnOf)),
      notApplicable: response.getNotApplicableList().map((entry) => ({
        pack: this.info.name,
        policy: entry.getPolicyName(),
        urn: subject,
        reason: entry.getReason(),
      })),
    };
  }

  private violation(
    diagnostic: AnalyzeDiagnostic,
    stage: PolicyViolation["stage"],
    urnOf: (reported: string) => string,
  ): PolicyViolation {
    const policy = diagnostic.getPolicyname();
    return {
      pack: this.info.name,
      version: this.info.version,
      policy,
      // What still violates after remediation blocks (deploy/analyze_snapshot.go analyzeResource).
      level: levelOf(diagnostic.getEnforcementlevel()) === "advisory" ? "advisory" : "mandatory",
      severity:
        severityOf(diagnostic.getSeverity()) ??
        this.info.policies.find(({ name }) => name === policy)?.severity,
      description: diagnostic.getDescription(),
      message: diagnostic.getMessage(),
      urn: urnOf(diagnostic.getUrn()),
      stage,
    };
  }
}

type Done<Response> = (error: ServiceError | null, response: Response) => void;

class Rpc {
  constructor(private readonly process: PackProcess) {}

  /** Calls the pack; an optional call may be unknown to it. */
  call<Response>(
    start: (done: Done<Response>) => void,
    options: { optional?: boolean } = {},
  ): Promise<Response> {
    const { sdk, pack, child } = this.process;
    return new Promise((resolve, reject) =>
      start((error, response) => {
        if (error === null || (options.optional && error.code === sdk.grpc.status.UNIMPLEMENTED))
          return resolve(response);
        const details = withoutColours(error.details || error.message);
        reject(
          new PolicyPackFailed(
            `policy pack ${pack.directory} failed: ${details.split("\n", 1)[0]}`,
            pack.directory,
            [details, child.output.stderr].filter((text) => text !== "").join("\n"),
          ),
        );
      }),
    );
  }
}

async function configure(
  process: PackProcess,
  rpc: Rpc,
  info: AnalyzerInfo,
  given: PolicyPackOptions["config"],
): Promise<Readonly<Record<string, PolicyInfo["level"]>>> {
  const { sdk, client, pack } = process;
  const policies = info.getPoliciesList().map((policy) => ({
    name: policy.getName(),
    level: levelOf(policy.getEnforcementlevel()),
    schema: schemaOf(policy),
  }));
  if (!info.getSupportsconfig()) return Object.fromEntries(policies.map(({ name, level }) => [name, level]));
  const config = reconcile(policies, initialConfig(info), configOf(pack.directory, given));
  const request = new sdk.analyzer.ConfigureAnalyzerRequest();
  for (const [name, { level, properties }] of Object.entries(config)) {
    const message = new sdk.analyzer.PolicyConfig()
      .setEnforcementlevel(LEVELS.indexOf(level))
      .setProperties(sdk.struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties))));
    request.getPolicyconfigMap().set(name, message);
  }
  await rpc.call<unknown>((done) => client.configure(request, done));
  return Object.fromEntries(Object.entries(config).map(([name, { level }]) => [name, level]));
}

function configOf(directory: string, given: PolicyPackOptions["config"]): PolicyConfigs {
  try {
    return readPolicyConfig(given);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PolicyPackFailed(`configuration of policy pack ${directory}: ${reason}`, directory);
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
