import type { NodePlan, PodPlan } from "../plan";
import { lagging, verdicts, type Change, type Lag } from "./lag";
import { localEndpoints, type Entrance, type PodEntrance } from "./flow";
import { moments, type Scene, type Target, type Timeline } from "./timeline";

/** Where connections enter over time: the scenes of a trial, cut finer where the balancer changes its mind. */
export interface Watched<T> {
  readonly at: number;
  readonly entrance: T;
}

/**
 * Nodes as targets. A node is sent to while the balancer takes it as healthy, which follows what its check is answered with a delay.
 * Without a lag (the internal side) clients are on every schedulable node that is there.
 */
export function watchNodes(
  plan: NodePlan,
  { nodes, scenes }: Timeline,
  lag: Lag | undefined,
): readonly Watched<Entrance>[] {
  const aliveAt =
    (at: number) =>
    (node: number): boolean => {
      const life = nodes[node];
      return life !== undefined && life.added <= at && at < life.lost;
    };
  if (!lag) {
    return scenes.map((scene) => {
      const alive = aliveAt(scene.at);
      const entered = plan.registered.filter(
        (node) => alive(node) && scene.at < (nodes[node]?.cordoned ?? 0),
      );
      return { at: scene.at, entrance: { scene, alive, entered } };
    });
  }
  const passes = scenes.map((scene) => passingAt(plan, scene, aliveAt(scene.at)));
  const views = plan.registered.map((node) => {
    const added = nodes[node]?.added ?? Infinity;
    const answers = scenes
      .map(({ at }, index): Change => ({ at, to: passes[index]?.(node) ?? false }))
      .filter(({ at }) => at >= added);
    // A node that came with an event is neither healthy nor unhealthy before its first checks are through.
    if (added >= 0) return { node, start: undefined, changes: verdicts(answers, () => lag) };
    const start = answers[0]?.to ?? false;
    return { node, start, changes: lagging(answers, start, () => lag) };
  });
  const changes = views.flatMap(({ changes: own }) => own.map(({ at }) => at));
  return cutAt(scenes, changes).map(({ at, scene }) => {
    const states = views.map((view) => ({ node: view.node, state: stateAt(view, at) }));
    const which = (state: boolean) => states.filter((one) => one.state === state).map(({ node }) => node);
    const healthy = which(true);
    // With no healthy target, one that fails open sends to the others; a controller takes nodes that are not ready out.
    const others = (): readonly number[] => which(false).filter((node) => at < (nodes[node]?.noticed ?? 0));
    const entered = healthy.length > 0 || !plan.failsOpen ? healthy : others();
    return { at, entrance: { scene, alive: aliveAt(at), entered } };
  });
}

/** What the check of each node is answered at one moment, as `healthView` has it. */
export function passingAt(
  plan: NodePlan,
  { ready, terminating }: Pick<Scene, "ready" | "terminating">,
  alive: (node: number) => boolean,
): (node: number) => boolean {
  if (plan.passing === "none") return () => false;
  if (plan.passing === "all") {
    // A port that leads to the pods answers while any of them does; others answer whatever becomes of the pods.
    const answered = plan.asks === "service" || [...ready, ...terminating].some((pods) => pods > 0);
    return (node) => answered && alive(node);
  }
  const asked = plan.asks === "port" ? localEndpoints(ready, terminating) : ready;
  return (node) => (asked[node] ?? 0) > 0 && alive(node);
}

/** Pods as targets. Sent to from `recovery` after they are ready until they are deregistered or found unhealthy, each with its delay. */
export function watchPods(
  plan: PodPlan,
  { nodes, targets, scenes }: Timeline,
  lag: Lag,
  gated: boolean,
): readonly Watched<PodEntrance>[] {
  const spans = targets.map((target): Span => {
    const early = gated || target.readyFrom < 0;
    const from = early ? target.readyFrom : target.readyFrom + lag.recovery;
    const until = Math.min(target.readyUntil + lag.deregistration, target.answersUntil + lag.detection);
    // One that is deregistered before it was healthy is never sent to.
    return { ...target, from, until: from < target.readyUntil ? until : from };
  });
  const size = nodes.length;
  return cutAt(
    scenes,
    spans.flatMap(({ from, until }) => [from, until]),
  ).map(({ at, scene }) => {
    const healthy = spans.filter(({ from, until }) => from <= at && at < until);
    const sentTo = healthy.length > 0 || !plan.failsOpen ? healthy : spans.filter(isRegistered(at));
    const answers = (one: Target): boolean => one.readyFrom <= at && at < one.answersUntil;
    const sent = new Set(sentTo);
    return {
      at,
      entrance: {
        scene,
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

interface Span extends Target {
  /** When the balancer sends to it. */
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

/** Whether the balancer takes it as healthy; undefined before it can say. */
function stateAt(
  { start, changes }: { readonly start: boolean | undefined; readonly changes: readonly Change[] },
  at: number,
): boolean | undefined {
  return changes.findLast((change) => change.at <= at)?.to ?? start;
}

/** The scenes and the further moments in order, each with the scene it falls into. */
function cutAt(
  scenes: readonly Scene[],
  further: readonly number[],
): readonly { readonly at: number; readonly scene: Scene }[] {
  const [before, ...later] = scenes;
  if (!before) return [];
  const cuts = moments([...later.map(({ at }) => at), ...further]);
  let next = 0;
  let scene = before;
  return [
    { at: before.at, scene },
    ...cuts.map((at) => {
      while (next < later.length && (later[next]?.at ?? Infinity) <= at) scene = later[next++] ?? scene;
      return { at, scene };
    }),
  ];
}
