import type { Dataplane, Pod } from "@evenkeel/core/model";

/** Labels of the pods that implement Services on the nodes, as their projects ship them. */
const AGENTS: readonly { readonly dataplane: Dataplane; readonly label: string; readonly value: string }[] = [
  { dataplane: "iptables", label: "k8s-app", value: "kube-proxy" },
  { dataplane: "iptables", label: "component", value: "kube-proxy" },
  { dataplane: "cilium", label: "k8s-app", value: "cilium" },
  { dataplane: "ovn", label: "app", value: "ovnkube-node" },
];

const MODES: readonly Dataplane[] = ["iptables", "nftables", "ipvs"];

/**
 * What implements Services, by the pods that are seen to do it: kube-proxy wherever it runs (in the mode of its arguments; its own
 * default is iptables, and a mode that stands in its ConfigMap cannot be seen), else Cilium or OVN-Kubernetes in its place.
 */
export function dataplaneOf(pods: readonly Pod[]): Dataplane | undefined {
  for (const { dataplane, label, value } of AGENTS) {
    const agent = pods.find(({ labels }) => labels[label] === value);
    if (agent) return dataplane === "iptables" ? (modeOf(agent) ?? dataplane) : dataplane;
  }
  return undefined;
}

function modeOf({ spec: { containers } }: Pod): Dataplane | undefined {
  const mode = containers
    .flatMap(({ args = [] }) => args)
    .map((arg) => /^--proxy-mode=(.+)$/.exec(arg)?.[1])
    .find((one) => one !== undefined);
  return MODES.find((one) => one === mode);
}
