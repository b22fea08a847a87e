import type { InternalServiceArgs } from "../src/internal-service";
import type { NlbInstanceServiceArgs } from "../src/nlb-instance-service";
import type { NlbIpServiceArgs } from "../src/nlb-ip-service";

/** Six pods, spread evenly over as many nodes in three zones. */
export const workload = {
  replicas: 6,
  labels: { app: "web" },
  spec: {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: { app: "web" } },
      },
    ],
    containers: [{ name: "web" }],
  },
};

export const cluster = { kubernetesVersion: "1.35", nodes: [{ count: 6, zones: ["a", "b", "c"] }] };

const pulumiOwned = { vpcId: "vpc-1", subnets: ["subnet-a", "subnet-b"] };

export const ports = [
  { name: "http", port: 80, targetPort: 8080 },
  { name: "https", port: 443, targetPort: 8443 },
];

export const instanceArgs: NlbInstanceServiceArgs = {
  workload,
  cluster,
  ports,
  scheme: "internal",
  pulumiOwned,
};

export const ipArgs: NlbIpServiceArgs = { workload, cluster, ports, scheme: "internal", pulumiOwned };

export const internalArgs: InternalServiceArgs = { workload, cluster, ports };
