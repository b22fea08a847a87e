import { urnOf, type WireResource } from "./wire";

type Fields = Readonly<Record<string, unknown>>;

const LB = "service.beta.kubernetes.io/aws-load-balancer-";

/** A Service `shop/NAME` for AWS Load Balancer Controller with instance targets; annotation keys without their prefix. */
export function annotatedService(name: string, annotations: Fields = {}, spec: Fields = {}): WireResource {
  const keys = { "nlb-target-type": "instance", scheme: "internet-facing", ...annotations };
  return service(
    name,
    { loadBalancerClass: "service.k8s.aws/nlb", ...spec },
    Object.fromEntries(
      Object.entries(keys).flatMap(([key, value]) =>
        value === null ? [] : [[key.includes("/") ? key : LB + key, value]],
      ),
    ),
  );
}

/** A Service that no controller claims; the program builds its load balancer. */
export function ownService(name: string, spec: Fields = {}): WireResource {
  return service(
    name,
    { loadBalancerClass: "evenkeel.io/unmanaged", ...spec },
    { "pulumi.com/skipAwait": "true" },
  );
}

function service(name: string, spec: Fields, annotations: Fields): WireResource {
  return {
    type: "kubernetes:core/v1:Service",
    name,
    inputs: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "shop", annotations },
      spec: {
        type: "LoadBalancer",
        selector: { app: name },
        ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30080 }],
        ...spec,
      },
    },
  };
}

/** Local with a pinned health-check node port. */
export const LOCAL: Fields = { externalTrafficPolicy: "Local", healthCheckNodePort: 30081 };

export function deployment(name: string, spec: Fields = {}): WireResource {
  return {
    type: "kubernetes:apps/v1:Deployment",
    name,
    inputs: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: "shop" },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name, image: `${name}:1` }] },
        },
        ...spec,
      },
    },
  };
}

/** A target group of instances; fed by the Service if one is given, so that the dependency is recorded. */
export function targetGroup(
  name: string,
  properties: Fields,
  { from, module = "lb" }: { from?: WireResource; module?: "lb" | "alb" } = {},
): WireResource {
  const fed = from ? [urnOf(from)] : [];
  return {
    type: `aws:${module}/targetGroup:TargetGroup`,
    name,
    inputs: { targetType: "instance", protocol: "TCP", port: 30080, vpcId: "vpc-1", ...properties },
    propertyDependencies: { port: fed, healthCheck: fed },
  };
}

/** The check that Local requires. */
export const KUBE_PROXY_CHECK: Fields = { protocol: "HTTP", path: "/healthz", port: "30081", interval: 10 };

/** A check that Local does not allow. */
export const TCP_CHECK: Fields = { protocol: "TCP", port: "traffic-port", interval: 10 };
