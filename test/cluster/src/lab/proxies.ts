import { join } from "node:path";
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
  { mode, detector, masqueradeAll, noLocalhostNodePorts }: ProxySettings,
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
      ],
      join(folder, `kube-proxy-${name}.log`),
    ),
  );
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
