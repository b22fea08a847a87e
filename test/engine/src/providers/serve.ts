import * as grpc from "@grpc/grpc-js";
import type { CheckFailure as Failure, PropertyMap, ProviderRequest } from "@evenkeel/offline";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService, type IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { RpcError, serve, unary, type Served } from "../grpc/serve";
import type { ChangeRequest, StandIn } from "./stand-in";
import { fromStruct, toStruct } from "./wire";

type Method =
  | "handshake"
  | "attach"
  | "getPluginInfo"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "invoke"
  | "cancel";

/** Serves a stand-in; the engine attaches to it by `PULUMI_DEBUG_PROVIDERS`. */
export function serveProvider(standIn: StandIn): Promise<Served> {
  return serve([{ definition: ResourceProviderService, implementation: methods(standIn) }]);
}

function methods(standIn: StandIn): Pick<IResourceProviderServer, Method> {
  // Every provider resource of a program has a connection of its own; requests do not say which one they are for.
  const configs = new Map<string, PropertyMap>();
  const of = (request: Named, peer: string): ProviderRequest => ({
    urn: request.getUrn(),
    type: request.getType(),
    name: request.getName(),
    config: configs.get(peer) ?? {},
    diagnose: () => undefined,
  });
  const change = (request: rpc.DiffRequest | rpc.UpdateRequest, peer: string): ChangeRequest => ({
    ...of(request, peer),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
    inputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  });
  return {
    handshake: unary(() => {
      const response = new rpc.ProviderHandshakeResponse();
      response.setAcceptSecrets(standIn.acceptsSecrets);
      return response;
    }),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(standIn.version);
      return info;
    }),
    // As much of a schema as a reference needs: that the type is there.
    getSchema: unary(() => {
      const { name, version, referred } = standIn;
      const response = new rpc.GetSchemaResponse();
      const resources = Object.fromEntries(referred.map((type) => [type, {}]));
      response.setSchema(JSON.stringify({ name, version, resources }));
      return response;
    }),
    checkConfig: unary((request) => {
      const response = new rpc.CheckResponse();
      response.setInputs(toStruct(standIn.checkConfig(fromStruct(request.getNews()))));
      return response;
    }),
    diffConfig: unary(() => diffResponse({ changed: [], replaces: [] })),
    configure: unary((request, peer) => {
      configs.set(peer, fromStruct(request.getArgs()));
      const response = new rpc.ConfigureResponse();
      response.setSupportspreview(true);
      response.setAcceptsecrets(standIn.acceptsSecrets);
      return response;
    }),
    check: unary((request, peer) => {
      const answer = standIn.check({
        ...of(request, peer),
        inputs: fromStruct(request.getNews()),
        olds: fromStruct(request.getOlds()),
        randomSeed: request.getRandomseed_asU8(),
      });
      const response = new rpc.CheckResponse();
      if (answer.inputs !== undefined) response.setInputs(toStruct(answer.inputs));
      if ("failures" in answer) response.setFailuresList(answer.failures.map(failure));
      return response;
    }),
    diff: unary((request, peer) => diffResponse(standIn.diff(change(request, peer)))),
    create: unary((request, peer) => {
      const inputs = fromStruct(request.getProperties());
      const { id, outputs } = standIn.create({ ...of(request, peer), inputs, preview: request.getPreview() });
      const response = new rpc.CreateResponse();
      if (!request.getPreview()) response.setId(id);
      response.setProperties(toStruct(outputs));
      return response;
    }),
    read: unary((request) => {
      const found = standIn.read({ type: request.getType(), id: request.getId() });
      const response = new rpc.ReadResponse();
      if (found === undefined) return response;
      response.setId(found.id);
      response.setProperties(toStruct(found.outputs));
      response.setInputs(toStruct(found.inputs));
      return response;
    }),
    update: unary((request, peer) => {
      const response = new rpc.UpdateResponse();
      response.setProperties(
        toStruct(standIn.update({ ...change(request, peer), preview: request.getPreview() })),
      );
      return response;
    }),
    delete: unary((request) => {
      standIn.delete({ type: request.getType(), id: request.getId() });
      return new Empty();
    }),
    invoke: unary((request) => {
      const result = standIn.invoke(request.getTok(), fromStruct(request.getArgs()));
      if (result === undefined) {
        throw new RpcError(
          grpc.status.UNIMPLEMENTED,
          `the ${standIn.name} stand-in has no answer for ${request.getTok()}`,
        );
      }
      const response = new rpc.InvokeResponse();
      response.setReturn(toStruct(result));
      return response;
    }),
  };
}

interface Named {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

function failure({ property, reason }: Failure): rpc.CheckFailure {
  const message = new rpc.CheckFailure();
  message.setProperty(property ?? "");
  message.setReason(reason);
  return message;
}

function diffResponse(answer: ReturnType<StandIn["diff"]>): rpc.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const response = new rpc.DiffResponse();
  response.setChanges(answer.changed.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList([...answer.changed]);
  response.setReplacesList([...answer.replaces]);
  response.setDeletebeforereplace(answer.deleteBeforeReplace ?? false);
  return response;
}
