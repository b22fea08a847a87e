import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/**
 * A target group fed from a Service's outputs. `pinned`: the program chooses the ports. `naive`: what the provider leaves out
 * stays `undefined`; otherwise it is unknown until the update.
 */
const config = new pulumi.Config();
const pinned = config.getBoolean("pinned") ?? false;
const naive = config.getBoolean("naive") ?? false;

const service = new k8s.core.v1.Service("web", {
  metadata: { annotations: { "pulumi.com/skipAwait": "true" } },
  spec: {
    type: "LoadBalancer",
    loadBalancerClass: "evenkeel.io/unmanaged",
    externalTrafficPolicy: "Local",
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: 8080, ...(pinned ? { nodePort: 30_001 } : {}) }],
    ...(pinned ? { healthCheckNodePort: 30_002 } : {}),
  },
});

/** Without a cluster the provider answers with the inputs, so that an allocated port is a known `undefined`. */
function allocated(port: number | undefined): number {
  return port === undefined && !naive && pulumi.runtime.isDryRun()
    ? (pulumi.unknown as number)
    : (port as number);
}

const nodePort = service.spec.apply((spec) => allocated(spec.ports[0]?.nodePort));
const healthCheckNodePort = service.spec.apply((spec) => allocated(spec.healthCheckNodePort));

new aws.lb.TargetGroup("web", {
  port: nodePort,
  protocol: "TCP",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  healthCheck: {
    protocol: "HTTP",
    path: "/healthz",
    port: healthCheckNodePort.apply((port) => String(port)),
  },
});
