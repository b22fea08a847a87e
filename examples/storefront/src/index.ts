import { NlbInstanceService, NlbIpService, Scheme, TrafficPolicy } from "@evenkeel/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import { network } from "./network";
import { api, web } from "./workloads";

const namespace = new Namespace("shop", { metadata: { name: "shop" } }).metadata.name;

for (const [name, { replicas, labels, spec }] of Object.entries({ web, api })) {
  new Deployment(name, {
    metadata: { namespace, name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  });
}

/** Nine nodes in three zones; what the policy is chosen for. */
const cluster = {
  kubernetesVersion: "1.35",
  nodes: [
    { count: 9, zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"], cpu: "8", memory: "32Gi", load: 0.5 },
  ],
};

/** Customers come in through a load balancer that this program owns; which traffic policy suits them is worked out. */
const shop = new NlbInstanceService("web", {
  namespace,
  serviceName: "web",
  workload: web,
  cluster,
  trafficPolicy: TrafficPolicy.Auto,
  requirements: { clientAddress: "required" },
  ports: [
    { name: "http", port: 80, targetPort: 8080 },
    { name: "https", port: 443, targetPort: 8443 },
  ],
  scheme: Scheme.InternetFacing,
  pulumiOwned: {
    vpcId: network.vpcId,
    subnets: network.publicSubnets,
    securityGroups: [network.webSecurityGroup],
    targetGroupBinding: { allowFrom: ["0.0.0.0/0"] },
  },
});

/** Partners in the same network call the API; the controller in the cluster makes the load balancer and sends to the pods. */
const partners = new NlbIpService("api", {
  namespace,
  serviceName: "api",
  workload: api,
  cluster,
  ports: [{ name: "grpc", port: 443, targetPort: 9090 }],
  scheme: Scheme.Internal,
  controllerOwned: { subnets: network.privateSubnets },
});

export const shopHostname = shop.hostname;
export const shopDecision = shop.decision;
export const partnersHostname = partners.hostname;
