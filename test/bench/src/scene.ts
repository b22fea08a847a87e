import { equalNodes } from "@evenkeel/core/estimate";
import { byDefault, type Exposure } from "@evenkeel/core/model";

/** A Local Service of `replicas` pods on `nodes` loaded nodes in three zones behind an NLB: the question that people ask most. */
export function scene(replicas: number, nodes: number): Exposure {
  const ref = { kind: "Service", namespace: "shop", name: "web" };
  const at = { resource: ref, path: "spec" };
  return {
    service: {
      ref,
      labels: {},
      annotations: {},
      type: "LoadBalancer",
      headless: false,
      selector: { app: "web" },
      ports: [{ name: "", protocol: "TCP", port: 443, targetPort: 8443, nodePort: 30443 }],
      externalTrafficPolicy: "Local",
      internalTrafficPolicy: "Cluster",
      healthCheckNodePort: 30444,
      loadBalancerSourceRanges: [],
      sessionAffinity: "None",
      publishNotReadyAddresses: false,
      externalIPs: [],
      ingress: [],
    },
    fronts: [
      {
        balancer: "nlb",
        controller: { name: "aws-load-balancer-controller" },
        resource: ref,
        related: [],
        servicePort: 443,
        targets: byDefault("instance", at),
        targetPort: byDefault(30443, at),
        healthCheck: {
          protocol: byDefault("HTTP", at),
          port: byDefault(30444, at),
          intervalSeconds: byDefault(10, at),
          timeoutSeconds: byDefault(6, at),
          healthyThreshold: byDefault(2, at),
          unhealthyThreshold: byDefault(2, at),
        },
        proxyProtocol: byDefault("off", at),
        preservesClientAddress: byDefault(true, at),
        attributes: {},
      },
    ],
    workloads: [
      {
        ref: { kind: "Deployment", namespace: "shop", name: "web" },
        runs: "replicas",
        replicas: { count: replicas, by: "given" },
        selector: { matchLabels: { app: "web" } },
        template: {
          labels: { app: "web" },
          spec: { containers: [{ name: "web", requests: { cpu: 250, memory: 256 * 1024 ** 2 } }] },
        },
      },
    ],
    cluster: {
      kubernetesVersion: "1.36",
      dataplane: "iptables",
      nodes: equalNodes(nodes, 3),
      pods: [],
      backgroundLoad: 0.5,
    },
    missing: [],
  };
}
