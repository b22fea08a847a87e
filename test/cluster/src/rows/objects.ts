import type { Endpoint } from "@evenkeel/core/model";
import type { Api, Manifest } from "../lab/api";
import { HOSTNAMES, NODES, POD_PORT, SERVICE_PORT, serviceAddresses } from "../lab/plan";
import type { Scenario } from "./scenarios";

const SERVICES = "/api/v1/namespaces/default/services";
const SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

/** The nodes, with all that kube-proxy waits for before it starts. */
export async function createNodes(api: Api): Promise<void> {
  for (const { name, zone, address, podPrefix } of NODES) {
    const range = `${podPrefix}.0/24`;
    await api.create("/api/v1/nodes", {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        labels: { "topology.kubernetes.io/zone": zone, "kubernetes.io/hostname": name },
      },
      spec: { podCIDR: range, podCIDRs: [range] },
    });
    await api.patch(`/api/v1/nodes/${name}/status`, {
      status: {
        addresses: [{ type: "InternalIP", address }],
        conditions: [{ type: "Ready", status: "True" }],
      },
    });
  }
}

/** Creates the Service, gives it the addresses that a cloud would, and writes its EndpointSlice. */
export async function createService(api: Api, scenario: Scenario, number: number): Promise<void> {
  await api.create(SERVICES, serviceManifest(scenario, number));
  if (scenario.type === "LoadBalancer")
    await api.patch(`${SERVICES}/${scenario.name}/status`, {
      status: { loadBalancer: { ingress: ingressOf(number) } },
    });
  await api.create(SLICES, sliceManifest(scenario.name, scenario.endpoints));
}

/** Writes a Service's endpoints anew. */
export async function writeEndpoints(
  api: Api,
  service: string,
  endpoints: readonly Endpoint[],
): Promise<void> {
  const { endpoints: written } = sliceManifest(service, endpoints);
  await api.patch(`${SLICES}/${service}`, { endpoints: written });
}

export async function patchService(api: Api, service: string, spec: Manifest): Promise<Manifest> {
  return api.patch(`${SERVICES}/${service}`, { spec });
}

/** An address that kube-proxy owns, one that it leaves to the balancer, and a name alone. */
function ingressOf(number: number): readonly Manifest[] {
  const { vip, proxied } = serviceAddresses(number);
  return [
    { ip: vip, ipMode: "VIP" },
    { ip: proxied, ipMode: "Proxy" },
    ...Object.keys(HOSTNAMES).map((hostname) => ({ hostname })),
  ];
}

function serviceManifest(scenario: Scenario, number: number): Manifest {
  const { name, type, external, internal, sourceRanges, sticky } = scenario;
  const { nodePort, healthCheckNodePort, external: externalIP } = serviceAddresses(number);
  const checked = type === "LoadBalancer" && external === "Local";
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: {
      type,
      internalTrafficPolicy: internal,
      ports: [{ port: SERVICE_PORT, targetPort: POD_PORT, ...(type !== "ClusterIP" && { nodePort }) }],
      ...(external && { externalTrafficPolicy: external }),
      ...(checked && { healthCheckNodePort }),
      ...(scenario.externalIPs && { externalIPs: [externalIP] }),
      ...(sourceRanges && { loadBalancerSourceRanges: sourceRanges }),
      ...(sticky && { sessionAffinity: "ClientIP" }),
      ...(scenario.publishNotReadyAddresses && { publishNotReadyAddresses: true }),
      ...(scenario.trafficDistribution && { trafficDistribution: scenario.trafficDistribution }),
    },
  };
}

function sliceManifest(
  service: string,
  endpoints: readonly Endpoint[],
): { readonly endpoints: readonly Manifest[] } & Manifest {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: service, labels: { "kubernetes.io/service-name": service } },
    addressType: "IPv4",
    ports: [{ name: "", protocol: "TCP", port: POD_PORT }],
    endpoints: endpoints.map(({ addresses, nodeName, zone, ready, serving, terminating, hints, pod }) => ({
      addresses,
      nodeName,
      zone,
      conditions: { ready, serving, terminating },
      ...(hints && {
        hints: {
          ...(hints.forZones && { forZones: hints.forZones.map((name) => ({ name })) }),
          ...(hints.forNodes && { forNodes: hints.forNodes.map((name) => ({ name })) }),
        },
      }),
      targetRef: { kind: "Pod", namespace: "default", name: pod },
    })),
  };
}
