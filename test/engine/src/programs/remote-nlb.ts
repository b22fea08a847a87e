import * as pulumi from "@pulumi/pulumi";

/** `NlbIpService` of `packages/components`, as a program in another language registers it: by its token, through the engine. */
class RemoteNlbIpService extends pulumi.ComponentResource {
  declare readonly decision: pulumi.Output<unknown>;
  declare readonly hostname: pulumi.Output<string>;

  constructor(name: string, args: pulumi.Inputs) {
    super(
      "evenkeel:index:NlbIpService",
      name,
      { ...args, decision: undefined, hostname: undefined },
      {},
      true,
    );
  }
}

const shop = new RemoteNlbIpService("shop", {
  namespace: "shop",
  workload: {
    replicas: 6,
    labels: { app: "shop" },
    spec: { containers: [{ name: "shop", image: "shop:1", ports: [{ containerPort: 8080 }] }] },
  },
  cluster: { nodes: [{ count: 6, zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }] },
  ports: [{ name: "http", port: 80, targetPort: 8080 }],
  scheme: "internal",
  pulumiOwned: { vpcId: "vpc-0f3c1a2b4d5e6f708", subnets: ["subnet-0a11", "subnet-0b22", "subnet-0c33"] },
});

export const decision = shop.decision;
export const hostname = shop.hostname;
