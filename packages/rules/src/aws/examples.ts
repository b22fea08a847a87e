import { webService, type Fields } from "../examples";
import type { ExampleObject } from "../frame/example";

export const LB = "service.beta.kubernetes.io/aws-load-balancer-";

/** The Service `shop/web` for AWS Load Balancer Controller; annotation keys without their common prefix. */
export function nlbService(
  annotations: Fields = {},
  spec: Fields = {},
  targetType = "instance",
): ExampleObject {
  const settings = { "nlb-target-type": targetType, scheme: "internet-facing", ...annotations };
  return webService(
    { loadBalancerClass: "service.k8s.aws/nlb", ...spec },
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [LB + key, value])),
  );
}

/** A Pulumi-owned target group for the Service above, as a policy pack sees it. */
export function targetGroup(properties: Fields): ExampleObject {
  return {
    type: "aws:lb/targetGroup:TargetGroup",
    name: "web-http",
    properties: { targetType: "instance", protocol: "TCP", port: 30080, ...properties },
  };
}

/** The Service above as a Pulumi resource that no controller claims. */
export function unmanagedService(spec: Fields = {}): ExampleObject {
  return {
    type: "kubernetes:core/v1:Service",
    name: "web",
    properties: webService(
      { loadBalancerClass: "evenkeel.io/unmanaged", ...spec },
      { "pulumi.com/skipAwait": "true" },
    ),
  };
}
