import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

/** The `runtime.options` of a Pulumi.yaml, PulumiPlugin.yaml or PulumiPolicy.yaml that Node programs know. */
export interface RuntimeOptions {
  readonly nodeArgs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** TypeScript support is on unless `typescript: false` says that the program is compiled (main.go parseOptions). */
export function runtimeOptions(info: ProgramInfo): RuntimeOptions {
  const options: Record<string, unknown> = info.getOptions()?.toJavaScript() ?? {};
  const nodeArgs =
    typeof options["nodeargs"] === "string" ? options["nodeargs"].split(/\s+/).filter(Boolean) : [];
  return {
    nodeArgs,
    environment: options["typescript"] === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" },
  };
}

/** What every Node request of the engine carries; a request without it is a defect of the engine. */
export function programInfo(request: { getInfo(): ProgramInfo | undefined }): ProgramInfo {
  const info = request.getInfo();
  if (info === undefined) throw new Error("the engine sent no program info");
  return info;
}
