import type { IngressAddress, Service, ServicePort, TrafficPolicy } from "@evenkeel/core";
import fc from "fast-check";
import { maybe } from "./endpoints";

const policy = fc.constantFrom<TrafficPolicy>("Cluster", "Local");

/** Entries of `status.loadBalancer.ingress`, of both families and every mode, hostname alone among them. */
export const ingressAddress: fc.Arbitrary<IngressAddress> = fc.oneof(
  fc.record({
    ip: fc.constantFrom("198.51.100.7", "198.51.100.8", "2001:db8::7"),
    ipMode: fc.constantFrom("VIP" as const, "Proxy" as const, undefined),
  }),
  fc.constant({ hostname: "balancer.example.net" }),
);

/** One address stands once in a status: two entries that contradict each other on its mode mean nothing. */
function named({ ip, hostname }: IngressAddress): string {
  return ip ?? hostname ?? "";
}

const externalIP = fc.constantFrom("203.0.113.5", "2001:db8:1::5");

function servicePort(type: string): fc.Arbitrary<ServicePort> {
  const nodePort =
    type === "ClusterIP"
      ? fc.constant(undefined)
      : fc.option(fc.constant(30080), { nil: undefined, freq: 5 });
  return nodePort.map((number) => ({
    name: "http",
    protocol: "TCP",
    port: 80,
    targetPort: 8080,
    nodePort: number,
  }));
}

/** Services with a cluster IP as the API server stores them, everything known. */
export const storedService: fc.Arbitrary<Service> = fc
  .constantFrom("ClusterIP" as const, "NodePort" as const, "LoadBalancer" as const)
  .chain((type) =>
    fc
      .record({
        port: servicePort(type),
        internalTrafficPolicy: policy,
        externalTrafficPolicy: policy,
        externalIPs: fc.oneof(fc.constant([]), fc.uniqueArray(externalIP, { maxLength: 2 })),
        ingress:
          type === "LoadBalancer"
            ? fc.uniqueArray(ingressAddress, { maxLength: 2, selector: named })
            : fc.constant([]),
        publishNotReadyAddresses: fc.boolean(),
        trafficDistribution: maybe(
          fc.constantFrom("PreferClose" as const, "PreferSameZone" as const, "PreferSameNode" as const),
        ),
      })
      .map(({ port, externalTrafficPolicy, ...spec }): Service => {
        const accessible = type !== "ClusterIP" || spec.externalIPs.length > 0;
        return {
          ref: { kind: "Service", namespace: "shop", name: "web" },
          labels: {},
          annotations: {},
          type,
          headless: false,
          selector: { app: "web" },
          ports: [port],
          externalTrafficPolicy: accessible ? externalTrafficPolicy : undefined,
          healthCheckNodePort:
            type === "LoadBalancer" && externalTrafficPolicy === "Local" ? 30021 : undefined,
          loadBalancerSourceRanges: [],
          sessionAffinity: "None",
          ...spec,
        };
      }),
  );
