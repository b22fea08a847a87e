import { ResourceRefused } from "../errors";
import type { CheckAnswer, ProviderTable } from "../providers/provider";
import type { Diagnostic, Resource } from "../result";
import { withoutReferences } from "../values/outputs";
import {
  containsSecrets,
  isMap,
  reveal,
  secret,
  Secret,
  unknown,
  type PropertyMap,
  type PropertyValue,
} from "../values/property";
import { aliasUrns } from "./aliases";
import type { Goal } from "./goal";
import type { Hooks } from "./hooks";
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
    const planned = this.planned(urn, goal, this.checked(urn, goal, provider));
    const reviewed = this.options.reviewer.review(planned, provider);
    if (!goal.custom) {
      // Nothing that the program is answered depends on the inputs of a component, so it goes on while packs still start.
      this.put(planned);
      const update = reviewed.then((inputs) => this.update(urn, { inputs }));
      update.catch(() => undefined); // Reported by the reviewer; `settled` rejects with it.
      this.#pending.push(update);
      return planned;
    }
    const created = await this.create({ ...planned, inputs: await reviewed }, goal, provider);
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

  private checked(urn: string, goal: Goal, provider: ProviderInstance | undefined): PropertyMap {
    if (!goal.custom) return goal.properties;
    const given = withoutReferences(goal.properties);
    if (isProviderType(goal.type)) {
      const complete = this.providers.behaviour(packageOf(goal.type)).checkConfig?.(withoutInternal(given));
      return complete === undefined ? given : { ...given, ...complete };
    }
    if (provider === undefined)
      throw new ResourceRefused(`${urn}: its provider ${goal.provider ?? ""} is not registered`, urn);
    const answer: CheckAnswer = provider.provider.check({
      ...this.requestFor(urn, goal, provider),
      inputs: forProvider(given, provider),
    });
    if ("failures" in answer) throw refusal(urn, goal, answer.failures);
    return provider.provider.acceptsSecrets ? answer.inputs : withSecretsOf(answer.inputs, given);
  }

  private outputsOf(resource: Resource, provider: ProviderInstance | undefined): PropertyMap {
    if (isProviderType(resource.type)) return withoutInternal(resource.inputs);
    if (provider === undefined) return {};
    const outputs = provider.provider.create({
      ...this.requestFor(resource.urn, resource, provider),
      inputs: forProvider(resource.inputs, provider),
    });
    return withSecretOutputs(
      provider.provider.acceptsSecrets ? outputs : withSecretsOf(outputs, resource.inputs),
      resource,
    );
  }

  private requestFor(
    urn: string,
    { type, name }: { type: string; name: string },
    provider: ProviderInstance,
  ) {
    return {
      urn,
      type,
      name,
      config: provider.config,
      diagnose: (severity: Diagnostic["severity"], message: string) =>
        this.options.diagnose({ severity, message, urn }),
    };
  }
}

/** The reference that resources carry to a provider of this stack. */
export function referenceTo(providerUrn: string): string {
  return `${providerUrn}::${UNKNOWN_PROVIDER_ID}`;
}

function forProvider(inputs: PropertyMap, { provider }: ProviderInstance): PropertyMap {
  if (provider.acceptsSecrets) return inputs;
  const plain = reveal(inputs);
  return isMap(plain) ? plain : {};
}

/** Marks as secret what has the place of something secret (plugin/provider_plugin.go annotateSecrets). */
function withSecretsOf(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]): [string, PropertyValue] => {
      const input = Object.hasOwn(inputs, key) ? inputs[key] : undefined;
      if (input === undefined) return [key, value];
      if (isMap(value) && isMap(input)) return [key, withSecretsOf(value, input)];
      return [key, containsSecrets(input) ? secret(value) : value];
    }),
  );
}

// step_executor.go continueExecuteStep: `additionalSecretOutputs`, and outputs named like a secret input.
function withSecretOutputs(outputs: PropertyMap, resource: Resource): PropertyMap {
  const named = new Set(resource.options.additionalSecretOutputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]): [string, PropertyValue] => [
      key,
      named.has(key) || resource.inputs[key] instanceof Secret ? secret(value) : value,
    ]),
  );
}

function refusal(
  urn: string,
  goal: Goal,
  failures: readonly { property?: string; reason: string }[],
): ResourceRefused {
  const reasons = failures.map(({ property, reason }) =>
    property === undefined ? reason : `${property}: ${reason}`,
  );
  return new ResourceRefused(`${goal.type} '${goal.name}' has a problem: ${reasons.join("; ")}`, urn);
}
