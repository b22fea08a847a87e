import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { preview, type PreviewResult } from "@evenkeel/offline";
import { buildSync } from "esbuild";

const PACKAGES = resolve(__dirname, "../..");
// Within the package, so that programs find the SDKs of the workspace; the folder is ignored by git.
const ROOT = join(__dirname, "..", ".cache");

/** What every program of the tests begins with. */
const PROLOGUE = `
  import * as pulumi from "@pulumi/pulumi";
  import { InternalService, NlbInstanceService, NlbIpService } from "@evenkeel/pulumi";
  import { instanceArgs, internalArgs, ipArgs, workload } from "./nlb-args";
`;

/**
 * Previews a program, given as TypeScript, through the real SDK. The program is bundled from the sources of the workspace, so that
 * a test never passes on a stale build.
 */
export async function previewProgram(source: string): Promise<PreviewResult> {
  mkdirSync(ROOT, { recursive: true });
  const program = mkdtempSync(join(ROOT, "test-"));
  try {
    writeFileSync(join(program, "Pulumi.yaml"), "name: acme\nruntime: nodejs\n");
    writeFileSync(join(program, "package.json"), JSON.stringify({ private: true, main: "index.js" }));
    bundle(PROLOGUE + source, join(program, "index.js"));
    return await preview({ program });
  } finally {
    rmSync(program, { recursive: true });
  }
}

function bundle(contents: string, outfile: string): void {
  buildSync({
    stdin: { contents, resolveDir: __dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@pulumi/*"],
    alias: Object.fromEntries(
      ["core", "adapters", "rules"]
        .map((name) => [`@evenkeel/${name}`, join(PACKAGES, name, "src")])
        .concat([["@evenkeel/pulumi", join(PACKAGES, "components", "src")]]),
    ),
    outfile,
    logLevel: "error",
  });
}
