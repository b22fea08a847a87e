import type { ReadResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { ReadTable } from "../options";
import type { Resource } from "../result";
import { withoutReferences } from "../values/outputs";
import { secret, unknown, type PropertyMap } from "../values/property";
import { fromStruct } from "../values/struct";
import type { ExistsRequest } from "./answers";
import type { DefaultProviders } from "./default-providers";
import type { Deployment } from "./deployment";
import type { Gaps } from "./gaps";
import type { Packages } from "./packages";
import { packageOf } from "./urn";

interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: PropertyMap;
}

/** How the SDK writes an id that is not known yet. */
const UNKNOWN_ID = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Resources that exist already (`.get()`, stack references): answered from the caller's table or by the provider. */
export class Reads {
  constructor(
    private readonly deployment: Deployment,
    private readonly defaults: DefaultProviders,
    private readonly packages: Packages,
    private readonly table: ReadTable,
    private readonly gaps: Gaps,
  ) {}

  async read(request: ReadResourceRequest): Promise<Resource> {
    const type = request.getType();
    const name = request.getName();
    const id = request.getId();
    const parent = request.getParent() || undefined;
    const wanted = this.packages.find(request.getPackageref()) ?? {
      package: packageOf(type),
      version: request.getVersion(),
      downloadUrl: request.getPlugindownloadurl().replace(/\/$/, ""),
    };
    const provider = request.getProvider() || (await this.defaults.reference(wanted));
    const urn = this.deployment.urnOf(parent, type, name);
    const inputs = withoutReferences(fromStruct(request.getProperties()));
    // step.go ReadStep.Apply: what is not known yet cannot be read, and its outputs are not known either.
    const isKnown = id !== UNKNOWN_ID;
    const outputs = isKnown ? this.outputsOf(provider, { urn, type, name, id, inputs }) : {};
    const secretOutputs = new Set(request.getAdditionalsecretoutputsList());
    const resource: Resource = {
      urn,
      type,
      name,
      parent,
      custom: true,
      external: true,
      id: isKnown ? id : unknown,
      provider,
      dependencies: request.getDependenciesList(),
      propertyDependencies: {},
      inputs,
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, secretOutputs.has(key) ? secret(value) : value]),
      ),
      protect: false,
      aliases: [],
      options: {
        version: request.getVersion() || undefined,
        ignoreChanges: [],
        replaceOnChanges: [],
        additionalSecretOutputs: [...secretOutputs],
        hideDiffs: [],
        replaceWith: [],
        customTimeouts: {},
      },
    };
    this.deployment.addExternal(resource);
    return resource;
  }

  /** True if the table has the resource; else only a cloud knows. */
  exists(request: ExistsRequest): true | undefined {
    const inputs = fromStruct(request.getProperties());
    return this.fromTable(request.getType(), request.getId(), inputs) === undefined ? undefined : true;
  }

  private outputsOf(provider: string, subject: Subject): PropertyMap {
    const { type, id, inputs } = subject;
    const outputs = this.fromTable(type, id, inputs) ?? this.fromProvider(provider, subject);
    if (outputs === undefined) this.gaps.addMissing({ what: "read", subject: type, id });
    return outputs ?? {};
  }

  private fromTable(type: string, id: string, inputs: PropertyMap): PropertyMap | undefined {
    const entries = Object.hasOwn(this.table, type) ? this.table[type] : undefined;
    if (typeof entries === "function") return entries(id, inputs);
    return entries !== undefined && Object.hasOwn(entries, id) ? entries[id] : undefined;
  }

  private fromProvider(reference: string, subject: Subject): PropertyMap | undefined {
    const instance = this.deployment.providers.find(reference);
    return instance?.provider.read?.({
      ...subject,
      config: instance.config,
      diagnose: (severity, message) => this.deployment.diagnose({ severity, message, urn: subject.urn }),
    });
  }
}
