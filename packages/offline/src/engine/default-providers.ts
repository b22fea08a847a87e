import { ResourceRefused } from "../errors";
import { secret, type PropertyMap, type PropertyValue } from "../values/property";
import type { StackConfig } from "../project/config";
import { referenceTo, type Deployment } from "./deployment";
import { providerType } from "./urn";

/** Which provider a resource, a read or a function asks for. */
export interface ProviderWanted {
  readonly package: string;
  readonly version: string;
  readonly downloadUrl: string;
  readonly parameterization?: { readonly name: string; readonly version: string };
}

/** Providers that the engine registers for resources that name none, one for each package and version. */
export class DefaultProviders {
  readonly #references = new Map<string, Promise<string>>();

  constructor(
    private readonly deployment: Deployment,
    private readonly config: StackConfig,
  ) {}

  /** The reference to the default provider, which is registered on first use. */
  reference(wanted: ProviderWanted): Promise<string> {
    const key = JSON.stringify(wanted);
    const known = this.#references.get(key);
    if (known) return known;
    const reference = this.register(wanted);
    this.#references.set(key, reference);
    return reference;
  }

  private async register(wanted: ProviderWanted): Promise<string> {
    const name = wanted.parameterization?.name ?? wanted.package;
    this.refuseDenied(name);
    const resource = await this.deployment.register({
      type: providerType(name),
      name: defaultName(wanted),
      custom: true,
      properties: { ...this.packageConfig(name), ...providerInputs(wanted) },
      dependencies: [],
      propertyDependencies: {},
      aliases: [],
      options: {
        ignoreChanges: [],
        replaceOnChanges: [],
        additionalSecretOutputs: [],
        hideDiffs: [],
        replaceWith: [],
        customTimeouts: {},
      },
    });
    return referenceTo(resource.urn);
  }

  private packageConfig(name: string): PropertyMap {
    const prefix = `${name}:`;
    const secretKeys = new Set(this.config.secretKeys);
    return Object.fromEntries(
      Object.entries(this.config.values)
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]): [string, PropertyValue] => [
          key.slice(prefix.length),
          secretKeys.has(key) ? secret(value) : value,
        ]),
    );
  }

  // source_eval.go shouldDenyRequest.
  private refuseDenied(name: string): void {
    const denied = this.config.values["pulumi:disable-default-providers"];
    if (!denied || name === "pulumi") return;
    const names = parseList(denied);
    if (names.includes("*") || names.includes(name))
      throw new ResourceRefused(
        `the default provider for '${name}' is disabled (pulumi:disable-default-providers); pass an explicit provider to the resource`,
        "",
      );
  }
}

/** What the engine writes into the inputs of a provider resource about its plugin. */
export function providerInputs(wanted: ProviderWanted): PropertyMap {
  const internal: PropertyMap = {
    ...(wanted.downloadUrl ? { pluginDownloadURL: wanted.downloadUrl } : {}),
    ...(wanted.parameterization
      ? { name: wanted.package, parameterization: { ...wanted.parameterization } }
      : {}),
  };
  const version = wanted.version;
  if (!version && Object.keys(internal).length === 0) return {};
  return { ...(version ? { version } : {}), __internal: internal };
}

/** `default_4_34_2`, `default` (providers/provider.go DefaultName). */
function defaultName({ version, parameterization, downloadUrl }: ProviderWanted): string {
  const parts = (parameterization?.version || version).split(/[.\-+]/).filter((part) => part !== "");
  const url = downloadUrl ? `_${downloadUrl.replace(/[^A-Za-z0-9_.]/g, "_")}` : "";
  return ["default", ...parts].join("_") + url;
}

function parseList(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
  } catch {
    return [];
  }
}
