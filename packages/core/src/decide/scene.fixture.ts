import { webService } from "@evenkeel/test-generators";
import { equalNodes } from "../estimate";
import { byDefault, type Cluster, type Exposure, type Front, type Service, type Workload } from "../model";

// One Service behind an NLB with cross-zone balancing, for the tests of decisions.

const ref = { kind: "Service", namespace: "shop", name: "web" };
export const at = { resource: ref, path: "spec" };

export const service: Service = webService({
  ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 32174 }],
});

export const front: Front = {
  balancer: "nlb",
  controller: { name: "aws-load-balancer-controller" },
  resource: ref,
  related: [],
  servicePort: 80,
  targets: byDefault("instance", at),
  targetPort: byDefault(32174, at),
  healthCheck: {
    protocol: byDefault("TCP", at),
    port: byDefault("traffic-port", at),
    intervalSeconds: byDefault(10, at),
    timeoutSeconds: byDefault(10, at),
    healthyThreshold: byDefault(3, at),
    unhealthyThreshold: byDefault(3, at),
  },
  proxyProtocol: byDefault("off", at),
  preservesClientAddress: byDefault(true, at),
  attributes: { "load_balancing.cross_zone.enabled": byDefault(true, at) },
};

export const workload = (replicas: number, more: Partial<Workload["replicas"]> = {}): Workload => ({
  ref: { kind: "Deployment", namespace: "shop", name: "web" },
  runs: "replicas",
  replicas: { count: replicas, by: "given", ...more },
  selector: { matchLabels: { app: "web" } },
  template: {
    labels: { app: "web" },
    spec: { containers: [{ name: "web", requests: { cpu: 100, memory: 128 * 1024 ** 2 } }] },
  },
});

export const cluster = (nodes: number, more: Partial<Cluster> = {}): Cluster => ({
  kubernetesVersion: "1.36",
  dataplane: "iptables",
  nodes: equalNodes(nodes, 1),
  pods: [],
  ...more,
});

export const exposure = (replicas: number, nodes: number, more: Partial<Exposure> = {}): Exposure => ({
  service,
  fronts: [front],
  workloads: [workload(replicas)],
  cluster: cluster(nodes),
  missing: [],
  ...more,
});
