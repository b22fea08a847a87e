import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = {
  name: "bench-awsguard",
  version: "0.0.0",
  private: true,
  main: "index.js",
  dependencies: { "@pulumi/awsguard": "0.3.1", "@pulumi/pulumi": "3.276.0" },
};

/** AWSGuard in a folder of its own, installed on first use; undefined where the registry cannot be reached. */
export function awsguardFolder(folder: string): string | undefined {
  if (existsSync(join(folder, "node_modules/@pulumi/awsguard"))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(PACKAGE));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(folder, "index.js"),
    'const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard({ all: "advisory" });\n',
  );
  const { status } = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: "ignore",
  });
  return status === 0 ? folder : undefined;
}
