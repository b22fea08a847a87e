import { cluster, inside, workload, type Scenario } from "./scene";

/** The reference page's table for `internalTrafficPolicy`, line by line. */
export const INTERNAL: readonly Scenario[] = [
  {
    name: "Standard pod communication",
    recommended: "Cluster",
    taken: "10 nodes, 6 replicas, Kubernetes 1.33",
    verdict: () => inside(workload(6), { ...cluster(10), kubernetesVersion: "1.33" }),
  },
  {
    name: "Reduce cross-node traffic",
    recommended: "Local",
    taken: "10 nodes, 6 replicas",
    verdict: () => inside(workload(6), cluster(10)),
  },
  {
    name: "Reduce cross-node traffic, with a pod on every node",
    recommended: "Local",
    taken: "10 nodes, a DaemonSet",
    verdict: () => inside(workload(1, { runs: "everyNode" }), cluster(10)),
  },
  {
    name: "Topology-aware routing desired",
    recommended: "trafficDistribution: PreferClose",
    taken: "9 nodes in three zones, 9 replicas",
    verdict: () =>
      `${inside(workload(9), cluster(9))} PreferClose is a deprecated alias of PreferSameZone since Kubernetes 1.35.`,
  },
  {
    name: "Zone-local deployments",
    recommended: "Local + multi-zone pods",
    taken: "9 nodes in three zones, 6 replicas",
    verdict: () => `${inside(workload(6), cluster(9))} Local means the node, not the zone.`,
  },
];
