import type { Reviewer } from "../engine/deployment";
import type { ProviderInstance } from "../engine/provider-instances";
import type { NotApplicable, PolicyResults, PolicyViolation, Remediation, Resource } from "../result";
import type { Redact } from "../redact";
import type { PropertyMap } from "../values/property";
import type { Analyzer, Verdict } from "./analyzer";

export interface ReviewOptions {
  /** Resolves when all packs are started and configured. */
  readonly analyzers: () => Promise<readonly Analyzer[]>;
  /** Takes the stack's secrets out of a text. */
  readonly redact: Redact;
  readonly onViolation: (violation: PolicyViolation) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Shows each resource to all packs: remediation first, one pack after the other; then analysis by all packs at once, for
 * whose verdict nobody waits, because at preview it holds nothing up (deploy/step_generator.go).
 */
export class Review implements Reviewer {
  readonly #remediations: Remediation[] = [];
  // In the order of registration, whatever the order in which packs answer.
  readonly #verdicts: Promise<readonly Verdict[]>[] = [];

  constructor(private readonly options: ReviewOptions) {}

  review(resource: Resource, provider: ProviderInstance | undefined): Promise<PropertyMap> {
    const reports: PolicyViolation[] = [];
    const remediated = this.remediate(resource, provider, reports);
    this.collect(
      Promise.all([remediated, this.options.analyzers()]).then(async ([inputs, analyzers]) => [
        { violations: reports, notApplicable: [] },
        ...(await Promise.all(
          analyzers.map((analyzer) => analyzer.analyze({ ...resource, inputs }, provider)),
        )),
      ]),
    );
    return remediated;
  }

  analyzeStack(
    resources: readonly Resource[],
    providerOf: (resource: Resource) => ProviderInstance | undefined,
    stackUrn: string,
  ): void {
    this.collect(
      this.options
        .analyzers()
        .then((analyzers) =>
          Promise.all(analyzers.map((analyzer) => analyzer.analyzeStack(resources, providerOf, stackUrn))),
        ),
    );
  }

  /** All that was found, once every pack has answered. */
  async results(): Promise<PolicyResults> {
    const settled = await Promise.allSettled(this.#verdicts);
    const verdicts = settled.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
    const analyzers = await this.options.analyzers().catch((): readonly Analyzer[] => []);
    return {
      packs: analyzers.map(({ info }) => info),
      violations: verdicts.flatMap(({ violations }) => violations),
      remediations: this.#remediations,
      notApplicable: verdicts.flatMap(({ notApplicable }): readonly NotApplicable[] => notApplicable),
    };
  }

  private async remediate(
    resource: Resource,
    provider: ProviderInstance | undefined,
    reports: PolicyViolation[],
  ): Promise<PropertyMap> {
    let inputs = resource.inputs;
    for (const analyzer of await this.options.analyzers()) {
      if (!analyzer.remediates) continue;
      for (const { policy, description, outcome } of await analyzer.remediate(
        { ...resource, inputs },
        provider,
      )) {
        const { name: pack, version } = analyzer.info;
        const source = { pack, version, policy, description, urn: resource.urn };
        if ("diagnostic" in outcome) {
          reports.push({ ...source, level: "advisory", message: outcome.diagnostic, stage: "remediation" });
        } else {
          this.#remediations.push({ ...source, before: inputs, after: outcome.properties });
          inputs = outcome.properties;
        }
      }
    }
    return inputs;
  }

  private collect(spoken: Promise<readonly Verdict[]>): void {
    const { redact } = this.options;
    const verdict = spoken.then((verdicts) =>
      verdicts.map(({ violations, notApplicable }) => ({
        violations: violations.map((violation) => ({ ...violation, message: redact(violation.message) })),
        notApplicable: notApplicable.map((entry) => ({ ...entry, reason: redact(entry.reason) })),
      })),
    );
    this.#verdicts.push(verdict);
    verdict.then(
      (verdicts) => verdicts.flatMap(({ violations }) => violations).forEach(this.options.onViolation),
      this.options.onFailure,
    );
  }
}
