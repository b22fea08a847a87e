import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { ResourceCallRequest, ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb";
import { ResourceRefused } from "../errors";
import type { InvokeTable } from "../options";
import type { Sdk } from "../sdk";
import { withoutOutputs } from "../values/outputs";
import { asMap } from "../project/project";
import { unknown, type PropertyMap } from "../values/property";
import { fromStruct } from "../values/struct";
import type { Callbacks } from "./callbacks";
import type { DefaultProviders } from "./default-providers";
import type { Deployment } from "./deployment";
import { renderedType, type Gaps } from "./gaps";
import type { Packages } from "./packages";
import { wireId } from "./provider-instances";
import { packageOf } from "./urn";

const GET_RESOURCE = "pulumi:pulumi:getResource";

/** Functions that the program calls: answered from the caller's table, else by the provider if it can without a cloud. */
export class Invokes {
  readonly #transforms: Callback[] = [];

  constructor(
    private readonly sdk: Sdk,
    private readonly deployment: Deployment,
    private readonly defaults: DefaultProviders,
    private readonly packages: Packages,
    private readonly callbacks: Callbacks,
    private readonly table: InvokeTable,
    private readonly gaps: Gaps,
  ) {}

  addTransform(callback: Callback): void {
    this.#transforms.push(callback);
  }

  async invoke(request: ResourceInvokeRequest): Promise<PropertyMap> {
    const token = request.getTok();
    const options = new this.sdk.resource.TransformInvokeOptions();
    options.setProvider(request.getProvider()).setVersion(request.getVersion());
    options.setPluginDownloadUrl(request.getPlugindownloadurl());
    let call = { properties: fromStruct(request.getArgs()), options };
    for (const transform of this.#transforms)
      call = await this.callbacks.transformInvoke(transform, token, call);
    const args = withoutOutputs(call.properties);
    if (token === GET_RESOURCE) return this.getResource(args);
    const wanted = this.packages.find(request.getPackageref()) ?? {
      package: packageOf(token),
      version: call.options.getVersion(),
      downloadUrl: call.options.getPluginDownloadUrl().replace(/\/$/, ""),
    };
    const reference = call.options.getProvider() || (await this.defaults.reference(wanted));
    const answer =
      this.fromTable(token, args) ??
      this.deployment.providers.find(reference)?.provider.invoke?.(token, args);
    return answer ?? this.unanswered(token, args);
  }

  /** A method of a resource. */
  call(request: ResourceCallRequest): PropertyMap {
    const subject = request.getTok();
    const args = withoutOutputs(fromStruct(request.getArgs()));
    const answer = this.fromTable(subject, args);
    if (answer === undefined) this.gaps.addMissing({ what: "call", subject, args });
    return answer ?? {};
  }

  /** Objects that somebody else renders are unknown; any other result is asked for at the end. */
  private unanswered(token: string, args: PropertyMap): PropertyMap {
    const type = renderedType(token);
    if (type === undefined) {
      this.gaps.addMissing({ what: "invoke", subject: token, args });
      return {};
    }
    this.gaps.addOpaque({ type, name: renderedName(args), what: "manifests" });
    return { result: unknown };
  }

  private fromTable(token: string, args: PropertyMap): PropertyMap | undefined {
    const entry = Object.hasOwn(this.table, token) ? this.table[token] : undefined;
    return typeof entry === "function" ? entry(args) : entry;
  }

  // deploy/builtins.go getResource: how the SDK turns a reference into a resource again.
  private getResource(args: PropertyMap): PropertyMap {
    const urn = typeof args.urn === "string" ? args.urn : "";
    const resource = this.deployment.find(urn);
    if (resource === undefined) throw new ResourceRefused(`there is no resource ${urn} in this stack`, urn);
    return {
      urn,
      id: wireId(resource),
      provider: resource.provider ?? "",
      state: resource.outputs,
    };
  }
}

/** The chart or folder that is rendered; a chart's options travel as JSON. */
function renderedName({ directory, jsonOpts }: PropertyMap): string {
  if (typeof directory === "string") return directory;
  try {
    const { release_name: release, chart } = asMap(JSON.parse(String(jsonOpts)));
    return [release, chart].find((name): name is string => typeof name === "string") ?? "";
  } catch {
    return "";
  }
}
