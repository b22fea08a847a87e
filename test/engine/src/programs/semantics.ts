import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/**
 * Whatever makes an engine's bookkeeping hard, in one program: nested components, parents by type, dependencies on a whole
 * component, aliases, transforms, explicit providers, secrets, resources as values, options of all kinds.
 */
class Inner extends pulumi.ComponentResource {
  readonly config: k8s.core.v1.ConfigMap;

  constructor(name: string, args: { text: pulumi.Input<string> }, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Inner", name, args, opts);
    this.config = new k8s.core.v1.ConfigMap(
      `${name}-config`,
      { metadata: { namespace: "shop" }, data: { text: args.text, "a.b": "dotted" } },
      { parent: this, aliases: [{ name: `${name}-old` }, { parent: pulumi.rootStackResource }] },
    );
    this.registerOutputs({ uid: this.config.metadata.uid });
  }
}

class Outer extends pulumi.ComponentResource {
  readonly inner: Inner;

  constructor(name: string, args: pulumi.Inputs, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Outer", name, args, opts);
    this.inner = new Inner(`${name}-inner`, { text: args["text"] }, { parent: this });
    this.registerOutputs();
  }
}

const cluster = new k8s.Provider("cluster", { namespace: "tools", enableServerSideApply: true });

const secretText = pulumi.secret("very secret");
const outer = new Outer("outer", { text: secretText, nested: { list: [1, "two", null, true], empty: {} } });
const protectedOuter = new Outer(
  "guarded",
  { text: outer.inner.config.metadata.apply(({ name }) => `after ${name}`) },
  {
    protect: true,
    providers: [cluster],
    dependsOn: outer,
    aliases: [{ type: "test:index:Earlier" }],
    transforms: [
      ({ type, props, opts }) =>
        type === "kubernetes:core/v1:ConfigMap"
          ? { props: { ...props, immutable: true }, opts: { ...opts, ignoreChanges: ["data"] } }
          : undefined,
    ],
  },
);

const group = new aws.lb.TargetGroup(
  "group",
  {
    port: 80,
    protocol: "TCP",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    healthCheck: { protocol: "HTTP", path: "/healthz", port: "traffic-port" },
    tags: { owner: outer.inner.config.id, guarded: protectedOuter.inner.config.metadata.namespace },
  },
  {
    customTimeouts: { create: "5m", delete: "90s" },
    deleteBeforeReplace: true,
    additionalSecretOutputs: ["arn"],
  },
);

const balancer = new aws.alb.LoadBalancer("balancer", {
  loadBalancerType: "network",
  internal: true,
  subnets: ["subnet-0a1b2c3d4e5f60718"],
});

new aws.lb.Listener(
  "listener",
  {
    loadBalancerArn: balancer.arn,
    port: 443,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
  },
  { retainOnDelete: true, dependsOn: [protectedOuter] },
);

new k8s.apps.v1.Deployment("app", {
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "app" } },
    template: {
      metadata: { labels: { app: "app" } },
      spec: {
        containers: [
          {
            name: "app",
            image: "app:1",
            env: [
              { name: "HOST", value: balancer.dnsName },
              { name: "T", value: secretText },
            ],
          },
        ],
      },
    },
  },
});

new k8s.apiextensions.CustomResource("binding", {
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "TargetGroupBinding",
  metadata: { name: "binding", namespace: "shop" },
  spec: { targetGroupARN: group.arn, serviceRef: { name: "app", port: 80 }, targetType: "instance" },
});

export const host = balancer.dnsName;
export const plain = { list: [1, 2], text: "x" };
export const hidden = secretText;
