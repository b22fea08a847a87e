import { estimate } from "@evenkeel/test-generators";
import type { Exposure, Front, Knowable, Node, Service, ServicePort, Workload } from "../../model";
import { exposure, service as plain } from "../../decide/scene.fixture";
import type { ConfigFile } from "../controller";
import { serviceFrontsOn, type ServiceFronts } from "../service-fronts";

export const NODE_PORT = 31_000;
export const HEALTH_PORT = 32_000;

const port: ServicePort = { name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort: NODE_PORT };

/** A LoadBalancer Service without a class, with annotations under one prefix; Local has its health-check node port. */
export function cloudService(
  annotations: Readonly<Record<string, Knowable<string>>>,
  more: Partial<Service> = {},
): Service {
  const { loadBalancerClass: _, ...classless } = plain;
  const local = more.externalTrafficPolicy === "Local" ? { healthCheckNodePort: HEALTH_PORT } : {};
  return { ...classless, annotations, ports: [port], ...local, ...more };
}

export const UDP_PORT: ServicePort = { ...port, name: "dns", protocol: "UDP", port: 53, targetPort: 53 };

export interface Surroundings {
  readonly nodes?: readonly Node[];
  readonly workloads?: readonly Workload[];
  readonly configFiles?: readonly ConfigFile[];
}

export function frontsOf(
  service: Service,
  { nodes = [], workloads = [], configFiles = [] }: Surroundings = {},
): ServiceFronts {
  return serviceFrontsOn({ services: [service], nodes, workloads, configFiles, objects: {}, settings: {} })(
    service,
  );
}

export function frontOf(service: Service, surroundings?: Surroundings): Front {
  const { fronts, missing } = frontsOf(service, surroundings);
  const [front] = fronts;
  if (!front) throw new Error(missing.map(({ detail }) => detail).join("; ") || "no front");
  return front;
}

/** `HTTP /healthz on 32000, 3 s x 3`, or null where nothing checks. */
export function checkText({ healthCheck }: Front): string | null {
  if (!healthCheck) return null;
  const { protocol, port: asked, path, intervalSeconds, unhealthyThreshold } = healthCheck;
  const text = (value: unknown): string => (typeof value === "object" ? "unknown" : String(value));
  const where = path ? ` ${text(path.value)}` : "";
  return `${text(protocol.value)}${where} on ${text(asked.value)}, ${text(intervalSeconds.value)} s x ${text(unhealthyThreshold.value)}`;
}

/** What three pods on ten nodes come to behind the load balancer of the Service. */
export function outcomeOf(service: Service, pods = 3, nodes = 10): ReturnType<typeof estimate>[number] {
  const base: Exposure = exposure(pods, nodes);
  const [first] = estimate({ ...base, service, fronts: [frontOf(service)] }, { trials: 20, seed: 1 });
  if (!first) throw new Error("no estimate");
  return first;
}

export function nodeOf(name: string, providerID: string): Node {
  return { name, labels: {}, taints: [], unschedulable: false, allocatable: {}, providerID };
}
