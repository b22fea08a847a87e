import { readKubernetes } from "@evenkeel/adapters";
import { isKnown, type Endpoint, type Node, type Service } from "@evenkeel/core/model";
import { flowService, nodeView, type FlowNode, type FlowService } from "@evenkeel/core/routing";
import type { Api, Manifest } from "../lab/api";

/** A Service as the API server stored it and our adapters read it. */
export interface StoredService {
  readonly service: Service;
  readonly flow: FlowService;
  readonly clusterIP: string;
  readonly nodePort?: number;
  readonly endpoints: readonly Endpoint[];
}

export interface StoredCluster {
  readonly services: ReadonlyMap<string, StoredService>;
  readonly nodes: readonly Node[];
  readonly flowNodes: readonly FlowNode[];
}

/** What the API server holds now, read as any manifest is. */
export async function readCluster(api: Api): Promise<StoredCluster> {
  const paths = [
    "/api/v1/namespaces/default/services",
    "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
    "/api/v1/nodes",
  ];
  const lists = await Promise.all(paths.map((path) => api.get(path)));
  const { exposures, problems } = readKubernetes(lists.map((object) => ({ object })));
  if (problems.length > 0)
    throw new Error(`the adapters cannot read what the API server holds: ${JSON.stringify(problems)}`);
  const addresses = new Map(itemsOf(lists[0]).map((item) => [item.metadata.name, item.spec.clusterIP]));
  const nodes = exposures[0]?.cluster.nodes ?? [];
  const services = new Map<string, StoredService>();
  for (const { service, endpoints } of exposures) {
    // The API server's own Service has its endpoints from the API server itself.
    if (service.ref.name === "kubernetes") continue;
    const port = service.ports[0];
    const clusterIP = addresses.get(service.ref.name);
    const flow = port && flowService(service, port);
    if (!flow || !isKnown(flow) || clusterIP === undefined)
      throw new Error(`Service ${service.ref.name}: not known as a whole although it is stored`);
    const { nodePort } = port;
    services.set(service.ref.name, {
      service,
      flow,
      clusterIP,
      ...(typeof nodePort === "number" && { nodePort }),
      endpoints: endpoints?.[port.name] ?? [],
    });
  }
  return { services, nodes, flowNodes: nodes.map(flowNode) };
}

function flowNode(node: Node): FlowNode {
  const address = node.addresses?.find(({ type }) => type === "InternalIP")?.address;
  if (address === undefined) throw new Error(`node ${node.name}: no InternalIP`);
  return { ...nodeView(node), address };
}

interface ServiceItem {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly clusterIP?: string };
}

function itemsOf(list: Manifest | undefined): readonly ServiceItem[] {
  const items: unknown = list?.["items"];
  return Array.isArray(items) ? items.filter(isServiceItem) : [];
}

function isServiceItem(item: unknown): item is ServiceItem {
  return typeof item === "object" && item !== null && "metadata" in item && "spec" in item;
}
