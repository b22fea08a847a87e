import { LoadBalancer } from "@pulumi/aws/lb";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import { exposed } from "./exposed";

// The shop as people write it: node ports chosen by hand, target groups that repeat the numbers. Each of the three below passed
// review once. None of them keeps its Service reachable.

const namespace = new Namespace("shop", { metadata: { name: "shop" } }).metadata.name;

const loadBalancer = new LoadBalancer("shop", {
  loadBalancerType: "network",
  internal: false,
  subnets: ["subnet-0a11", "subnet-0b22", "subnet-0c33"],
  securityGroups: ["sg-0d4e5f6a7b8c9d0e1"],
});

for (const [name, replicas] of [
  ["web", 6],
  ["api", 4],
  ["login", 3],
] as const) {
  new Deployment(name, {
    metadata: { namespace, name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: `registry.example.com/storefront/${name}:1.0.0` }] },
      },
    },
  });
}

/** Local, so that pods see the client; but the target group still opens the node port, as it did under Cluster. */
exposed("web", {
  namespace,
  loadBalancer,
  port: 443,
  nodePort: 30010,
  healthCheckNodePort: 30011,
  healthCheck: { protocol: "TCP", port: "traffic-port", interval: 10 },
});

/** Back to Cluster, because Local was uneven; the health check still asks the port that only Local has. */
exposed("api", {
  namespace,
  loadBalancer,
  port: 8443,
  nodePort: 30020,
  healthCheck: { protocol: "HTTP", path: "/healthz", port: "30021", interval: 10 },
});

/** Local, and PROXY protocol on top, to be sure of the client's address; kube-proxy answers the health check with an error. */
exposed("login", {
  namespace,
  loadBalancer,
  port: 9443,
  nodePort: 30030,
  healthCheckNodePort: 30031,
  healthCheck: { protocol: "HTTP", path: "/healthz", port: "30031", interval: 10 },
  proxyProtocolV2: true,
});

export const hostname = loadBalancer.dnsName;
