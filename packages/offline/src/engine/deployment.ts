import { ResourceRefused } from "../errors";
import type { ProviderTable } from "../providers/provider";
import type { Diagnostic, Resource } from "../result";
import { withoutReferences } from "../values/outputs";
import { unknown, type PropertyMap } from "../values/property";
import { aliasUrns } from "./aliases";
import type { Goal } from "./goal";
import type { Hooks } from "./hooks";
import { checkInputs, createOutputs, type Checked } from "./provider-calls";
import {
  ProviderInstances,
  UNKNOWN_PROVIDER_ID,
  withoutInternal,
  type ProviderInstance,
} from "./provider-instances";
import { isProviderType, packageOf, STACK_TYPE, urnOf, type Place } from "./urn";

/** Who looks at each resource before it is created, and may change its inputs. */
export interface Reviewer {
  /** Resolves to the inputs to go on with; the verdict itself holds nothing up at preview. */
  review(resource: Resource, provider: ProviderInstance | undefined): Promise<PropertyMap>;
}

export interface DeploymentOptions {
  readonly place: Place;
  readonly providers: ProviderTable;
  readonly reviewer: Reviewer;
  readonly hooks: Hooks;
  readonly diagnose: (diagnostic: Diagnostic) => void;
  readonly onResource: (resource: Resource) => void;
}

/**
 * The stack that a program describes, resource by resource, as the engine would plan it from nothing
 * (pulumi/pulumi pkg/resource/deploy/step_generator.go, step_executor.go).
 */
export class Deployment {
  readonly providers: ProviderInstances;
  readonly #resources = new Map<string, Resource>();
  readonly #pending: Promise<void>[] = [];
  #lastStep: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: DeploymentOptions) {
    this.providers = new ProviderInstances(options.providers);
  }

  get place(): Place {
    return this.options.place;
  }

  /** All resources in the order of registration. */
  get resources(): readonly Resource[] {
    return [...this.#resources.values()];
  }

  find(urn: string): Resource | undefined {
    return this.#resources.get(urn);
  }

  providerOf(resource: Resource): ProviderInstance | undefined {
    return this.providers.find(resource.provider);
  }

  diagnose(diagnostic: Diagnostic): void {
    this.options.diagnose(diagnostic);
  }

  /** Plans one resource. Steps run one after the other, as in the engine. */
  register(goal: Goal): Promise<Resource> {
    const step = this.#lastStep.then(() => this.step(goal));
    this.#lastStep = step.catch(() => undefined);
    return step;
  }

  /** Records a resource that exists already. */
  addExternal(resource: Resource): void {
    this.claim(resource.urn);
    this.put(resource);
  }

  /** Records what a component, or the program, says of its outputs. */
  setOutputs(urn: string, outputs: PropertyMap): void {
    if (!this.#resources.has(urn))
      throw new ResourceRefused(`the outputs of ${urn} are registered, but the resource is not`, urn);
    this.update(urn, { outputs });
  }

  /** Resolves when every resource has its final inputs. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /** Outputs of the program. */
  get stackOutputs(): PropertyMap {
    return this.resources.find((resource) => resource.type === STACK_TYPE)?.outputs ?? {};
  }

  urnOf(parent: string | undefined, type: string, name: string): string {
    return urnOf(this.place, parent, type, name);
  }

  private async step(goal: Goal): Promise<Resource> {
    const urn = this.urnOf(goal.parent, goal.type, goal.name);
    if (goal.parent !== undefined && !this.#resources.has(goal.parent))
      throw new ResourceRefused(`${urn}: its parent ${goal.parent} is not registered`, urn);
    this.claim(urn);
    const provider = this.providers.find(goal.provider);
    if (goal.options.import !== undefined)
      this.diagnose({
        severity: "warning",
        urn,
        message: `${goal.name}: its import is previewed as a create`,
      });
    const { inputs: checked, failures } = this.checked(urn, goal, provider);
    const planned = this.planned(urn, goal, checked);
    const reviewed = this.options.reviewer.review(planned, provider);
    if (!goal.custom) {
      // Nothing that the program is answered depends on the inputs of a component, so it goes on while packs still start.
      this.put(planned);
      const update = reviewed.then((inputs) => this.update(urn, { inputs }));
      update.catch(() => undefined); // Reported by the reviewer; `settled` rejects with it.
      this.#pending.push(update);
      return planned;
    }
    const inputs = await reviewed;
    if (failures.length > 0) throw refusal(urn, goal, failures);
    const created = await this.create({ ...planned, inputs }, goal, provider);
    this.put(created);
    return created;
  }

  private async create(
    resource: Resource,
    goal: Goal,
    provider: ProviderInstance | undefined,
  ): Promise<Resource> {
    const { hooks } = this.options;
    if (isProviderType(resource.type)) this.providers.add(resource.urn, resource.name, resource.inputs);
    await hooks.run(goal.hooks?.getBeforeCreateList() ?? [], resource, false);
    const created: Resource = { ...resource, outputs: this.outputsOf(resource, provider) };
    await hooks.run(goal.hooks?.getAfterCreateList() ?? [], created, true);
    return created;
  }

  private claim(urn: string): void {
    if (this.#resources.has(urn))
      throw new ResourceRefused(`duplicate resource URN ${urn}; try giving the resource a unique name`, urn);
  }

  private put(resource: Resource): void {
    this.#resources.set(resource.urn, resource);
    this.options.onResource(resource);
  }

  private update(urn: string, change: Partial<Resource>): void {
    const resource = this.#resources.get(urn);
    if (resource !== undefined) this.#resources.set(urn, { ...resource, ...change });
  }

  private planned(urn: string, goal: Goal, inputs: PropertyMap): Resource {
    const parentAliases = goal.parent === undefined ? [] : (this.#resources.get(goal.parent)?.aliases ?? []);
    return {
      urn,
      type: goal.type,
      name: goal.name,
      parent: goal.parent,
      custom: goal.custom,
      external: false,
      id: goal.custom ? (goal.options.import ?? unknown) : undefined,
      provider: goal.provider,
      dependencies: goal.dependencies,
      propertyDependencies: goal.propertyDependencies,
      inputs,
      outputs: {},
      protect: goal.protect ?? false,
      aliases: aliasUrns(this.place, goal, goal.aliases, parentAliases),
      options: goal.options,
    };
  }

  private checked(urn: string, goal: Goal, provider: ProviderInstance | undefined): Checked {
    if (!goal.custom) return { inputs: goal.properties, failures: [] };
    const given = withoutReferences(goal.properties);
    if (isProviderType(goal.type)) {
      const complete = this.providers.behaviour(packageOf(goal.type)).checkConfig?.(withoutInternal(given));
      return { inputs: { ...given, ...complete }, failures: [] };
    }
    if (provider === undefined)
      throw new ResourceRefused(`${urn}: its provider ${goal.provider ?? ""} is not registered`, urn);
    return checkInputs(provider, { urn, type: goal.type, name: goal.name }, given, this.options.diagnose);
  }

  private outputsOf(resource: Resource, provider: ProviderInstance | undefined): PropertyMap {
    if (isProviderType(resource.type)) return withoutInternal(resource.inputs);
    return provider === undefined ? {} : createOutputs(provider, resource, this.options.diagnose);
  }
}

/** The reference that resources carry to a provider of this stack. */
export function referenceTo(providerUrn: string): string {
  return `${providerUrn}::${UNKNOWN_PROVIDER_ID}`;
}

function refusal(urn: string, goal: Goal, failures: Checked["failures"]): ResourceRefused {
  const reasons = failures.map(({ property, reason }) =>
    property === undefined ? reason : `${property}: ${reason}`,
  );
  return new ResourceRefused(`${goal.type} '${goal.name}' has a problem: ${reasons.join("; ")}`, urn);
}
