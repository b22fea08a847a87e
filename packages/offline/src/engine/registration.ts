import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Resource } from "../result";
import type { Sdk } from "../sdk";
import { asOutputs, dependenciesOf, withDependencies, withoutOutputs } from "../values/outputs";
import type { PropertyMap } from "../values/property";
import { fromStruct } from "../values/struct";
import type { Callbacks } from "./callbacks";
import { providerInputs, type DefaultProviders, type ProviderWanted } from "./default-providers";
import type { Deployment } from "./deployment";
import { opaqueKind, type Gaps } from "./gaps";
import { aliasOf, optionsOf, resultOptions, type Goal } from "./goal";
import type { Packages } from "./packages";
import { isProviderType, packageOf, typeOf } from "./urn";
import { providerUrnOf } from "./provider-instances";

/** What a component hands to its children. */
interface Inheritance {
  readonly goal: Goal;
  readonly parent: string | undefined;
  readonly transforms: readonly Callback[];
  /** References by package, of components only. */
  readonly providers: ReadonlyMap<string, string> | undefined;
}

type Dependencies = Readonly<Record<string, readonly string[]>>;

/**
 * Turns requests to register a resource into goals: inheritance from the parent, transforms, providers, dependencies
 * (pulumi/pulumi pkg/resource/deploy/source_eval.go RegisterResource).
 */
export class Registration {
  readonly #registered = new Map<string, Inheritance>();
  readonly #stackTransforms: Callback[] = [];

  constructor(
    private readonly sdk: Sdk,
    private readonly deployment: Deployment,
    private readonly defaults: DefaultProviders,
    private readonly packages: Packages,
    private readonly callbacks: Callbacks,
    private readonly gaps: Gaps,
  ) {}

  addStackTransform(callback: Callback): void {
    this.#stackTransforms.push(callback);
  }

  async register(request: RegisterResourceRequest): Promise<Resource> {
    const type = request.getType();
    const parent = request.getParent() || undefined;
    const custom = request.getCustom();
    const inherited = parent === undefined ? undefined : this.#registered.get(parent);
    inherit(request, inherited);

    const before = {
      properties: fromStruct(request.getObject()),
      options: optionsOf(
        this.sdk,
        request,
        custom ? this.explicitProvider(request, inherited) : request.getProvider(),
      ),
    };
    const requested = requestedDependencies(request, before.properties);
    const own = request.getTransformsList();
    const subject = { type, name: request.getName(), custom, parent: parent ?? "" };
    const shown =
      own.length > 0 ? withDependencies(before.properties, requested) : asOutputs(before.properties);
    let after = { ...before, properties: shown };
    for (const callback of [...own, ...this.transformsOf(parent), ...this.#stackTransforms])
      after = await this.callbacks.transform(callback, subject, after);

    const providers = custom ? undefined : childProviders(after.options, inherited);
    // Only a resource's own transforms make the engine read the dependencies anew.
    const dependencies =
      own.length > 0
        ? newDependencies(after.properties, after.options.getDependsOnList())
        : extendedDependencies(after.properties, requested, request.getDependenciesList());
    const goal: Goal = {
      type,
      name: request.getName(),
      custom,
      parent,
      properties: this.completed(withoutOutputs(after.properties), request, after.options),
      ...dependencies,
      provider: custom && !isProviderType(type) ? await this.provider(request, after.options) : undefined,
      protect: after.options.hasProtect() ? after.options.getProtect() : undefined,
      aliases: after.options.getAliasesList().map(aliasOf),
      options: resultOptions(after.options),
      hooks: after.options.getHooks(),
    };
    const resource = await this.deployment.register(goal);
    const what = opaqueKind(type, request.getRemote());
    if (what) this.gaps.addOpaque({ type, name: goal.name, urn: resource.urn, what });
    this.#registered.set(resource.urn, { goal, parent, transforms: own, providers });
    return resource;
  }

  private transformsOf(parent: string | undefined): readonly Callback[] {
    const ancestor = parent === undefined ? undefined : this.#registered.get(parent);
    return ancestor === undefined ? [] : [...ancestor.transforms, ...this.transformsOf(ancestor.parent)];
  }

  // source_eval.go resolveProvider.
  private explicitProvider(request: RegisterResourceRequest, parent: Inheritance | undefined): string {
    const packageName = packageOf(request.getType());
    return (
      request.getProvider() ||
      request.getProvidersMap().get(packageName) ||
      (parent?.providers?.get(packageName) ?? "")
    );
  }

  private async provider(
    request: RegisterResourceRequest,
    options: TransformResourceOptions,
  ): Promise<string> {
    return options.getProvider() || this.defaults.reference(this.wanted(request, options));
  }

  private wanted(request: RegisterResourceRequest, options: TransformResourceOptions): ProviderWanted {
    return (
      this.packages.find(request.getPackageref()) ?? {
        package: packageOf(request.getType()),
        version: options.getVersion(),
        downloadUrl: options.getPluginDownloadUrl().replace(/\/$/, ""),
      }
    );
  }

  private completed(
    properties: PropertyMap,
    request: RegisterResourceRequest,
    options: TransformResourceOptions,
  ): PropertyMap {
    if (!isProviderType(request.getType())) return properties;
    return { ...properties, ...providerInputs(this.wanted(request, options)) };
  }
}

// source_eval.go inheritFromParent.
function inherit(request: RegisterResourceRequest, parent: Inheritance | undefined): void {
  if (parent === undefined) return;
  const { goal } = parent;
  if (request.getDeletedwith() === "") request.setDeletedwith(goal.options.deletedWith ?? "");
  if (!request.hasProtect() && goal.protect !== undefined) request.setProtect(goal.protect);
  if (!request.hasRetainondelete() && goal.options.retainOnDelete !== undefined)
    request.setRetainondelete(goal.options.retainOnDelete);
  if (request.getProvider() === "" && goal.provider !== undefined) {
    const samePackage = packageOf(typeOf(providerUrnOf(goal.provider))) === packageOf(request.getType());
    if (!request.getCustom() || samePackage) request.setProvider(goal.provider);
  }
}

function childProviders(
  options: TransformResourceOptions,
  parent: Inheritance | undefined,
): ReadonlyMap<string, string> {
  const own: [string, string][] = [];
  options.getProvidersMap().forEach((reference, name) => own.push([name, reference]));
  return new Map([...(parent?.providers ?? []), ...own]);
}

/** Without dependencies by property, each property depends on all. */
function requestedDependencies(request: RegisterResourceRequest, properties: PropertyMap): Dependencies {
  const map = request.getPropertydependenciesMap();
  if (map.getLength() === 0)
    return Object.fromEntries(Object.keys(properties).map((key) => [key, request.getDependenciesList()]));
  const result: Record<string, readonly string[]> = {};
  map.forEach((dependencies, key) => {
    result[key] = dependencies.getUrnsList();
  });
  return result;
}

interface BothDependencies {
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Dependencies;
}

function newDependencies(properties: PropertyMap, dependsOn: readonly string[]): BothDependencies {
  const propertyDependencies = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, unique(dependenciesOf(value))]),
  );
  return {
    dependencies: unique([...dependsOn, ...Object.values(propertyDependencies).flat()]),
    propertyDependencies,
  };
}

function extendedDependencies(
  properties: PropertyMap,
  requested: Dependencies,
  dependencies: readonly string[],
): BothDependencies {
  const extended = Object.entries(properties).map(([key, value]): [string, readonly string[]] => [
    key,
    unique([...(requested[key] ?? []), ...dependenciesOf(value)]),
  ]);
  return {
    dependencies: unique(dependencies),
    propertyDependencies: { ...requested, ...Object.fromEntries(extended) },
  };
}

function unique(urns: readonly string[]): readonly string[] {
  return [...new Set(urns)];
}
