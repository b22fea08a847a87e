import type * as types from "@pulumi/aws/types";
import { Listener, TargetGroup, type LoadBalancer } from "@pulumi/aws/lb";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Service } from "@pulumi/kubernetes/core/v1";
import type { Input } from "@pulumi/pulumi";

export interface Exposed {
  namespace: Input<string>;
  loadBalancer: LoadBalancer;
  port: number;
  nodePort: number;
  /** With it the Service is Local, without it Cluster. */
  healthCheckNodePort?: number;
  healthCheck: types.input.lb.TargetGroupHealthCheck;
  proxyProtocolV2?: boolean;
}

/** One Service, and the listener, the target group and the binding in front of it. */
export function exposed(name: string, args: Exposed): void {
  const { namespace, loadBalancer, port, nodePort, healthCheckNodePort, healthCheck, proxyProtocolV2 } = args;
  const service = new Service(name, {
    metadata: { namespace, name, annotations: { "pulumi.com/skipAwait": "true" } },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "example.com/by-hand",
      externalTrafficPolicy: healthCheckNodePort === undefined ? "Cluster" : "Local",
      healthCheckNodePort,
      selector: { app: name },
      ports: [{ name: "https", port, targetPort: 8443, nodePort }],
    },
  });
  const targetGroup = new TargetGroup(name, {
    targetType: "instance",
    protocol: "TCP",
    port: nodePort,
    vpcId: "vpc-0f3c1a2b4d5e6f708",
    healthCheck,
    proxyProtocolV2,
  });
  new Listener(name, {
    loadBalancerArn: loadBalancer.arn,
    protocol: "TCP",
    port,
    defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
  });
  new CustomResource(name, {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { namespace, name },
    spec: {
      serviceRef: { name: service.metadata.name, port },
      targetGroupARN: targetGroup.arn,
      targetType: "instance",
    },
  });
}
