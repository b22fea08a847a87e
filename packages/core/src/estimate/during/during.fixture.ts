import {
  byDefault,
  given,
  type Exposure,
  type Front,
  type HealthCheck,
  type Node,
  type Workload,
} from "../../model";
import { cluster, exposure, front, service, workload } from "../../decide/scene.fixture";

// One Service behind an NLB on nodes that can each hold all its pods, with times of the test's choosing.

/** Seconds of the balancer's check. */
export interface CheckTimes {
  readonly interval: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

export const TIMES: CheckTimes = { interval: 10, healthy: 3, unhealthy: 3 };

const at = front.targets.at;

function timed({ interval, healthy, unhealthy }: CheckTimes): Partial<HealthCheck> {
  return {
    intervalSeconds: given(interval, at),
    healthyThreshold: given(healthy, at),
    unhealthyThreshold: given(unhealthy, at),
  };
}

function frontWith(check: Partial<HealthCheck>, more: Partial<Front> = {}): Front {
  return front.healthCheck ? { ...front, ...more, healthCheck: { ...front.healthCheck, ...check } } : front;
}

export const clusterFront = (times = TIMES): Front => frontWith(timed(times));

export const ipFront = (times = TIMES): Front => frontWith(timed(times), { targets: byDefault("ip", at) });

export const localFront = (times = TIMES): Front =>
  frontWith({ ...timed(times), protocol: given("HTTP", at), port: given(31_923, at) });

export const LOCAL = { ...service, externalTrafficPolicy: "Local", healthCheckNodePort: 31_923 } as const;

/** Local, its check wired as it must be. */
export function local(
  replicas: number,
  nodes: number,
  times = TIMES,
  more: Partial<Exposure> = {},
): Exposure {
  return exposure(replicas, nodes, { service: LOCAL, fronts: [localFront(times)], ...more });
}

export function strategy(replicas: number, how: Workload["strategy"]): Workload {
  return { ...workload(replicas), ...(how ? { strategy: how } : {}) };
}

/** One pod on each node, always. */
export function apart(replicas: number): Workload {
  const one = workload(replicas);
  const labelSelector = { matchLabels: { app: "web" } };
  const term = { labelSelector, topologyKey: "kubernetes.io/hostname" };
  const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
  return {
    ...one,
    template: { ...one.template, spec: { ...one.template.spec, affinity: { podAntiAffinity } } },
  };
}

export function daemonSet(): Workload {
  return { ...workload(1), ref: { kind: "DaemonSet", namespace: "shop", name: "web" }, runs: "everyNode" };
}

export function nodesInZones(zones: readonly string[]): readonly Node[] {
  return cluster(zones.length).nodes.map((node, index) => ({
    ...node,
    labels: { ...node.labels, "topology.kubernetes.io/zone": zones[index] ?? "a" },
  }));
}
