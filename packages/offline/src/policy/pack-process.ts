import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { PolicyPackFailed, ProjectError, TimedOut } from "../errors";
import { startNode, type Child } from "../process/child";
import { failureText } from "../process/failure-text";
import { asMap, readYamlMap } from "../project/project";
import { loadSdk, type Sdk } from "../sdk";

/** A policy pack's directory, read. */
export interface PackDirectory {
  readonly directory: string;
  /** What Node is given to run, relative to the directory. */
  readonly entry: string;
  /** Of PulumiPolicy.yaml; wins over package.json's. */
  readonly version?: string;
  readonly description?: string;
}

/** A policy pack that runs. */
export interface PackProcess {
  readonly pack: PackDirectory;
  readonly sdk: Sdk;
  readonly client: AnalyzerClient;
  readonly child: Child;
}

const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Reads PulumiPolicy.yaml. */
export function readPackDirectory(dir: string): PackDirectory {
  const directory = resolve(dir);
  if (!existsSync(directory)) throw new ProjectError(`there is no directory ${dir}`);
  const file = ["PulumiPolicy.yaml", "PulumiPolicy.yml"]
    .map((name) => join(directory, name))
    .find(existsSync);
  if (file === undefined)
    throw new ProjectError(`${dir} holds no PulumiPolicy.yaml; name the directory of a policy pack`);
  const yaml = readYamlMap(file);
  const runtime = typeof yaml.runtime === "string" ? yaml.runtime : asMap(yaml.runtime).name;
  if (runtime !== "nodejs")
    throw new ProjectError(
      `${file}: runtime is ${JSON.stringify(runtime) ?? "missing"}; only nodejs packs can be run`,
    );
  return {
    directory: realpathSync(directory),
    entry: typeof yaml.main === "string" && yaml.main !== "" ? yaml.main : ".",
    version: typeof yaml.version === "string" ? yaml.version : undefined,
    description: typeof yaml.description === "string" ? yaml.description : undefined,
  };
}

export interface PackStart {
  readonly engineAddress: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutSeconds: number;
}

/** Starts the policy-pack process of the SDK that the pack itself would load, and connects to it. */
export async function startPack(
  pack: PackDirectory,
  { engineAddress, environment, timeoutSeconds }: PackStart,
  onStart: (child: Child) => void,
): Promise<PackProcess> {
  const sdk = loadSdk(pack.directory);
  const run = createRequire(join(sdk.root, "package.json")).resolve("./cmd/run-policy-pack");
  const child = startNode({
    arguments: [run, engineAddress, pack.entry],
    directory: pack.directory,
    environment,
  });
  onStart(child);
  const port = await portOf(pack, child, timeoutSeconds);
  const client = new sdk.analyzerService.AnalyzerClient(
    `127.0.0.1:${port}`,
    sdk.grpc.credentials.createInsecure(),
    {
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    },
  );
  return { pack, sdk, client, child };
}

/** The first line that a pack prints is the port of its server. */
function portOf(pack: PackDirectory, child: Child, timeoutSeconds: number): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new TimedOut(
            `policy pack ${pack.directory} did not start within ${timeoutSeconds} seconds`,
            outputOf(child),
          ),
        ),
      timeoutSeconds * 1000,
    );
    const settle = (settled: () => void): void => {
      clearTimeout(timer);
      settled();
    };
    child.onStdout(() => {
      const end = child.output.stdout.indexOf("\n");
      if (end < 0) return;
      const line = child.output.stdout.slice(0, end).trim();
      if (/^\d+$/.test(line)) settle(() => resolvePort(Number(line)));
      else
        settle(() =>
          reject(
            new PolicyPackFailed(
              `policy pack ${pack.directory} printed ${JSON.stringify(shortened(line))} before its port; nothing may be written to standard output while a pack loads (use console.error)`,
              pack.directory,
              outputOf(child),
            ),
          ),
        );
    });
    void child.exited.then((exit) => {
      const reason = exit.error?.message ?? failureText(child.output.stderr);
      settle(() =>
        reject(
          new PolicyPackFailed(
            reason === undefined
              ? `policy pack ${pack.directory} ended with code ${String(exit.code ?? exit.signal)} before it served anything; does it construct a PolicyPack?`
              : `policy pack ${pack.directory} failed to load: ${reason}`,
            pack.directory,
            outputOf(child),
          ),
        ),
      );
    });
  });
}

function outputOf(child: Child): string {
  return [child.output.stderr, child.output.stdout].filter((text) => text !== "").join("\n");
}

function shortened(line: string): string {
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
