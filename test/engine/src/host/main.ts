/**
 * The stand-in for pulumi-language-nodejs, which cannot be had as a Go module: same protocol, same conventions, Node only.
 * The engine starts it with its own address as the last argument and reads the port from the first line.
 */
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { PULUMI_VERSION } from "../cli/build";
import { serve } from "../grpc/serve";
import { killAll, stopAll } from "./child";
import { languageHost } from "./language-host";

const ORPHANED_CHECK_MS = 1_000;

async function main(): Promise<void> {
  const engineAddress = process.argv.at(-1) ?? "";
  const { port } = await serve([
    { definition: LanguageRuntimeService, implementation: languageHost(PULUMI_VERSION, engineAddress) },
  ]);
  process.stdout.write(`${port}\n`);

  // The engine ends its hosts with SIGINT; when it dies without a word, the parent changes.
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) end();
  }, ORPHANED_CHECK_MS);
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  process.once("exit", killAll);
}

function end(): void {
  stopAll();
  process.exit(0);
}

void main();
