import { componentKind, readPulumi, type PulumiResource, type ResolvedVersion } from "@evenkeel/adapters";
import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { releaseAssumptionText, type Finding, type ObjectRef } from "@evenkeel/core/model";
import { findingText, type Enforcement, type Report, type Rule } from "@evenkeel/rules";
import { read, shownAlone, shownInStack, type ShownResource } from "../sdk/shown";
import { CATALOGUE_POLICY, CONFIGURATION, POLICY_RULES, RULES_OF_RESOURCE } from "../settings/names";
import type { Settings } from "../settings/settings";
import { enforcementOf, isUndecided, policyOf, withExemptions } from "./enforcement";
import { isReadable, isSubjectAlone, readOptions } from "./material";
import { objectExemptions } from "./object-exemptions";
import { redact } from "./redact";
import { Run } from "./run";
import { checkUnsettled, isCertain } from "./settled";
import { Shares } from "./shares";
import { StatementList, type Statement, type Statements } from "./statement";

/** Type of the resource that stands for the stack; the first of every preview and update. */
const STACK_TYPE = "pulumi:pulumi:Stack";

/** Stands for the one request about the whole stack. */
const STACK = "";

export interface ReviewOptions {
  readonly settings: Settings;
  /** What is wrong with the configuration, one line each. */
  readonly problems: readonly string[];
  /** `YYYY-MM-DD`, against which exemptions expire. */
  readonly today: () => string;
}

/**
 * Runs the rules at the earliest stage that has what they need: one resource by itself (a component's arguments, an annotated
 * Service), then the whole stack. What one resource leaves undecided waits for the stack, which may join the missing side; what the
 * first stage told, the second does not repeat.
 *
 * A request that is announced is evaluated as it comes in, so that policies with nothing to say need not be asked. What is not
 * announced is evaluated when the first policy asks.
 */
export class Review {
  readonly #atResource = new Shares();
  readonly #atStack = new Shares();
  #run = new Run();
  #toldProblems = false;
  #isAnnounced = false;
  #enforcement: Enforcement | undefined;

  constructor(private options: ReviewOptions) {}

  get settings(): Settings {
    return this.options.settings;
  }

  /** The engine has settled the configuration. */
  configure(settings: Settings, problems: readonly string[]): void {
    this.options = { ...this.options, settings, problems };
    this.#atResource.clear();
    this.#atStack.clear();
    this.#run = new Run();
    this.#toldProblems = false;
    this.#enforcement = undefined;
  }

  /** A request about a resource came in; its policies are still to be asked. */
  announce(resource: ShownResource): void {
    this.#isAnnounced = true;
    this.#atResource.begin(resource.urn, this.#reviewResource(resource));
  }

  /** The request about the whole stack came in. */
  announceStack(resources: readonly ShownResource[]): void {
    this.#isAnnounced = true;
    this.#atStack.begin(STACK, this.#reviewStack(resources));
  }

  /** Values of a resource that must never be shown. */
  hide(urn: string, texts: readonly string[]): void {
    this.#run.hides(urn, texts);
  }

  /** What `policy` has to say of one resource. */
  ofResource(policy: string, args: ResourceValidationArgs): readonly Statement[] {
    return this.#atResource.take(policy, args.urn, () => this.#reviewResource(shownAlone(args)));
  }

  /** What `policy` has to say of the whole stack. */
  ofStack(policy: string, args: StackValidationArgs): readonly Statement[] {
    return this.#atStack.take(policy, STACK, () => this.#reviewStack(args.resources.map(shownInStack)));
  }

  /** What a rule finds wrong with a resource by itself beyond doubt: rests on no assumption, and nobody accepted it. */
  sureViolations(rule: Rule, resource: PulumiResource): readonly Finding[] {
    const findings = this.#report([rule], [resource])?.findings ?? [];
    return findings.filter(
      ({ verdict, assumption, resource: { urn } }) =>
        verdict === "violated" && assumption === undefined && urn === resource.urn,
    );
  }

  /** Never no where the policy has something to say; yes as well while nobody can tell. */
  hasShareFor(policy: string, stage: "resource" | "stack"): boolean {
    return (
      !this.#isAnnounced || (stage === "resource" ? this.#atResource : this.#atStack).isWaitingFor(policy)
    );
  }

  #reviewResource(resource: ShownResource): Statements {
    const list = new StatementList();
    const { type, urn, parent } = resource;
    if (type === STACK_TYPE) {
      this.#run = new Run();
      this.#enforcement = undefined;
      this.#sayProblems(list, urn);
    }
    this.#run.isChild(urn, parent);
    if (isReadable(type)) this.#run.remember(urn, resource.properties);
    if (isSubjectAlone(type)) this.#reviewAlone(read(resource), list);
    return list.statements;
  }

  #reviewAlone(resource: PulumiResource, list: StatementList): void {
    const { urn, type } = resource;
    const isComponent = componentKind(type) !== undefined;
    const undecided = new Set<string>();
    this.#remarkOnExemptions(list, [resource]);
    const report = this.#report(RULES_OF_RESOURCE, [resource], list);
    if (report && isCertain(RULES_OF_RESOURCE, report)) this.#run.settle(urn);
    for (const finding of report?.findings ?? []) {
      if (isUndecided(finding)) undecided.add(finding.rule);
      else if (!this.#run.wasToldOfCreator(finding.rule, urn)) {
        this.#run.tell(finding, urn, isComponent);
        this.#say(list, finding, urn, this.#run.secretsOf([urn]));
      }
    }
    const decided = RULES_OF_RESOURCE.map(({ id }) => id).filter((id) => !undecided.has(id));
    if (isComponent) this.#run.decide(decided, urn);
  }

  #reviewStack(resources: readonly ShownResource[]): Statements {
    const list = new StatementList();
    const stack = resources.find(({ type }) => type === STACK_TYPE)?.urn;
    if (!this.#toldProblems) this.#sayProblems(list, stack);
    for (const { urn, parent } of resources) this.#run.isChild(urn, parent);
    // What a component registers as its outputs says less than its children, which are all here.
    const own = resources.filter(({ type }) => isReadable(type) && componentKind(type) === undefined);
    const all = own.map((resource) => read(resource, this.#run.inputsOf(resource.urn)));
    const urns = new Set(all.map(({ urn }) => urn));
    const secrets = this.#run.secretsOf([...urns]);
    this.#remarkOnExemptions(list, all);
    const report = this.#report(POLICY_RULES, all, list, "stack");
    for (const finding of report?.findings ?? []) {
      if (this.#run.wasToldBefore(finding)) continue;
      if (isUndecided(finding) && this.#run.wasDecidedByCreator(finding)) continue;
      // Of another stack the engine knows nothing.
      const named = [finding.resource, ...finding.related].find(({ urn }) => urn !== null && urns.has(urn));
      this.#say(list, finding, named?.urn ?? stack, secrets);
    }
    return list.statements;
  }

  /** What cannot be read is a defect of ours. Nothing was checked then, which must not pass for nothing wrong: it blocks. */
  #report(
    rules: readonly Rule[],
    resources: readonly PulumiResource[],
    list = new StatementList(),
    stage: "resource" | "stack" = "resource",
  ): Report | undefined {
    const { settings, today } = this.options;
    try {
      this.#enforcement ??= enforcementOf(settings, today());
      const { exemptions } = objectExemptions(resources, settings.objectExemptions);
      const enforcement = withExemptions(this.#enforcement, exemptions);
      const reading = readPulumi(resources, readOptions(settings, stage));
      if (stage === "stack") this.#remarkOnVersion(list, reading.version, resources[0]?.urn);
      const isSettled = ({ urn }: ObjectRef): boolean => stage === "stack" && this.#run.isSettled(urn);
      return checkUnsettled(rules, reading, enforcement, isSettled);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const text = `reading failed (${message}); no rule was run on it; please report it`;
      list.add(CONFIGURATION, {
        text: redact(text, this.#run.secretsOf(resources.map(({ urn }) => urn))),
        urn: resources[0]?.urn,
      });
      return undefined;
    }
  }

  /** A cluster of a version that is not modelled is answered for by another one, which is never done in silence. */
  #remarkOnVersion(list: StatementList, version: ResolvedVersion | undefined, urn: string | undefined): void {
    if (!version?.assumption) return;
    const text = releaseAssumptionText(version.assumption);
    if (this.#run.isNew(urn ?? "", text)) list.add(CATALOGUE_POLICY, { urn, text });
  }

  #remarkOnExemptions(list: StatementList, resources: readonly PulumiResource[]): void {
    for (const { urn, text } of objectExemptions(resources, this.settings.objectExemptions).remarks)
      if (this.#run.isNew(urn, text))
        list.add(CATALOGUE_POLICY, { urn, text: redact(text, this.#run.secretsOf([urn])) });
  }

  #say(list: StatementList, finding: Finding, urn: string | undefined, secrets: readonly string[]): void {
    list.add(policyOf(finding, this.settings), { urn, text: redact(findingText(finding), secrets) });
  }

  #sayProblems(list: StatementList, urn: string | undefined): void {
    this.#toldProblems = true;
    for (const text of this.options.problems) list.add(CONFIGURATION, { text, urn });
  }
}
