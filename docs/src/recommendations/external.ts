import { journey } from "@evenkeel/core/routing";
import { autoscaled, cluster, exposure, outside, workload, type Scenario } from "./scene";

/** Nodes that a cluster autoscaler moves between ten and thirty. */
const AUTOSCALED = { ...cluster(10), nodeRanges: [{ min: 10, nodes: cluster(30).nodes }] };

/** The reference page's table for `externalTrafficPolicy`, line by line. */
export const EXTERNAL: readonly Scenario[] = [
  {
    name: "Public cloud (auto-scaling, many nodes)",
    recommended: "Cluster",
    taken: "10 to 30 nodes and 6 to 60 replicas, both by autoscalers",
    verdict: () => outside(exposure(autoscaled(6, 60), AUTOSCALED)),
  },
  {
    name: "On-premise (fixed node topology)",
    recommended: "Local",
    taken: "6 nodes, a DaemonSet",
    verdict: () => outside(exposure(workload(1, { runs: "everyNode" }), cluster(6))),
  },
  {
    name: "Internal pod-to-external-IP needed",
    recommended: "Cluster",
    taken:
      "a pod on a node without an endpoint calls the load balancer's address, which kube-proxy owns, under Local",
    verdict: podToOwnedAddress,
  },
  {
    name: "Internal pod-to-external-IP needed, behind an NLB",
    recommended: "Cluster",
    taken: "10 nodes, 10 replicas, clients inside call the NLB's hostname",
    verdict: () => outside(exposure(workload(10), cluster(10)), { requirements: { inClusterClients: true } }),
  },
  {
    name: "Source IP preservation critical",
    recommended: "Local",
    taken: "10 nodes, 10 replicas, client address required",
    verdict: () =>
      outside(exposure(workload(10), cluster(10)), { requirements: { clientAddress: "required" } }),
  },
  {
    name: "Source IP preservation critical, with more pods than nodes",
    recommended: "Local",
    taken: "10 nodes, 19 replicas, client address required",
    verdict: () =>
      outside(exposure(workload(19), cluster(10)), { requirements: { clientAddress: "required" } }),
  },
  {
    name: "Performance critical (lower latency)",
    recommended: "Local",
    taken: "10 nodes, 10 replicas, no extra hop tolerated, client address ignored",
    verdict: () =>
      outside(exposure(workload(10), cluster(10)), {
        requirements: { clientAddress: "ignored", maxCrossNode: 0 },
      }),
  },
  {
    name: "Performance critical, with fewer pods than nodes",
    recommended: "Local",
    taken: "10 nodes, 6 replicas, client address ignored, a rollout may lose nothing",
    verdict: () =>
      outside(exposure(workload(6), cluster(10)), {
        requirements: { clientAddress: "ignored", maxRolloutLossSeconds: 0 },
      }),
  },
];

/** The claim behind the recommendation is that Local drops such calls. */
function podToOwnedAddress(): string {
  const nodes = ["a", "b"].map((name, index) => ({ name, address: `192.0.2.${index + 1}` }));
  const { outcome } = journey({
    source: { kind: "pod", node: "b", address: "198.51.100.9" },
    destination: { kind: "loadBalancer", ingress: { ip: "203.0.113.10", ipMode: "VIP" } },
    service: {
      traffic: {
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Cluster",
        externallyReachable: true,
      },
      loadBalancerSourceRanges: [],
      sessionAffinity: "None",
    },
    endpoints: [{ addresses: ["198.51.100.1"], nodeName: "a", pod: "web-1" }],
    nodes,
    network: { dataplane: "iptables", localDetector: "nodeCIDR" },
  });
  return outcome?.verdict === "deliver"
    ? "**No criterion**: delivered under Local too, since kube-proxy spares the pods of its own node the policy. What matters is whether the address is a hostname or in Proxy mode: then the packet leaves towards the load balancer under either policy."
    : `**${outcome?.verdict ?? "leaves"}** under Local.`;
}
