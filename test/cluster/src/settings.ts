import type { ProxyMode, ProxySettings } from "./lab/proxies";

/** How kube-proxy is set in the full table. */
export function usual(mode: ProxyMode): ProxySettings {
  return { mode, detector: "nodeCIDR" };
}

type Variation = readonly [name: string, settings: Partial<ProxySettings>, modes: readonly ProxyMode[]];

const BOTH = ["iptables", "nftables"] as const;

/** kube-proxy does not know its own pods. */
export const UNDETECTED = "no detector";

/** What else decides about a connection: how kube-proxy tells its own pods, and what is masqueraded. */
export const VARIATIONS: readonly Variation[] = [
  [UNDETECTED, { detector: "none" }, BOTH],
  ["detector ClusterCIDR", { detector: "clusterCIDR" }, BOTH],
  ["detector BridgeInterface", { detector: "bridgeInterface" }, BOTH],
  ["detector InterfaceNamePrefix", { detector: "interfaceNamePrefix" }, BOTH],
  ["--masquerade-all", { masqueradeAll: true }, BOTH],
  ["--iptables-localhost-nodeports=false", { noLocalhostNodePorts: true }, ["iptables"]],
  ["pods hidden behind their nodes, detector NodeCIDR", { hidesPodsFromNodes: true }, BOTH],
  [
    "pods hidden behind their nodes, detector ClusterCIDR",
    { hidesPodsFromNodes: true, detector: "clusterCIDR" },
    BOTH,
  ],
];
