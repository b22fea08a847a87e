import type { ChildProcess } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { RunPluginResponse, type RunPluginRequest } from "@pulumi/pulumi/proto/language_pb";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { exitOf, startNode, stop, type Command } from "./child";
import { servePackProxy } from "./pack-proxy";
import { programInfo, runtimeOptions } from "./runtime-options";
import { sdkModule } from "./sdk-module";

type Stream = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs a component package or a policy pack; the engine ends it by cancelling the call (main.go RunPlugin). */
export async function runPlugin(stream: Stream): Promise<void> {
  await (stream.request.getKind() === "analyzer" ? runPack(stream) : runComponentPackage(stream));
}

async function runComponentPackage(stream: Stream): Promise<void> {
  const { request } = stream;
  const info = programInfo(request);
  const directory = info.getProgramDirectory();
  const child = startNode({
    args: [
      sdkModule("run-plugin", directory),
      ...runtimeOptions(info).nodeArgs,
      directory,
      ...request.getArgsList(),
    ],
    cwd: request.getPwd(),
    env: environment(request),
  });
  child.stdout?.on("data", (chunk: Buffer) => stream.write(stdout(chunk)));
  await untilExit(stream, child);
}

async function runPack(stream: Stream): Promise<void> {
  let child: ChildProcess | undefined;
  const cancelled = new Promise<void>((resolve) => stream.once("cancelled", resolve));
  const failed = deferred<never>();
  const proxy = await servePackProxy((configuration) => {
    child = startNode(packCommand(stream.request, configuration));
    untilExit(stream, child).catch(failed.reject);
    return firstPort(child, (chunk) => stream.write(stdout(chunk)));
  });
  stream.write(stdout(Buffer.from(`${proxy.port}\n`)));
  try {
    await Promise.race([cancelled, failed.promise]);
  } finally {
    proxy.close();
    if (child !== undefined) stop(child);
  }
}

function packCommand(
  request: RunPluginRequest,
  configuration: AnalyzerStackConfigureRequest | undefined,
): Command {
  const info = programInfo(request);
  const directory = info.getProgramDirectory();
  const stack: Record<string, string> =
    configuration === undefined
      ? {}
      : {
          PULUMI_NODEJS_ORGANIZATION: configuration.getOrganization(),
          PULUMI_NODEJS_PROJECT: configuration.getProject(),
          PULUMI_NODEJS_STACK: configuration.getStack(),
          PULUMI_NODEJS_DRY_RUN: String(configuration.getDryRun()),
          PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration.getConfigMap().toArray())),
        };
  return {
    // For packs the folder comes last, for every other plugin it comes first.
    args: [
      sdkModule("run-policy-pack", directory),
      ...runtimeOptions(info).nodeArgs,
      ...request.getArgsList(),
      directory,
    ],
    cwd: directory,
    env: { ...environment(request), ...stack },
  };
}

/** Passes the child's errors on and waits for its end; cancelling the call ends the child. */
async function untilExit(stream: Stream, child: ChildProcess): Promise<void> {
  let cancelled = false;
  stream.once("cancelled", () => {
    cancelled = true;
    stop(child);
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    const response = new RunPluginResponse();
    response.setStderr(chunk);
    stream.write(response);
  });
  const code = await exitOf(child);
  if (code !== 0 && !cancelled) throw new Error(`Program exited with non-zero exit code: ${code}`);
}

/** The first line of a pack is its port; what follows is ordinary output. */
function firstPort(child: ChildProcess, rest: (chunk: Buffer) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let line = "";
    let listening = false;
    child.stdout?.on("data", (chunk: Buffer) => {
      if (listening) return rest(chunk);
      line += chunk.toString("utf8");
      const end = line.indexOf("\n");
      if (end < 0) return;
      listening = true;
      const first = line.slice(0, end).trim();
      if (!/^\d+$/.test(first))
        return reject(new Error(`could not read policy pack port: the pack printed "${first}" first`));
      if (end + 1 < line.length) rest(Buffer.from(line.slice(end + 1)));
      resolve(Number(first));
    });
    child.once("close", () =>
      reject(new Error("could not read policy pack port: the pack ended before it printed one")),
    );
  });
}

function environment(request: RunPluginRequest): NodeJS.ProcessEnv {
  const sent = request.getEnvList().map((entry) => {
    const at = entry.indexOf("=");
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
  return { ...Object.fromEntries(sent), ...runtimeOptions(programInfo(request)).environment };
}

function stdout(chunk: Buffer): RunPluginResponse {
  const response = new RunPluginResponse();
  response.setStdout(chunk);
  return response;
}

function deferred<T>(): { readonly promise: Promise<T>; readonly reject: (error: unknown) => void } {
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((_, no) => (reject = no));
  return { promise, reject };
}
