import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Dataplane } from "@evenkeel/core/model";
import type { LocalDetector } from "@evenkeel/core/routing";
import type { Namespaces } from "./namespaces";
import { NODES, POD_BRIDGE, POD_RANGE } from "./plan";
import { run, type Service, start } from "./process";

export type ProxyMode = Extract<Dataplane, "iptables" | "nftables">;

/** How the kube-proxies of all nodes are set. Everything else is kube-proxy's default. */
export interface ProxySettings {
  readonly mode: ProxyMode;
  readonly detector: LocalDetector;
  readonly masqueradeAll?: boolean;
  /** `--iptables-localhost-nodeports=false`. */
  readonly noLocalhostNodePorts?: boolean;
  /** Not kube-proxy's: the pod network hides pods behind their node towards other nodes, as several do. */
  readonly hidesPodsFromNodes?: boolean;
  /** Can be cut off from the kernel with `breakNode`, and finds out within seconds rather than within a minute. */
  readonly breakable?: boolean;
}

const DETECTION: Readonly<Record<LocalDetector, readonly string[]>> = {
  clusterCIDR: ["--detect-local-mode=ClusterCIDR", `--cluster-cidr=${POD_RANGE}`],
  nodeCIDR: ["--detect-local-mode=NodeCIDR"],
  bridgeInterface: ["--detect-local-mode=BridgeInterface", `--pod-bridge-interface=${POD_BRIDGE}`],
  interfaceNamePrefix: [
    "--detect-local-mode=InterfaceNamePrefix",
    `--pod-interface-name-prefix=${POD_BRIDGE.slice(0, -1)}`,
  ],
  none: ["--detect-local-mode=ClusterCIDR"],
};

export function startProxies(
  binaries: string,
  namespaces: Namespaces,
  kubeconfig: string,
  folder: string,
  { mode, detector, masqueradeAll, noLocalhostNodePorts, breakable }: ProxySettings,
): readonly Service[] {
  return NODES.map(({ name }) =>
    start(
      `kube-proxy of node ${name}`,
      namespaces.of(name),
      join(binaries, "kube-proxy"),
      [
        `--kubeconfig=${kubeconfig}`,
        `--hostname-override=${name}`,
        `--proxy-mode=${mode}`,
        ...DETECTION[detector],
        ...(masqueradeAll ? ["--masquerade-all"] : []),
        ...(noLocalhostNodePorts ? ["--iptables-localhost-nodeports=false"] : []),
        // Limits of the connection table belong to the machine and cannot be written from a namespace.
        "--conntrack-max-per-core=0",
        "--healthz-bind-address=0.0.0.0:10256",
        // It counts as unhealthy when its rules are behind for twice this time; the flag is for both modes.
        ...(breakable ? ["--iptables-sync-period=2s"] : []),
      ],
      join(folder, `kube-proxy-${name}.log`),
      breakable ? { PATH: `${brittleCommands(folder, name)}${delimiter}${process.env["PATH"]}` } : {},
    ),
  );
}

/** A folder with the commands that kube-proxy writes rules with, which fail while the node is broken. */
function brittleCommands(folder: string, node: string): string {
  const commands = join(folder, `commands-${node}`);
  mkdirSync(commands, { recursive: true });
  for (const name of ["iptables-restore", "ip6tables-restore", "nft"]) {
    const found = (process.env["PATH"] ?? "")
      .split(delimiter)
      .map((path) => join(path, name))
      .find(existsSync);
    if (found === undefined) throw new Error(`${name}: not found`);
    const script = `#!/bin/sh\n[ ! -e '${brokenMark(folder, node)}' ] || exit 1\nexec '${found}' "$@"\n`;
    writeFileSync(join(commands, name), script, { mode: 0o755 });
  }
  return commands;
}

function brokenMark(folder: string, node: string): string {
  return join(folder, `broken-${node}`);
}

/** From now on the kube-proxy of the node, if it was started breakable, cannot write rules. */
export function breakNode(folder: string, node: string): void {
  writeFileSync(brokenMark(folder, node), "");
}

export function mendNode(folder: string, node: string): void {
  rmSync(brokenMark(folder, node), { force: true });
}

/** What a pod network's own masquerading comes to, whatever the proxy mode. */
export async function hidePods(namespaces: Namespaces): Promise<void> {
  for (const { name, podPrefix } of NODES)
    await run(
      "ip",
      ["netns", "exec", namespaces.of(name), "nft", "-f", "-"],
      `table ip pod-network {
        chain leaving {
          type nat hook postrouting priority srcnat - 1
          ip saddr ${podPrefix}.0/24 ip daddr 192.0.2.0/24 masquerade
        }
      }`,
    );
}

/** Takes away what the kube-proxies left, so that one mode is never judged by the rules of another. */
export async function clearNodes(namespaces: Namespaces): Promise<void> {
  for (const { name } of NODES) {
    await run("ip", ["netns", "exec", namespaces.of(name), "nft", "flush", "ruleset"]);
    await run("ip", ["netns", "exec", namespaces.of(name), "conntrack", "-F"]);
  }
}
