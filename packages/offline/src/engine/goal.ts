import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { ResourceOptions } from "../result";
import type { Sdk } from "../sdk";
import type { PropertyMap } from "../values/property";
import type { Alias } from "./aliases";

/** What the program wants of one resource, after transforms and inheritance. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly properties: PropertyMap;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `URN::id` of the provider; absent for components and providers. */
  readonly provider?: string;
  readonly protect?: boolean;
  readonly aliases: readonly Alias[];
  readonly options: ResourceOptions;
  readonly hooks?: RegisterResourceRequest.ResourceHooksBinding;
}

/** The options of a request in the form that transforms are given. */
export function optionsOf(
  sdk: Sdk,
  request: RegisterResourceRequest,
  provider: string,
): TransformResourceOptions {
  const options = new sdk.resource.TransformResourceOptions();
  const protect = request.hasProtect() ? request.getProtect() : undefined;
  if (protect !== undefined) options.setProtect(protect);
  const retain = request.hasRetainondelete() ? request.getRetainondelete() : undefined;
  if (retain !== undefined) options.setRetainOnDelete(retain);
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace())
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  options.setDependsOnList(request.getDependenciesList());
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList([
    ...request.getAliasurnsList().map((urn) => new sdk.alias.Alias().setUrn(urn)),
    ...request.getAliasesList(),
  ]);
  options.setProvider(provider);
  request.getProvidersMap().forEach((reference, name) => options.getProvidersMap().set(name, reference));
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  options.setDeletedWith(request.getDeletedwith());
  copyNewer(request, options);
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setHideDiffList(request.getHidediffsList());
  options.setImport(request.getImportid());
  options.setHooks(request.getHooks());
  return options;
}

/** What messages of older SDKs do not have. */
interface NewerRequest {
  getType(): string;
  getReplaceWithList?(): string[];
  getReplacementTrigger?(): unknown;
}

interface NewerOptions {
  getVersion(): string;
  getReplaceWithList?(): string[];
  setReplaceWithList?(urns: string[]): unknown;
  setReplacementTrigger?(value: unknown): unknown;
}

/** Newer than 3.204; a program whose SDK has no such field cannot have set it. */
function copyNewer(request: NewerRequest, options: NewerOptions): void {
  options.setReplacementTrigger?.(request.getReplacementTrigger?.());
  options.setReplaceWithList?.(request.getReplaceWithList?.() ?? []);
}

/** The options of a resource as results show them. */
export function resultOptions(options: TransformResourceOptions): ResourceOptions {
  const timeouts = options.getCustomTimeouts();
  const newer: NewerOptions = options;
  return {
    version: options.getVersion() || undefined,
    ignoreChanges: options.getIgnoreChangesList(),
    replaceOnChanges: options.getReplaceOnChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    hideDiffs: options.getHideDiffList(),
    replaceWith: newer.getReplaceWithList?.() ?? [],
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    deletedWith: options.getDeletedWith() || undefined,
    import: options.getImport() || undefined,
    customTimeouts: {
      create: timeouts?.getCreate() || undefined,
      update: timeouts?.getUpdate() || undefined,
      delete: timeouts?.getDelete() || undefined,
    },
  };
}

export function aliasOf(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (spec === undefined) return { urn: message.getUrn() };
  return {
    name: spec.getName() || undefined,
    type: spec.getType() || undefined,
    stack: spec.getStack() || undefined,
    project: spec.getProject() || undefined,
    parent: spec.hasNoparent() && spec.getNoparent() ? { none: true } : spec.getParenturn() || undefined,
  };
}
