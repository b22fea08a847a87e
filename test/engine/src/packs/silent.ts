import type { IAnalyzerServer } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { unary } from "../grpc/serve";

/** A pack that answers every call and says nothing, for packs that only listen. */
export const silent: Pick<
  IAnalyzerServer,
  | "analyze"
  | "analyzeStack"
  | "remediate"
  | "getAnalyzerInfo"
  | "getPluginInfo"
  | "configure"
  | "configureStack"
  | "cancel"
> = {
  analyze: unary(() => new rpc.AnalyzeResponse()),
  analyzeStack: unary(() => new rpc.AnalyzeResponse()),
  remediate: unary(() => new rpc.RemediateResponse()),
  getAnalyzerInfo: unary(() => infoOf("silent")),
  getPluginInfo: unary(() => new PluginInfo()),
  configure: unary(() => new Empty()),
  configureStack: unary(() => new rpc.AnalyzerStackConfigureResponse()),
  cancel: unary(() => new Empty()),
};

export function infoOf(name: string): rpc.AnalyzerInfo {
  const info = new rpc.AnalyzerInfo();
  info.setName(name);
  info.setVersion("0.0.1");
  info.setSupportsconfig(true);
  return info;
}
