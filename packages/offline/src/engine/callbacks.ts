import type { ServiceError } from "@grpc/grpc-js";
import type { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type {
  RegisterResourceHookRequest,
  TransformInvokeOptions,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Sdk } from "../sdk";
import type { PropertyMap } from "../values/property";
import { fromStruct, toStruct } from "../values/struct";

const KEEP_ALL = { outputs: true, references: true } as const;

export interface TransformSubject {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
}

export interface Transformed<Options> {
  readonly properties: PropertyMap;
  readonly options: Options;
}

/** Calls back into the program: transforms of resources and invokes, and resource hooks. */
export class Callbacks {
  readonly #clients = new Map<string, CallbacksClient>();

  constructor(private readonly sdk: Sdk) {}

  async transform(
    callback: Callback,
    subject: TransformSubject,
    before: Transformed<TransformResourceOptions>,
  ): Promise<Transformed<TransformResourceOptions>> {
    const request = new this.sdk.resource.TransformRequest();
    request.setType(subject.type).setName(subject.name).setCustom(subject.custom).setParent(subject.parent);
    request.setProperties(toStruct(this.sdk, before.properties, KEEP_ALL)).setOptions(before.options);
    const response = this.sdk.resource.TransformResponse.deserializeBinary(
      await this.invoke(callback, request.serializeBinary()),
    );
    const properties = response.getProperties();
    return {
      properties: properties === undefined ? before.properties : fromStruct(properties),
      options: response.getOptions() ?? before.options,
    };
  }

  async transformInvoke(
    callback: Callback,
    token: string,
    before: Transformed<TransformInvokeOptions>,
  ): Promise<Transformed<TransformInvokeOptions>> {
    const request = new this.sdk.resource.TransformInvokeRequest();
    request
      .setToken(token)
      .setArgs(toStruct(this.sdk, before.properties, KEEP_ALL))
      .setOptions(before.options);
    const response = this.sdk.resource.TransformInvokeResponse.deserializeBinary(
      await this.invoke(callback, request.serializeBinary()),
    );
    const args = response.getArgs();
    return {
      properties: args === undefined ? before.properties : fromStruct(args),
      options: response.getOptions() ?? before.options,
    };
  }

  /** Runs a resource hook; the promise rejects with what the hook threw. */
  async runHook(hook: RegisterResourceHookRequest, resource: HookedResource): Promise<void> {
    const callback = hook.getCallback();
    if (callback === undefined) return;
    const request = new this.sdk.resource.ResourceHookRequest();
    request.setUrn(resource.urn).setId("").setName(resource.name).setType(resource.type);
    request.setNewInputs(toStruct(this.sdk, resource.inputs, KEEP_ALL));
    if (resource.outputs) request.setNewOutputs(toStruct(this.sdk, resource.outputs, KEEP_ALL));
    const response = this.sdk.resource.ResourceHookResponse.deserializeBinary(
      await this.invoke(callback, request.serializeBinary()),
    );
    if (response.getError() !== "") throw new Error(response.getError());
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  private async invoke(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const message = new this.sdk.callback.CallbackInvokeRequest();
    message.setToken(callback.getToken()).setRequest(request);
    const client = this.clientOf(callback.getTarget());
    return new Promise((resolve, reject) =>
      client.invoke(message, (error: ServiceError | null, response) =>
        error ? reject(error) : resolve(response.getResponse_asU8()),
      ),
    );
  }

  private clientOf(target: string): CallbacksClient {
    const known = this.#clients.get(target);
    if (known) return known;
    const client = new this.sdk.callbackService.CallbacksClient(
      target,
      this.sdk.grpc.credentials.createInsecure(),
    );
    this.#clients.set(target, client);
    return client;
  }
}

export interface HookedResource {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly inputs: PropertyMap;
  readonly outputs?: PropertyMap;
}
