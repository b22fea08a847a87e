import type { Service } from "@evenkeel/core/model";

/** A stored LoadBalancer Service `shop/web` with one TCP port, changed as told. */
export function webService(over: Partial<Service> = {}): Service {
  return {
    ref: { kind: "Service", namespace: "shop", name: "web" },
    labels: {},
    annotations: {},
    type: "LoadBalancer",
    headless: false,
    selector: { app: "web" },
    ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 31080 }],
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
    loadBalancerSourceRanges: [],
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    externalIPs: [],
    ingress: [],
    ...over,
  };
}

/** What makes it a Local Service. */
export const LOCAL: Partial<Service> = { externalTrafficPolicy: "Local", healthCheckNodePort: 31223 };

/** The same with annotations of the AWS controllers, by their suffix. */
export function awsService(
  annotations: Readonly<Record<string, string>>,
  over: Partial<Service> = {},
): Service {
  const full = Object.entries(annotations).map(([suffix, value]) => [
    `service.beta.kubernetes.io/${suffix}`,
    value,
  ]);
  return webService({ ...over, annotations: Object.fromEntries(full) });
}
