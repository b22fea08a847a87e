import type { handleUnaryCall } from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type {
  GetRootResourceRequest,
  GetRootResourceResponse,
  LogRequest,
  SetRootResourceRequest,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import type { Diagnostic } from "../result";
import type { Sdk } from "../sdk";

// engine.proto LogSeverity, in its order.
const SEVERITIES: readonly Diagnostic["severity"][] = ["debug", "info", "warning", "error"];

/** The engine's side channel: messages of programs and packs, and the URN of the stack. */
export function engineService(sdk: Sdk, diagnose: (diagnostic: Diagnostic) => void) {
  let root = "";
  const log: handleUnaryCall<LogRequest, Empty> = ({ request }, callback) => {
    const severity = SEVERITIES[request.getSeverity()] ?? "info";
    // Ephemeral messages are progress that the next one overwrites; debug messages are the SDK's own trace.
    if (severity !== "debug" && !request.getEphemeral())
      diagnose({ severity, message: request.getMessage().trimEnd(), urn: request.getUrn() || undefined });
    callback(null, new sdk.empty.Empty());
  };
  const getRootResource: handleUnaryCall<GetRootResourceRequest, GetRootResourceResponse> = (
    _call,
    callback,
  ) => callback(null, new sdk.engine.GetRootResourceResponse().setUrn(root));
  const setRootResource: handleUnaryCall<SetRootResourceRequest, SetRootResourceResponse> = (
    { request },
    callback,
  ) => {
    root = request.getUrn();
    callback(null, new sdk.engine.SetRootResourceResponse());
  };
  // There is no Pulumi command whose version could be too old. The answer is empty, and only newer SDKs have a class for it.
  const requirePulumiVersion: handleUnaryCall<unknown, unknown> = (_call, callback) => {
    const messages: {
      readonly SetRootResourceResponse: unknown;
      RequirePulumiVersionResponse?: new () => unknown;
    } = sdk.engine;
    const { RequirePulumiVersionResponse: Answer = sdk.empty.Empty } = messages;
    callback(null, new Answer());
  };
  return { log, getRootResource, setRootResource, requirePulumiVersion };
}
