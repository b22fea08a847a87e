import { copyFileSync, linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { cliPath } from "../cli/build";

/** A place where the engine runs closed: own plugins, own home, own backend; nothing outside it is read or written. */
export interface Sandbox {
  readonly root: string;
  readonly pulumi: string;
  readonly env: NodeJS.ProcessEnv;
  close(): void;
}

/** The compiled language host; `tsc -b` makes it. */
const HOST = resolve(__dirname, "../../dist/host/main.js");

export function openSandbox(): Sandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "evenkeel-engine-")));
  const [bin, home, state] = ["bin", "home", "state"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const directory of [bin, home, state]) mkdirSync(directory);
  const pulumi = join(bin, "pulumi");
  placeBinary(cliPath(), pulumi);
  // The engine looks for its language hosts beside the binary that runs (workspace/plugins.go getPluginInfoAndPath).
  writeFileSync(
    join(bin, "pulumi-language-nodejs"),
    `#!/bin/sh\nexec "${process.execPath}" "${HOST}" "$@"\n`,
    {
      mode: 0o755,
    },
  );
  return {
    root,
    pulumi,
    env: closedEnvironment({ bin, home, state }),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A hard link costs nothing; across file systems it takes a copy. A symbolic link would be resolved to the cache. */
function placeBinary(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function closedEnvironment(at: { bin: string; home: string; state: string }): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PULUMI|AWS|KUBE|NODE_OPTIONS|JEST)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PATH: [at.bin, process.env["PATH"] ?? ""].join(delimiter),
    PULUMI_HOME: at.home,
    PULUMI_BACKEND_URL: `file://${at.state}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    // Makes `--event-log` a flag of preview, up and destroy alike.
    PULUMI_DEBUG_COMMANDS: "true",
    NO_COLOR: "1",
    CI: "",
  };
}
