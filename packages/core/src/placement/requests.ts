import type { Container, PodSpec, ResourceList } from "../model";
import type { SchedulerTraits } from "../releases";

/** What scores take a container to ask for that asks for none: 100 millicores, 200 MiB (k/k pkg/scheduler/util/pod_resources.go). */
const STAND_INS: ResourceList = { cpu: 100, memory: 200 * 1024 * 1024 };

/** What a pod asks of a node, in the units of `ResourceList`. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Extended resources, huge pages and attachable volumes. */
  readonly scalars: Readonly<Record<string, number>>;
  /**
   * CPU and memory with the stand-ins, as NodeResourcesFit scores the pod before it is placed. It leaves out what the pod asks for as a
   * whole: its scorer is made without that feature (k/k plugins/noderesources/fit.go NewFit).
   */
  readonly scoredCpu: number;
  readonly scoredMemory: number;
  /** The same once it is there, with what it asks for as a whole. */
  readonly nonZeroCpu: number;
  readonly nonZeroMemory: number;
}

/**
 * The requests of a pod: containers and sidecars run together, init containers one after another beside the sidecars that started
 * before them; what the pod asks for as a whole in their place; overhead on top (component-helpers resource/helpers.go PodRequests).
 */
export function podRequests(spec: PodSpec, { podLevelResources }: SchedulerTraits): Requests {
  const containers = sum(spec, (container) => container.requests);
  const whole = podLevelResources ? asAWhole(spec) : {};
  const plain = withOverhead(spec, { ...containers, ...whole });
  const filledIn = (standIns: ResourceList): Record<string, number> =>
    sum(spec, ({ requests }) => ({ ...standIns, ...requests }));
  const scored = withOverhead(spec, filledIn(STAND_INS));
  const nonZero = withOverhead(spec, { ...filledIn(standInsOnceThere(whole, plain)), ...whole });
  return {
    cpu: plain["cpu"] ?? 0,
    memory: plain["memory"] ?? 0,
    ephemeralStorage: plain["ephemeral-storage"] ?? 0,
    scalars: Object.fromEntries(Object.entries(plain).filter(([name]) => isScalar(name))),
    scoredCpu: scored["cpu"] ?? 0,
    scoredMemory: scored["memory"] ?? 0,
    nonZeroCpu: nonZero["cpu"] ?? 0,
    nonZeroMemory: nonZero["memory"] ?? 0,
  };
}

/** What the pod asks for as a whole. */
function asAWhole({ resources = {} }: PodSpec): ResourceList {
  return Object.fromEntries(
    Object.entries(resources).filter(
      ([name]) => name === "cpu" || name === "memory" || name.startsWith("hugepages-"),
    ),
  );
}

/** k/k pkg/scheduler/framework/types.go getNonMissingContainerRequests. */
function standInsOnceThere(whole: ResourceList, asked: ResourceList): ResourceList {
  if (Object.keys(whole).length === 0) return STAND_INS;
  return Object.fromEntries(Object.entries(STAND_INS).filter(([name]) => asked[name] === undefined));
}

function withOverhead({ overhead = {} }: PodSpec, amounts: Record<string, number>): ResourceList {
  add(amounts, overhead);
  return amounts;
}

function sum(spec: PodSpec, requestsOf: (container: Container) => ResourceList): Record<string, number> {
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
  return total;
}

function add(total: Record<string, number>, more: ResourceList): void {
  for (const [name, amount] of Object.entries(more)) total[name] = (total[name] ?? 0) + amount;
}

function raise(total: Record<string, number>, floor: ResourceList): void {
  for (const [name, amount] of Object.entries(floor)) total[name] = Math.max(total[name] ?? 0, amount);
}

/** Resources that the scheduler counts one by one: everything with a domain, huge pages, attachable volumes. */
function isScalar(name: string): boolean {
  return name.includes("/") || name.startsWith("hugepages-") || name.startsWith("attachable-volumes-");
}
