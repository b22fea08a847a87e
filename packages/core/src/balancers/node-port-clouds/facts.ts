/** What holds for several clouds alike. */
export const SHARED_CLOUD_FACTS = {
  "local-check-on-node-port": {
    statement:
      "Local, and a TCP check of the node port: nodes without a pod fail it, but a node whose last pod ends passes until the port is shut, and gets connections until the check has failed often enough.",
    source:
      "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/6485324f/internal/hcops/load_balancer.go#L1455-L1489",
  },
} as const;
