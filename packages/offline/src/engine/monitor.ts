import type { handleUnaryCall, sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { CallResponse, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type {
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterPackageRequest,
  RegisterPackageResponse,
  RegisterResourceHookRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceCallRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Sdk } from "../sdk";
import { existsAnswer, invokeAnswer, readAnswer, type ExistsRequest } from "./answers";
import { fromStruct, toStruct } from "../values/struct";
import type { Deployment } from "./deployment";
import type { Hooks } from "./hooks";
import type { Invokes } from "./invokes";
import type { Packages } from "./packages";
import { wireId } from "./provider-instances";
import type { Reads } from "./reads";
import type { Registration } from "./registration";

// What the engine says it can (source_eval.go SupportsFeature).
const FEATURES: ReadonlySet<string> = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "replacementTrigger",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
]);

export interface MonitorParts {
  readonly sdk: Sdk;
  readonly deployment: Deployment;
  readonly registration: Registration;
  readonly reads: Reads;
  readonly invokes: Invokes;
  readonly packages: Packages;
  readonly hooks: Hooks;
  /** The program has run to its end and registers nothing more. */
  readonly onFinished: () => void;
  /** A request could not be served; the preview is over. */
  readonly onFailure: (error: unknown) => void;
}

/** The resource monitor: what the SDK in the program's process talks to. */
export function monitorService(parts: MonitorParts) {
  const { sdk, deployment, registration, reads, invokes, packages, hooks } = parts;

  const answer = <Request, Response>(
    serve: (request: Request) => Promise<Response> | Response,
  ): handleUnaryCall<Request, Response> => {
    return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
      Promise.resolve()
        .then(() => serve(call.request))
        .then(
          (response) => callback(null, response),
          (error: unknown) => {
            parts.onFailure(error);
            // The SDK takes this for the end of the engine and stops without a word of its own.
            callback({ code: sdk.grpc.status.UNAVAILABLE, details: "resource monitor shut down" });
          },
        );
    };
  };
  const empty = (): Empty => new sdk.empty.Empty();

  return {
    supportsFeature: answer<SupportsFeatureRequest, SupportsFeatureResponse>((request) =>
      new sdk.resource.SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId())),
    ),
    registerPackage: answer<RegisterPackageRequest, RegisterPackageResponse>((request) =>
      new sdk.resource.RegisterPackageResponse().setRef(packages.register(request)),
    ),
    registerResource: answer<RegisterResourceRequest, RegisterResourceResponse>(async (request) => {
      const resource = await registration.register(request);
      return new sdk.resource.RegisterResourceResponse()
        .setUrn(resource.urn)
        .setId(wireId(resource))
        .setObject(toStruct(sdk, resource.outputs, { references: request.getAcceptresources() }));
    }),
    registerResourceOutputs: answer<RegisterResourceOutputsRequest, Empty>((request) => {
      deployment.setOutputs(request.getUrn(), fromStruct(request.getOutputs()));
      return empty();
    }),
    readResource: answer<ReadResourceRequest, ReadResourceResponse>(async (request) =>
      readAnswer(sdk, await reads.read(request), request.getAcceptresources()),
    ),
    invoke: answer<ResourceInvokeRequest, InvokeResponse>(async (request) =>
      invokeAnswer(sdk, await invokes.invoke(request)),
    ),
    existsResource: answer<ExistsRequest, unknown>((request) => existsAnswer(sdk, reads.exists(request))),
    call: answer<ResourceCallRequest, CallResponse>(async (request) =>
      new sdk.provider.CallResponse().setReturn(
        toStruct(sdk, await invokes.call(request), { references: true }),
      ),
    ),
    registerStackTransform: answer<Callback, Empty>((callback) => {
      registration.addStackTransform(callback);
      return empty();
    }),
    registerStackInvokeTransform: answer<Callback, Empty>((callback) => {
      invokes.addTransform(callback);
      return empty();
    }),
    registerResourceHook: answer<RegisterResourceHookRequest, Empty>((request) => {
      hooks.add(request);
      return empty();
    }),
    // Error hooks run when a create fails, which none does at preview.
    registerErrorHook: answer<unknown, Empty>(empty),
    signalAndWaitForShutdown: answer<Empty, Empty>(() => {
      parts.onFinished();
      return empty();
    }),
  };
}
