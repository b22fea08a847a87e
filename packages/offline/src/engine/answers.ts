import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { ReadResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type { Resource } from "../result";
import type { Sdk } from "../sdk";
import { toStruct } from "../values/struct";
import type { PropertyMap } from "../values/property";
import { wireId } from "./provider-instances";

// Messages that not every version of the SDK has. They are named by shape, since the SDK is the program's own.

interface ReturningMessage {
  setReturn(value: Struct): unknown;
}

interface IdentifiedMessage {
  setId(value: string): unknown;
}

interface ExistsMessage {
  setExists(value: boolean): ExistsMessage;
  setUnknown(value: boolean): ExistsMessage;
}

/** A request about whether a resource exists. */
export interface ExistsRequest {
  getType(): string;
  getId(): string;
  getProperties(): Struct | undefined;
}

interface Messages {
  readonly ReadResourceResponse: unknown;
  readonly ResourceInvokeResponse?: new () => ReturningMessage;
  readonly ExistsResourceResponse?: new () => ExistsMessage;
}

/** The result of a function. From 3.256 the monitor answers with a message of its own, before with the provider's. */
export function invokeAnswer(sdk: Sdk, result: PropertyMap): InvokeResponse {
  const { ResourceInvokeResponse }: Messages = sdk.resource;
  const message = new (ResourceInvokeResponse ?? sdk.provider.InvokeResponse)();
  message.setReturn(toStruct(sdk, result, { references: true }));
  // gRPC serialises with whichever class the service of this SDK names; only `setReturn` is common to both.
  return message as InvokeResponse;
}

/** A resource that exists already. Newer SDKs take its id from the answer, and an empty one for an unknown. */
export function readAnswer(sdk: Sdk, resource: Resource, references: boolean): ReadResourceResponse {
  const message: ReadResourceResponse & Partial<IdentifiedMessage> = new sdk.resource.ReadResourceResponse();
  message.setId?.(wireId(resource));
  return message.setUrn(resource.urn).setProperties(toStruct(sdk, resource.outputs, { references }));
}

/** Whether a resource exists; undefined while nobody can tell, which the program sees as an unknown output. */
export function existsAnswer(sdk: Sdk, exists: boolean | undefined): ExistsMessage {
  const { ExistsResourceResponse }: Messages = sdk.resource;
  if (ExistsResourceResponse === undefined)
    throw new Error(`@pulumi/pulumi ${sdk.version} has no ExistsResourceResponse`);
  return new ExistsResourceResponse().setExists(exists ?? false).setUnknown(exists === undefined);
}
