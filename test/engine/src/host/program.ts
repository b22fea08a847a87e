import { RunResponse, type RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { exitOf, startNode } from "./child";
import { programInfo, runtimeOptions } from "./runtime-options";
import { sdkModule } from "./sdk-module";

/** The exit code by which the SDK says that the user has been told already (cmd/run/index.ts). */
const ALREADY_REPORTED = 32;

/** Runs a Pulumi program against the engine's own resource monitor, as pulumi-language-nodejs does (main.go Run). */
export async function runProgram(request: RunRequest, engineAddress: string): Promise<RunResponse> {
  const response = new RunResponse();
  const info = programInfo(request);
  const options = runtimeOptions(info);
  const child = startNode({
    args: [
      ...options.nodeArgs,
      sdkModule("run", info.getProgramDirectory()),
      ...programArguments(request, engineAddress),
    ],
    cwd: process.cwd(),
    env: {
      ...process.env,
      ...options.environment,
      PULUMI_CONFIG: JSON.stringify(configuration(request)),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  child.stdout?.pipe(process.stdout, { end: false });
  child.stderr?.pipe(process.stderr, { end: false });
  const code = await exitOf(child);
  if (code === ALREADY_REPORTED) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

function programArguments(request: RunRequest, engineAddress: string): string[] {
  const info = programInfo(request);
  const flags: Record<string, string> = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info.getRootDirectory(),
    stack: request.getStack(),
    pwd: info.getProgramDirectory(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(flags).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint(),
    ...request.getArgsList(),
  ];
}

/** The SDK still reads configuration under its old spelling, `namespace:config:key`. */
function configuration(request: RunRequest): Record<string, string> {
  const old = (key: string): string => key.replace(/^([^:]+):(?:config:)?/, "$1:config:");
  return Object.fromEntries(
    request
      .getConfigMap()
      .toArray()
      .map(([key, value]) => [old(key), value]),
  );
}
