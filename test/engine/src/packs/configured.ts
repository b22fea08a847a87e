import { writeFileSync } from "node:fs";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { serve, unary } from "../grpc/serve";
import { infoOf, silent } from "./silent";

/**
 * A pack with two policies, and settings of its author for one of them, that writes down the configuration it is given: JSON by
 * policy, into the file that `EVENKEEL_CONFIGURED` names.
 */
const file = process.env["EVENKEEL_CONFIGURED"] ?? "/dev/null";

function policy(name: string, level: 0 | 1 | 2 | 3): rpc.PolicyInfo {
  const schema = new rpc.PolicyConfigSchema();
  schema.setProperties(
    Struct.fromJavaScript({ lowest: { type: "integer", default: 7 }, note: { type: "string" } }),
  );
  const info = new rpc.PolicyInfo();
  info.setName(name);
  info.setEnforcementlevel(level);
  info.setConfigschema(schema);
  return info;
}

const configured: typeof silent = {
  ...silent,
  getAnalyzerInfo: unary(() => {
    const info = infoOf("configured");
    info.setPoliciesList([
      policy("plain", rpc.EnforcementLevel.ADVISORY),
      policy("authored", rpc.EnforcementLevel.MANDATORY),
    ]);
    const settings = new rpc.PolicyConfig();
    settings.setEnforcementlevel(rpc.EnforcementLevel.ADVISORY);
    settings.setProperties(Struct.fromJavaScript({ note: "author" }));
    info.getInitialconfigMap().set("authored", settings);
    return info;
  }),
  configure: unary((request) => {
    const told: [string, unknown][] = [];
    request
      .getPolicyconfigMap()
      .forEach((config, name) =>
        told.push([
          name,
          { level: config.getEnforcementlevel(), properties: config.getProperties()?.toJavaScript() ?? {} },
        ]),
      );
    writeFileSync(file, JSON.stringify(Object.fromEntries(told)));
    return new Empty();
  }),
};

void serve([{ definition: AnalyzerService, implementation: configured }]).then(({ port }) =>
  console.log(port),
);
