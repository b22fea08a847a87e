import { appendFileSync } from "node:fs";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { serve, unary } from "../grpc/serve";
import type { Recorded } from "../engine/recording";
import { infoOf, silent } from "./silent";

/**
 * A pack without rules that writes down what packs are told, one JSON line a call, into the file that
 * `EVENKEEL_RECORD` names. Run by the real engine and by `packages/offline`, it tells whether they say the same.
 */
const file = process.env["EVENKEEL_RECORD"] ?? "/dev/null";

function write(recorded: Recorded): void {
  appendFileSync(file, `${JSON.stringify(recorded)}\n`);
}

const recorder: typeof silent = {
  ...silent,
  analyze: unary((request) => {
    write({ call: "analyze", ...resource(request) });
    return new rpc.AnalyzeResponse();
  }),
  analyzeStack: unary((request) => {
    for (const one of request.getResourcesList()) {
      write({
        call: "analyzeStack",
        ...resource(one),
        parent: one.getParent(),
        dependencies: one.getDependenciesList(),
        propertyDependencies: dependencies(one),
      });
    }
    return new rpc.AnalyzeResponse();
  }),
  getAnalyzerInfo: unary(() => infoOf("recorder")),
};

function dependencies(one: rpc.AnalyzerResource): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  // Not toArray(): it hands out what was received, before it becomes messages.
  one.getPropertydependenciesMap().forEach((value, key) => (found[key] = value.getUrnsList()));
  return found;
}

function resource(request: rpc.AnalyzeRequest | rpc.AnalyzerResource) {
  const options = request.getOptions();
  const timeouts = options?.getCustomtimeouts();
  const provider = request.getProvider();
  return {
    urn: request.getUrn(),
    type: request.getType(),
    name: request.getName(),
    properties: request.getProperties()?.toJavaScript() ?? {},
    options: {
      protect: options?.getProtect() ?? false,
      ignoreChanges: options?.getIgnorechangesList() ?? [],
      deleteBeforeReplace: options?.getDeletebeforereplace() ?? false,
      additionalSecretOutputs: options?.getAdditionalsecretoutputsList() ?? [],
      aliases: options?.getAliasesList() ?? [],
      customTimeouts: [timeouts?.getCreate() ?? 0, timeouts?.getUpdate() ?? 0, timeouts?.getDelete() ?? 0],
    },
    provider: provider && {
      type: provider.getType(),
      urn: provider.getUrn(),
      name: provider.getName(),
      properties: provider.getProperties()?.toJavaScript() ?? {},
    },
  };
}

void serve([{ definition: AnalyzerService, implementation: recorder }]).then(({ port }) => console.log(port));
