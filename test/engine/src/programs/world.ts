import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** A program that asks the world around it: another stack, functions of a provider, and a cluster that is still to come. */
const base = new pulumi.StackReference("organization/base/dev");
const vpcId = base.getOutput("vpcId");
const token = base.requireOutput("token");

const zones = aws.getAvailabilityZonesOutput({ state: "available" });
const identity = aws.getCallerIdentity();

const group = new aws.lb.TargetGroup("group", {
  port: 8080,
  protocol: "TCP",
  vpcId,
  tags: {
    zones: zones.names.apply((names) => names.join(",")),
    account: identity.then(({ accountId }) => accountId),
  },
});

// Its settings are not known before the update: the engine does not ask such a provider.
const later = new k8s.Provider("later", { kubeconfig: group.arn });
const config = new k8s.core.v1.ConfigMap("config", { data: { token } }, { provider: later });

const many = pulumi
  .all([config.metadata, zones.names])
  .apply(([metadata, names]) => names.map((zone) => `${metadata.name}-${zone}`));
new k8s.core.v1.ConfigMap("summary", {
  data: {
    known: pulumi.interpolate`zone ${zones.names[0]}`,
    unknown: many[0] as pulumi.Output<string>,
    secret: pulumi.interpolate`<${token}>`,
  },
});

// Registered while the program waits for what is known at preview.
zones.names.apply((names) => {
  for (const zone of names)
    new pulumi.ComponentResource("test:index:Zone", zone, { zone }, { parent: group });
});

export const arn = group.arn;
export const from = base.name;
