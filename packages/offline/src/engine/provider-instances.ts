import { echo } from "../providers/default";
import type { Provider, ProviderTable } from "../providers/provider";
import { containsUnknowns, type PropertyMap } from "../values/property";
import type { Resource } from "../result";
import { isProviderType, packageOf, typeOf } from "./urn";

/** Id that providers carry at preview: the sentinel for an unknown text (deploy/providers/registry.go UnknownID). */
export const UNKNOWN_PROVIDER_ID = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A provider resource, ready to be asked. */
export interface ProviderInstance {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** As policies see it: with the `version` and what the engine keeps for itself. */
  readonly inputs: PropertyMap;
  /** What the provider is configured with. */
  readonly config: PropertyMap;
  readonly provider: Provider;
}

/** The provider resources of a stack, by URN. */
export class ProviderInstances {
  readonly #instances = new Map<string, ProviderInstance>();

  readonly #behaviours: ReadonlyMap<string, Provider>;

  constructor(table: ProviderTable) {
    this.#behaviours = new Map(
      Object.entries(table).map(([name, entry]) => [name, typeof entry === "function" ? entry() : entry]),
    );
  }

  /** The behaviour that stands for a package. */
  behaviour(packageName: string): Provider {
    return this.#behaviours.get(packageName) ?? echo;
  }

  add(urn: string, name: string, inputs: PropertyMap): ProviderInstance {
    const type = typeOf(urn);
    const config = withoutInternal(inputs);
    const behaviour = this.behaviour(packageOf(type));
    const instance: ProviderInstance = {
      urn,
      type,
      name,
      inputs,
      config,
      provider: isConfigured(config) ? behaviour : unconfigured(behaviour),
    };
    this.#instances.set(urn, instance);
    return instance;
  }

  /** The provider behind a reference `URN::id`. */
  find(reference: string | undefined): ProviderInstance | undefined {
    return reference === undefined ? undefined : this.#instances.get(providerUrnOf(reference));
  }
}

/** The id as the engine sends it to the program: of a provider the sentinel, of what does not exist yet none. */
export function wireId(resource: Resource): string {
  if (typeof resource.id === "string") return resource.id;
  return isProviderType(resource.type) ? UNKNOWN_PROVIDER_ID : "";
}

export function providerUrnOf(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

/** What a provider is given of its resource's inputs: all but the engine's own (providers.FilterProviderConfig). */
export function withoutInternal(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "__internal"));
}

// plugin/provider_plugin.go Configure: a provider of which any setting is unknown is not configured, hence not asked.
function isConfigured(config: PropertyMap): boolean {
  return Object.entries(config).every(([key, value]) => key === "version" || !containsUnknowns(value));
}

/** Inputs pass unchecked and all outputs are unknown. */
function unconfigured(behaviour: Provider): Provider {
  return {
    acceptsSecrets: behaviour.acceptsSecrets,
    check: ({ inputs }) => ({ inputs }),
    create: () => ({}),
    read: () => ({}),
    invoke: () => ({}),
  };
}
