import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { homedir } from "node:os";

/** The engine under test. The Go module beside this file (`cli/go.mod`) pins the same version. */
export const PULUMI_VERSION = "3.230.0";

const MODULE = resolve(__dirname, "../../cli");
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Where the built CLI lies: outside the repository and keyed by version, so that a clean clone finds it again. */
export function cliPath(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env["EVENKEEL_CACHE"] ?? join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "evenkeel");
  return join(cache, `pulumi-${PULUMI_VERSION}`, "bin", "pulumi");
}

/**
 * Builds the Pulumi CLI unless it is there already, and returns its path.
 *
 * @throws when `go` is missing or the build fails; the message holds the command and what Go printed.
 */
function buildCli(say: (line: string) => void): string {
  const target = cliPath();
  if (existsSync(target)) return target;
  const started = Date.now();
  say(`pulumi ${PULUMI_VERSION}: building (about 3 minutes on two idle cores, once)`);
  const bin = resolve(target, "..");
  mkdirSync(bin, { recursive: true });
  // Two builds may race: each builds beside the target and the last rename wins with the same bytes.
  const work = mkdtempSync(join(bin, ".build-"));
  try {
    const built = join(work, "pulumi");
    const ldflags = `-s -w -X ${VERSION_VARIABLE}=v${PULUMI_VERSION}`;
    const args = ["build", "-tags", "osusergo,grpcnotrace", "-ldflags", ldflags, "-o", built, PACKAGE];
    const go = spawnSync("go", args, { cwd: MODULE, encoding: "utf8", stdio: ["ignore", "inherit", "pipe"] });
    if (go.error)
      throw new Error(`the Pulumi CLI cannot be built: ${go.error.message}; install Go 1.26 or newer`);
    if (go.status !== 0) throw new Error(`go ${args.join(" ")}\nfailed in ${MODULE}:\n${go.stderr}`);
    renameSync(built, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`pulumi ${PULUMI_VERSION}: built in ${Math.round((Date.now() - started) / 1000)} s, ${target}`);
  return target;
}

if (require.main === module) {
  try {
    console.log(buildCli(console.log));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
