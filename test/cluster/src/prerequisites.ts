import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./lab/process";

const COMMANDS = ["ip", "iptables", "nft", "conntrack", "sysctl", "setpriv", "go"];

/** Why the lab cannot run on this machine; undefined where it can. */
export async function cannotRun(): Promise<string | undefined> {
  if (process.platform !== "linux") return `network namespaces need Linux; this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "network namespaces need root: run with sudo";
  const lacking = COMMANDS.filter((command) => !isOnPath(command));
  if (lacking.length > 0)
    return `${lacking.join(", ")}: not found; test/cluster/packages.sh installs what Debian has, Go is at go.dev/dl`;
  const trial = `evenkeel-${process.pid}-trial`;
  try {
    await run("ip", ["netns", "add", trial]);
    await run("ip", ["netns", "delete", trial]);
  } catch (error) {
    return `this machine makes no network namespaces: ${error instanceof Error ? error.message : error}`;
  }
  return undefined;
}

function isOnPath(command: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
