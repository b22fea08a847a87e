import type { NodePath, PodPath } from "../data-path";
import { lagging, verdicts, type Change, type Lag } from "./lag";
import { localEndpoints, type Entrance, type PodEntrance } from "./flow";
import { moments, type Endpoints, type Target, type Timeline } from "./timeline";

/** Where connections enter over time: the endpoints of a trial, cut finer where the load balancer follows. */
export interface Watched<T> {
  readonly at: number;
  readonly entrance: T;
}

/**
 * Nodes as targets. A node receives connections while the load balancer counts it as healthy, which follows what its check is answered
 * with a delay. Without a lag (the internal side) clients are on every schedulable node that is there.
 */
export function watchNodes(
  path: NodePath,
  { nodes, endpoints: timeline }: Timeline,
  lag: Lag | undefined,
): readonly Watched<Entrance>[] {
  const aliveAt =
    (at: number) =>
    (node: number): boolean => {
      const life = nodes[node];
      return life !== undefined && life.added <= at && at < life.lost;
    };
  if (!lag) {
    return timeline.map((endpoints) => {
      const alive = aliveAt(endpoints.at);
      const entered = path.registered.filter(
        (node) => alive(node) && endpoints.at < (nodes[node]?.cordoned ?? 0),
      );
      return { at: endpoints.at, entrance: { endpoints, alive, entered } };
    });
  }
  // Where the loss of a node is noticed in another way than a failing check, what was announced stays until then.
  const isNoticedLost = (node: number, at: number): boolean =>
    lag.nodeLoss !== undefined && (nodes[node]?.lost ?? Infinity) + lag.nodeLoss <= at;
  const passes = timeline.map((endpoints) =>
    passingAt(path, endpoints, lag.nodeLoss === undefined ? aliveAt(endpoints.at) : () => true),
  );
  const views = path.registered.map((node) => {
    const added = nodes[node]?.added ?? Infinity;
    const answers = timeline
      .map(({ at }, index): Change => ({ at, to: passes[index]?.(node) ?? false }))
      .filter(({ at }) => at >= added);
    // A node that came with an event is neither healthy nor unhealthy before it has passed, or failed, its first checks.
    if (added >= 0) return { node, start: undefined, changes: verdicts(answers, () => lag) };
    const start = answers[0]?.to ?? false;
    return { node, start, changes: lagging(answers, start, () => lag) };
  });
  const lost = lag.nodeLoss === undefined ? [] : nodes.map((life) => life.lost + (lag.nodeLoss ?? 0));
  const changes = [...views.flatMap(({ changes: own }) => own.map(({ at }) => at)), ...lost];
  return cutAt(timeline, changes).map(({ at, endpoints }) => {
    const states = views.map((view) => ({ node: view.node, state: stateAt(view, at) }));
    const which = (state: boolean) => states.filter((one) => one.state === state).map(({ node }) => node);
    const healthy = which(true).filter((node) => !isNoticedLost(node, at));
    // With no healthy target, one that fails open sends to the others; a controller takes nodes that are not ready out.
    const others = (): readonly number[] => which(false).filter((node) => at < (nodes[node]?.noticed ?? 0));
    const entered = healthy.length > 0 || !path.failsOpen ? healthy : others();
    return { at, entrance: { endpoints, alive: aliveAt(at), entered } };
  });
}

/** What the check of each node is answered at one moment; where membership follows the endpoints, whether the node is a target. */
export function passingAt(
  path: NodePath,
  endpoints: Pick<Endpoints, "ready" | "terminating">,
  alive: (node: number) => boolean,
): (node: number) => boolean {
  const isTarget = targetsAt(path, endpoints);
  const answers = answersAt(path, endpoints);
  return (node) => alive(node) && isTarget(node) && answers(node);
}

function targetsAt(
  { onlyWithEndpoint }: NodePath,
  { ready, terminating }: Pick<Endpoints, "ready" | "terminating">,
): (node: number) => boolean {
  if (!onlyWithEndpoint) return () => true;
  const counted = onlyWithEndpoint === "ready" ? ready : localEndpoints(ready, terminating);
  return (node) => (counted[node] ?? 0) > 0;
}

function answersAt(
  { passes }: NodePath,
  { ready, terminating }: Pick<Endpoints, "ready" | "terminating">,
): (node: number) => boolean {
  switch (passes) {
    case "nowhere":
      return () => false;
    case "everywhere":
      return () => true;
    case "whileServed": {
      const served = [...ready, ...terminating].some((pods) => pods > 0);
      return () => served;
    }
    case "readyHere":
      return (node) => (ready[node] ?? 0) > 0;
    case "servedHere": {
      const local = localEndpoints(ready, terminating);
      return (node) => (local[node] ?? 0) > 0;
    }
  }
}

/** Pods as targets. They receive from `recovery` after they are ready until they are deregistered or found unhealthy, each with its delay. */
export function watchPods(
  path: PodPath,
  { nodes, targets, endpoints: timeline }: Timeline,
  lag: Lag,
  gated: boolean,
): readonly Watched<PodEntrance>[] {
  const spans = targets.map((target): Span => {
    const early = gated || target.readyFrom < 0;
    const from = early ? target.readyFrom : target.readyFrom + lag.recovery;
    const unnoticed = path.passes === "nowhere" ? Infinity : target.answersUntil + lag.detection;
    const until = Math.min(target.readyUntil + lag.deregistration, unnoticed);
    // One that is deregistered before it was healthy never receives.
    return { ...target, from, until: from < target.readyUntil ? until : from };
  });
  const size = nodes.length;
  return cutAt(
    timeline,
    spans.flatMap(({ from, until }) => [from, until]),
  ).map(({ at, endpoints }) => {
    const healthy = spans.filter(({ from, until }) => from <= at && at < until);
    const sentTo = openTo(path, healthy, () => spans.filter(isRegistered(at)));
    const answers = (one: Target): boolean => one.readyFrom <= at && at < one.answersUntil;
    const sent = new Set(sentTo);
    return {
      at,
      entrance: {
        endpoints,
        alive: (node) => at < (nodes[node]?.lost ?? 0),
        entered: perNode(sentTo, size),
        answering: perNode(sentTo.filter(answers), size),
        receivers: perNode(
          spans.filter((one) => answers(one) && (at < one.readyUntil || sent.has(one))),
          size,
        ),
      },
    };
  });
}

/** Where connections go: to the targets within their time, if some check passes; while none does, as the load balancer has it. */
function openTo(
  { passes, failsOpen }: PodPath,
  healthy: readonly Span[],
  registered: () => readonly Span[],
): readonly Span[] {
  if (passes === "nowhere") return failsOpen ? healthy : [];
  return healthy.length > 0 || !failsOpen ? healthy : registered();
}

interface Span extends Target {
  /** From when it receives connections. */
  readonly from: number;
  readonly until: number;
}

/** Registered, and past its first checks. */
function isRegistered(at: number): (span: Span) => boolean {
  return ({ from, readyUntil }) => from <= at && at < readyUntil;
}

function perNode(targets: readonly Target[], size: number): readonly number[] {
  const counts = new Array<number>(size).fill(0);
  for (const { node } of targets) counts[node] = (counts[node] ?? 0) + 1;
  return counts;
}

/** Whether it counts as healthy; undefined before the first checks are through. */
function stateAt(
  { start, changes }: { readonly start: boolean | undefined; readonly changes: readonly Change[] },
  at: number,
): boolean | undefined {
  return changes.findLast((change) => change.at <= at)?.to ?? start;
}

/** The endpoints and the further moments in order, each with the endpoints there are then. */
function cutAt(
  timeline: readonly Endpoints[],
  further: readonly number[],
): readonly { readonly at: number; readonly endpoints: Endpoints }[] {
  const [before, ...later] = timeline;
  if (!before) return [];
  const cuts = moments([...later.map(({ at }) => at), ...further]);
  let next = 0;
  let endpoints = before;
  return [
    { at: before.at, endpoints },
    ...cuts.map((at) => {
      while (next < later.length && (later[next]?.at ?? Infinity) <= at)
        endpoints = later[next++] ?? endpoints;
      return { at, endpoints };
    }),
  ];
}
