import type { Container, PodSpec, ResourceList } from "../model";

/** What a container without a CPU request counts as in scores: 100 millicores (k/k pkg/scheduler/util/pod_resources.go). */
export const MISSING_CPU = 100;
/** What a container without a memory request counts as in scores: 200 MiB. */
export const MISSING_MEMORY = 200 * 1024 * 1024;

/** What a pod asks of a node, in the units of `ResourceList`. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Extended resources, huge pages and attachable volumes. */
  readonly scalars: Readonly<Record<string, number>>;
  /** CPU and memory with the stand-ins for containers that ask for none; scores use these, filters never do. */
  readonly nonZeroCpu: number;
  readonly nonZeroMemory: number;
}

/**
 * The requests of a pod: containers and sidecars run together, init containers one after another beside the sidecars that started
 * before them, overhead on top (component-helpers resource/helpers.go PodRequests).
 */
export function podRequests(spec: PodSpec): Requests {
  const plain = sum(spec, (container) => container.requests);
  const nonZero = sum(spec, (container) => ({
    cpu: MISSING_CPU,
    memory: MISSING_MEMORY,
    ...container.requests,
  }));
  return {
    cpu: plain["cpu"] ?? 0,
    memory: plain["memory"] ?? 0,
    ephemeralStorage: plain["ephemeral-storage"] ?? 0,
    scalars: Object.fromEntries(Object.entries(plain).filter(([name]) => isScalar(name))),
    nonZeroCpu: nonZero["cpu"] ?? 0,
    nonZeroMemory: nonZero["memory"] ?? 0,
  };
}

function sum(spec: PodSpec, requestsOf: (container: Container) => ResourceList): ResourceList {
  const total: Record<string, number> = {};
  const sidecars: Record<string, number> = {};
  const peak: Record<string, number> = {};
  for (const container of spec.containers) add(total, requestsOf(container));
  for (const container of spec.initContainers ?? []) {
    const own = requestsOf(container);
    if (container.restartPolicy === "Always") {
      add(total, own);
      add(sidecars, own);
      raise(peak, sidecars);
    } else {
      const running = { ...own };
      add(running, sidecars);
      raise(peak, running);
    }
  }
  raise(total, peak);
  add(total, spec.overhead ?? {});
  return total;
}

function add(total: Record<string, number>, more: ResourceList): void {
  for (const [name, amount] of Object.entries(more)) total[name] = (total[name] ?? 0) + amount;
}

function raise(total: Record<string, number>, floor: ResourceList): void {
  for (const [name, amount] of Object.entries(floor)) total[name] = Math.max(total[name] ?? 0, amount);
}

/** Resources that the scheduler counts one by one: everything with a domain, huge pages, attachable volumes. */
export function isScalar(name: string): boolean {
  return name.includes("/") || name.startsWith("hugepages-") || name.startsWith("attachable-volumes-");
}
