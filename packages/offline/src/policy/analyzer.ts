import type { AnalyzeDiagnostic, AnalyzeResponse, RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import type { ProviderInstance } from "../engine/provider-instances";
import type { NotApplicable, PolicyPackInfo, PolicyViolation, Resource } from "../result";
import type { PropertyMap } from "../values/property";
import { fromStruct } from "../values/struct";
import type { ConfiguredPack } from "./configure";
import { fill, levelOf, severityOf, withoutInternalKeys } from "./messages";
import type { PackProcess } from "./pack-process";
import { callPack } from "./rpc";

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
  readonly info: PolicyPackInfo;

  constructor(
    private readonly process: PackProcess,
    { info }: ConfiguredPack,
  ) {
    this.info = info;
  }

  get remediates(): boolean {
    return this.info.policies.some(({ level }) => level === "remediate");
  }

  async remediate(resource: Resource, provider: ProviderInstance | undefined): Promise<readonly Remedied[]> {
    const { sdk, client } = this.process;
    const request = new sdk.analyzer.AnalyzeRequest();
    fill(sdk, request, resource, resource.inputs, provider);
    const response = await callPack<RemediateResponse>(this.process, (done) =>
      client.remediate(request, done),
    );
    return response.getRemediationsList().flatMap((remediation): readonly Remedied[] => {
      const source = { policy: remediation.getPolicyname(), description: remediation.getDescription() };
      const properties = remediation.getProperties();
      if (remediation.getDiagnostic() !== "")
        return [{ ...source, outcome: { diagnostic: remediation.getDiagnostic() } }];
      return properties === undefined ? [] : [{ ...source, outcome: { properties: fromStruct(properties) } }];
    });
  }

  async analyze(resource: Resource, provider: ProviderInstance | undefined): Promise<Verdict> {
    const { sdk, client } = this.process;
    const request = new sdk.analyzer.AnalyzeRequest();
    fill(sdk, request, resource, withoutInternalKeys(resource.inputs), provider);
    const response = await callPack<AnalyzeResponse>(this.process, (done) => client.analyze(request, done));
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
    const response = await callPack<AnalyzeResponse>(this.process, (done) =>
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
