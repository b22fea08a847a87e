import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { clientOptions, serve, type Served } from "../grpc/serve";

/** Starts the pack with the stack's configuration, where the engine has sent one, and returns the port it listens on. */
export type LaunchPack = (configuration: AnalyzerStackConfigureRequest | undefined) => Promise<number>;

/**
 * Stands before a policy pack until the stack's configuration is known: a Node pack reads it from its environment when it
 * loads, but the engine sends it by ConfigureStack to a pack that already listens. Hence the real host's detour
 * (main.go RunPlugin, policy_proxy.go), repeated here: the first call but Handshake starts the pack, and all calls go on
 * to it as the bytes they came in.
 */
export async function servePackProxy(launch: LaunchPack): Promise<Served> {
  let pack: Promise<grpc.Client> | undefined;
  const attach = (configuration?: AnalyzerStackConfigureRequest): Promise<grpc.Client> =>
    (pack ??= launch(configuration).then(
      (port) => new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), clientOptions),
    ));

  const forward =
    (path: string): grpc.handleUnaryCall<Buffer, Buffer> =>
    (call, callback) => {
      const configuration = path.endsWith("/ConfigureStack")
        ? AnalyzerStackConfigureRequest.deserializeBinary(call.request)
        : undefined;
      attach(configuration).then(
        (client) => client.makeUnaryRequest(path, bytes, bytes, call.request, new grpc.Metadata(), callback),
        (error: Error) => callback({ code: grpc.status.UNAVAILABLE, details: error.message }),
      );
    };

  const methods = Object.entries(AnalyzerService).filter(([name]) => name !== "handshake");
  return serve([
    {
      definition: Object.fromEntries(
        methods.map(([name, method]) => [
          name,
          {
            ...method,
            requestDeserialize: bytes,
            requestSerialize: bytes,
            responseSerialize: bytes,
            responseDeserialize: bytes,
          },
        ]),
      ),
      implementation: Object.fromEntries(methods.map(([name, method]) => [name, forward(method.path)])),
    },
  ]);
}

function bytes(buffer: Buffer): Buffer {
  return buffer;
}
