import type { ExampleObject } from "./frame/example";

/** Builders for the examples of rules: whole objects as people write them, with only the telling fields to say. */

export const LB = "service.beta.kubernetes.io/aws-load-balancer-";

type Fields = Readonly<Record<string, unknown>>;

/** A Service `shop/web` for AWS Load Balancer Controller with instance targets; annotation keys without their common prefix. */
export function nlbService(
  annotations: Fields = {},
  spec: Fields = {},
  targetType = "instance",
): ExampleObject {
  const settings = { "nlb-target-type": targetType, scheme: "internet-facing", ...annotations };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "web",
      namespace: "shop",
      annotations: Object.fromEntries(
        Object.entries(settings).flatMap(([key, value]) => (value === null ? [] : [[LB + key, value]])),
      ),
    },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      selector: { app: "web" },
      ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30080 }],
      ...spec,
    },
  };
}

/** Local with a pinned health-check node port, for examples that need the number. */
export const LOCAL: Fields = { externalTrafficPolicy: "Local", healthCheckNodePort: 30081 };

/** A Deployment in `shop` that the Service above selects. */
export function deployment(spec: Fields = {}, name = "web"): ExampleObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image: "web:1" }] },
      },
      ...spec,
    },
  };
}

/** The same as a DaemonSet. */
export function daemonSet(): ExampleObject {
  return { ...deployment(), kind: "DaemonSet" };
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
  const { metadata, spec: base } = nlbService() as { metadata: Fields; spec: Fields };
  return {
    type: "kubernetes:core/v1:Service",
    name: "web",
    properties: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: { ...base, loadBalancerClass: "evenkeel.io/unmanaged", ...spec },
    },
  };
}

/** A Service `shop/web` that does not say which load balancer builds for it. */
export function plainService(spec: Fields = {}): ExampleObject {
  const { spec: base } = nlbService({}, { loadBalancerClass: undefined }) as { spec: Fields };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop" },
    spec: { ...base, ...spec },
  };
}

/** A Service `shop/web` for a HAProxy outside the cluster, which no controller claims. */
export function haproxyService(spec: Fields = {}, annotations?: Fields): ExampleObject {
  const { spec: base } = nlbService() as { spec: Fields };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop", ...(annotations ? { annotations } : {}) },
    spec: { ...base, loadBalancerClass: "evenkeel.io/unmanaged", ...spec },
  };
}

/** The configuration of that HAProxy, as a ConfigMap; lines are those of its one `listen` section. */
export function haproxyConfig(...lines: readonly string[]): ExampleObject {
  const text = ["listen web", "mode tcp", "bind :80", ...lines];
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "haproxy", namespace: "edge" },
    data: { "haproxy.cfg": text.map((line, index) => (index === 0 ? line : `  ${line}`)).join("\n") + "\n" },
  };
}

/** One server a node, each with these settings. */
export function haproxyServers(settings = ""): readonly string[] {
  return [1, 2].map((node) => `server node${node} 192.0.2.${node}:30080 ${settings}`.trim());
}

/** The check that a Local Service needs. */
export const HTTP_CHECK = [
  "option httpchk GET /healthz",
  "http-check expect status 200",
  "default-server check port 30081",
] as const;

/** The wish for the client's address, as an annotation of the Service. */
export const WANTS_CLIENT_ADDRESS: Fields = { "evenkeel.io/client-address": "required" };

/** An ingress-nginx behind the Service above, with the ConfigMap that its flag names. */
export function ingressNginx(useProxyProtocol?: string): readonly ExampleObject[] {
  const container = {
    name: "controller",
    image: "registry.k8s.io/ingress-nginx/controller:v1.12.1",
    args: ["/nginx-ingress-controller", "--configmap=$(POD_NAMESPACE)/ingress-nginx"],
  };
  return [
    deployment({
      selector: { matchLabels: { app: "web" } },
      template: { metadata: { labels: { app: "web" } }, spec: { containers: [container] } },
    }),
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "ingress-nginx", namespace: "shop" },
      data: useProxyProtocol === undefined ? {} : { "use-proxy-protocol": useProxyProtocol },
    },
  ];
}
