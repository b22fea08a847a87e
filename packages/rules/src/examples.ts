import type { ExampleObject } from "./frame/example";

/** Builders for the examples of rules: whole objects as people write them, with only the telling fields to state. */

export type Fields = Readonly<Record<string, unknown>>;

/** A Service in `shop` of type LoadBalancer, which does not name the load balancer; `null` annotations are left out. */
export function webService(spec: Fields = {}, annotations: Fields = {}, name = "web"): ExampleObject {
  const written = Object.entries(annotations).filter(([, value]) => value !== null);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      namespace: "shop",
      ...(written.length > 0 ? { annotations: Object.fromEntries(written) } : {}),
    },
    spec: {
      type: "LoadBalancer",
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
