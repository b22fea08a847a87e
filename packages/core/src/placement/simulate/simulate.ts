import type { Pod, Workload } from "../../model";
import { releaseOf } from "../../releases";
import { namespacesOf } from "../existing-pods";
import { asTheNodeControllerHasIt } from "../node-taints";
import { seededRandom, type Random } from "../random";
import type { Controller } from "./controller";
import { daemonSet } from "./daemon-set";
import { deployment } from "./deployment";
import {
  KEEPS_ITS_PODS,
  type ClusterEvent,
  type Course,
  type SimulationRequest,
  type Step,
  type Timing,
} from "./events";
import { isActive, type LivePod } from "./live-pod";
import type { Background } from "./pod-world";
import { initialRevisions, nextRevision, ownPods, type InitialRevisions } from "./revisions";
import { Simulation, type SimulationParts } from "./simulation";
import { statefulSet } from "./stateful-set";

/** Long before the first event, so that whatever is there at the start is old. */
const LONG_AGO = -1e7;

/**
 * What becomes of the workload's pods as things happen: for each trial the steps from the state at rest before the first event until
 * the state at rest after the last. The pods that `cluster.pods` has of the workload are where it starts; if there are none, it is placed
 * first. Names of nodes that do not exist are refused with a `RangeError`.
 */
export function simulate(request: SimulationRequest): readonly (readonly Step[])[] {
  return simulateCourses(request).map(({ steps }) => steps);
}

/** The same with the life of each pod and node, for what follows them with a delay. */
export function simulateCourses(request: SimulationRequest): readonly Course[] {
  return Array.from({ length: request.trials }, (_, trial) =>
    run(request, seededRandom(request.seed, trial)),
  );
}

function run(request: SimulationRequest, random: Random): Course {
  const simulation = new Simulation(partsOf(request, random));
  simulation.act();
  rest(simulation, -1);
  const steps: Step[] = [simulation.step(-1)];
  simulation.now = 0;
  request.events.forEach((event, index) => {
    const until = event.at ?? Infinity;
    steps.push(...rest(simulation, index - 1, until));
    if (event.at !== undefined) simulation.now = Math.max(simulation.now, event.at);
    begin(simulation, request.workload, event, index);
    simulation.act();
    steps.push(simulation.step(index));
  });
  const all = [...steps, ...rest(simulation, request.events.length - 1)].filter(isNew);
  return { steps: all, pods: simulation.podLives(), nodes: simulation.nodeLives() };
}

/** Lets time pass until nothing more happens by itself, or until `until`. */
function rest(simulation: Simulation, event: number, until = Infinity): readonly Step[] {
  const steps: Step[] = [];
  for (let next = simulation.nextOccurrence(); next < until; next = simulation.nextOccurrence()) {
    simulation.now = next;
    simulation.act();
    steps.push(simulation.step(event));
  }
  return steps;
}

/** A step that shows what the one before it showed is left out, unless an event begins with it. */
function isNew(step: Step, index: number, steps: readonly Step[]): boolean {
  const before = steps[index - 1];
  if (!before || before.event !== step.event || before.pending !== step.pending || before.why !== step.why)
    return true;
  return LISTS.some((name) => !isSame(before[name], step[name]));
}

const LISTS = ["nodes", "ready", "terminating", "starting", "lost"] as const;

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function begin(simulation: Simulation, workload: Workload, event: ClusterEvent, index: number): void {
  switch (event.kind) {
    case "scale":
      if (workload.runs === "everyNode")
        throw new RangeError(`events[${index}]: a DaemonSet has no number of replicas`);
      return simulation.scale(event.replicas);
    case "rollout":
      if (KEEPS_ITS_PODS.has(workload.ref.kind))
        throw new RangeError(`events[${index}]: a ${workload.ref.kind} does not replace its pods`);
      return simulation.rollout(nextRevision(workload, event.template, index));
    case "drain":
      return simulation.drain(existing(simulation, event.node, index));
    case "loseNode":
      return simulation.lose(existing(simulation, event.node, index));
    case "addNodes":
      return simulation.add(event.nodes.map(asTheNodeControllerHasIt));
  }
}

function existing(simulation: Simulation, node: string, index: number): string {
  if (simulation.nodeNames.includes(node)) return node;
  throw new RangeError(`events[${index}].node: ${node}; there are ${simulation.nodeNames.join(", ")}`);
}

function partsOf(request: SimulationRequest, random: Random): SimulationParts {
  const { workload, replicas, cluster, services, budget = workload.budget } = request;
  const own = new Set(ownPods(workload, cluster.pods));
  const initial = initialRevisions(workload, [...own]);
  const others = cluster.pods.flatMap((pod) =>
    own.has(pod) || pod.phase === "Succeeded" || pod.phase === "Failed" || pod.spec.nodeName === undefined
      ? []
      : [{ node: pod.spec.nodeName, pod }],
  );
  const background = others.length === 0 ? (cluster.backgroundLoad ?? 0) : 0;
  const nodes = [
    ...cluster.nodes,
    ...request.events.flatMap((event) => (event.kind === "addNodes" ? event.nodes : [])),
  ];
  const pods = [...own].map((pod, index) => alive(pod, index, initial, request.clock));
  const counts = initial.revisions.map(
    (_, which) => pods.filter((pod) => pod.revision === which && isActive(pod)).length,
  );
  return {
    controller: controllerOf(workload),
    strategy: workload.strategy ?? {},
    traits: releaseOf(cluster.kubernetesVersion).api,
    timing: fullTiming(request),
    budget,
    start: LONG_AGO,
    replicas,
    nodes: cluster.nodes.map(asTheNodeControllerHasIt),
    // A single revision is at once as large as the workload wants; more than one are in the middle of a rollout.
    sizes: counts.length === 1 ? [replicas] : counts,
    revisions: initial.revisions,
    pods,
    services,
    namespaces: namespacesOf([...cluster.pods, { namespace: workload.ref.namespace ?? "default" }]),
    behaviour: releaseOf(cluster.kubernetesVersion).scheduler,
    others,
    background: new Map(
      nodes.map(({ name }): [string, Background] => [
        name,
        { cpu: random.next() * background, memory: random.next() * background },
      ]),
    ),
    random,
  };
}

function controllerOf({ ref, runs }: Workload): Controller {
  if (runs === "everyNode") return daemonSet;
  return ref.kind === "StatefulSet" ? statefulSet : deployment;
}

/** All of the timing: what is not said, as `Timing` has it. */
export function fullTiming({
  timing = {},
  workload,
  cluster,
}: Pick<SimulationRequest, "timing" | "workload" | "cluster">): Timing {
  const { nodeMonitorGraceSeconds } = releaseOf(cluster.kubernetesVersion).controllers;
  return {
    readySeconds: timing.readySeconds ?? 10,
    terminationSeconds:
      timing.terminationSeconds ?? workload.template.spec.terminationGracePeriodSeconds ?? 30,
    noticeSeconds: timing.noticeSeconds ?? nodeMonitorGraceSeconds,
    evictionSeconds: timing.evictionSeconds ?? 300,
  };
}

const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

function alive(
  pod: Pod,
  index: number,
  { revisionOf }: InitialRevisions,
  clock: string | undefined,
): LivePod {
  const known = clock !== undefined && pod.creationTimestamp !== undefined;
  const created = known
    ? Math.min((Date.parse(pod.creationTimestamp) - Date.parse(clock)) / 1000, -1)
    : LONG_AGO;
  const node = pod.spec.nodeName;
  const ready = node !== undefined && pod.ready !== false;
  return {
    uid: `${pod.namespace}/${pod.name}`,
    node,
    phase: node === undefined ? "Pending" : "Running",
    ready,
    deletionCost: Number(pod.annotations?.[DELETION_COST] ?? 0),
    created,
    readySince: ready ? created : Infinity,
    deleted: pod.terminating ? LONG_AGO : Infinity,
    // The first step shows the cluster at rest, when they are gone.
    gone: pod.terminating ? LONG_AGO : Infinity,
    revision: revisionOf.get(pod) ?? 0,
    ordinal: ordinalOf(pod, index),
    pinnedTo: pod.owner?.kind === "DaemonSet" ? node : undefined,
  };
}

/** `web-3` is the fourth pod of its StatefulSet. */
function ordinalOf({ owner, name }: Pod, index: number): number | undefined {
  if (owner?.kind !== "StatefulSet") return undefined;
  return Number(/-(\d+)$/.exec(name)?.[1] ?? index);
}
