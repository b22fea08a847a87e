import type { DisruptionBudget, Node, RolloutStrategy } from "../../model";
import { shouldRun } from "../every-node";
import { cordoned, unreachable } from "../node-taints";
import type { Action, Controller, ControllerView } from "./controller";
import type { NodeLife, PodLife, Step, Timing } from "./events";
import { evictable } from "./eviction";
import { healthy, type LiveNode } from "./live-node";
import { isActive, type LivePod } from "./live-pod";
import { nodeLife, podLife } from "./lives";
import { podWorld, type PodWorld, type Revision, type WorldParts } from "./pod-world";

export interface SimulationParts extends Omit<WorldParts, "nodes" | "revisions"> {
  readonly controller: Controller;
  readonly strategy: Partial<RolloutStrategy>;
  readonly traits: ControllerView["traits"];
  readonly timing: Timing;
  readonly budget?: DisruptionBudget;
  readonly start: number;
  readonly replicas: number;
  readonly nodes: readonly Node[];
  readonly revisions: readonly Revision[];
  /** Wanted pods of each revision. */
  readonly sizes: readonly number[];
  readonly pods: readonly LivePod[];
}

/** More syncs than this at one moment mean that a controller contradicts itself. */
const MOST_SYNCS = 100_000;

/**
 * One run of the workload's life: time goes from one occurrence to the next (a pod is ready, is gone, a node is noticed), and at each
 * the controller and the scheduler act until they have nothing left to do.
 */
export class Simulation {
  now: number;
  private replicas: number;
  private nodes: readonly LiveNode[];
  private revisions: readonly Revision[];
  private sizes: readonly number[];
  private readonly pods = new Map<string, LivePod>();
  private readonly lives = new Map<string, PodLife>();
  private readonly draining = new Set<string>();
  private world: PodWorld;
  private why: string | undefined;

  constructor(private readonly parts: SimulationParts) {
    this.now = parts.start;
    this.replicas = parts.replicas;
    this.nodes = parts.nodes.map((node) => healthy(node, this.now));
    this.revisions = parts.revisions;
    this.sizes = parts.sizes;
    for (const pod of parts.pods) this.set(pod);
    this.world = this.rebuilt();
  }

  scale(replicas: number): void {
    this.replicas = replicas;
  }

  rollout(revision: Revision): void {
    this.revisions = [...this.revisions, revision];
    this.sizes = [...this.sizes, 0];
    this.world = this.rebuilt();
  }

  drain(name: string): void {
    this.draining.add(name);
    this.changeNode(name, (live) => ({ ...live, node: cordoned(live.node), cordonedAt: this.now }));
  }

  lose(name: string): void {
    const { noticeSeconds, evictionSeconds } = this.parts.timing;
    const noticedAt = this.now + noticeSeconds;
    this.changeNode(name, (live) => ({
      ...live,
      silentSince: this.now,
      noticedAt,
      evictedAt: noticedAt + evictionSeconds,
    }));
    for (const pod of this.on(name))
      this.set({ ...pod, readySince: pod.ready ? pod.readySince : Infinity, gone: Infinity });
  }

  add(nodes: readonly Node[]): void {
    this.nodes = [...this.nodes, ...nodes.map((node) => healthy(node, this.now))];
    this.world = this.rebuilt();
  }

  get nodeNames(): readonly string[] {
    return this.nodes.map(({ node }) => node.name);
  }

  /** The next moment at which something happens by itself; infinite where all is at rest. */
  nextOccurrence(): number {
    const { minReadySeconds = 0 } = this.parts.strategy;
    let next = Infinity;
    const meet = (time: number): void => {
      if (time > this.now && time < next) next = time;
    };
    for (const pod of this.pods.values()) {
      meet(pod.gone);
      if (!isActive(pod)) continue;
      meet(pod.readySince);
      meet(pod.readySince + minReadySeconds);
    }
    for (const { noticedAt, evictedAt } of this.nodes) {
      meet(noticedAt);
      meet(evictedAt);
    }
    return next;
  }

  /** Everything that is due now, and what follows from it. */
  act(): void {
    for (const pod of this.pods.values()) {
      if (pod.gone <= this.now) this.vanish(pod);
      else if (isActive(pod) && !pod.ready && pod.readySince <= this.now) this.set({ ...pod, ready: true });
    }
    for (const { node, noticedAt, evictedAt } of this.nodes) {
      if (noticedAt === this.now) this.notice(node.name);
      // DaemonSet pods tolerate a silent node without end.
      if (evictedAt === this.now)
        for (const pod of this.on(node.name))
          if (isActive(pod) && pod.pinnedTo === undefined) this.delete(pod);
    }
    for (let sync = 0; ; sync++) {
      if (sync > MOST_SYNCS) throw new Error("the controller of the workload does not come to rest");
      const acted = this.evict() + this.schedule() + this.sync();
      if (acted === 0) return;
    }
  }

  private notice(name: string): void {
    this.changeNode(name, (live) => ({ ...live, node: unreachable(live.node) }));
    for (const pod of this.on(name)) this.set({ ...pod, ready: false, readySince: Infinity });
  }

  private evict(): number {
    const pods = [...this.pods.values()];
    const there = pods.filter(
      (pod) => isActive(pod) && pod.pinnedTo === undefined && this.draining.has(pod.node ?? ""),
    );
    const going = evictable(there, pods, this.replicas, this.parts.budget);
    for (const pod of going) this.delete(pod);
    return going.length;
  }

  private schedule(): number {
    const waiting = [...this.pods.values()].filter((pod) => isActive(pod) && pod.node === undefined);
    const refused = new Set<string>();
    let placed = 0;
    this.why = undefined;
    for (const pod of waiting) {
      const kind = `${pod.revision} ${pod.pinnedTo ?? ""}`;
      if (refused.has(kind)) continue;
      const node = this.world.choose(pod.revision, pod.pinnedTo);
      if (node === undefined) {
        refused.add(kind);
        this.why ??= this.world.why(pod.revision, pod.pinnedTo);
        continue;
      }
      placed++;
      const readySince = this.isSilent(node) ? Infinity : this.now + this.parts.timing.readySeconds;
      const scheduled: LivePod = { ...pod, node, phase: "Running", readySince };
      this.set(scheduled);
      this.world.put({ ...scheduled, terminating: false });
    }
    return placed;
  }

  private sync(): number {
    const { controller, strategy, traits, random } = this.parts;
    const { pod } = this.revisions.at(-1)!;
    const wanted = this.nodes.filter(({ node }) => shouldRun(pod.spec, node)).map(({ node }) => node.name);
    const pods = [...this.pods.values()];
    const { now, replicas, sizes } = this;
    const verdict = controller({ now, replicas, sizes, pods, strategy, traits, wanted, random });
    const resized = verdict.sizes.some((size, revision) => size !== sizes[revision]);
    this.sizes = verdict.sizes;
    for (const action of verdict.actions) this.perform(action);
    return verdict.actions.length + (resized ? 1 : 0);
  }

  private perform(action: Action): void {
    if ("delete" in action) return this.delete(action.delete);
    const uid = `${this.parts.random.next()}`;
    const never = { readySince: Infinity, deleted: Infinity, gone: Infinity };
    this.set({
      ...action.create,
      ...never,
      uid,
      phase: "Pending",
      ready: false,
      deletionCost: 0,
      created: this.now,
    });
  }

  private delete(pod: LivePod): void {
    if (pod.node === undefined) {
      this.pods.delete(pod.uid);
      return;
    }
    this.world.take({ ...pod, terminating: false });
    this.world.put({ ...pod, terminating: true });
    const gone = this.isSilent(pod.node) ? Infinity : this.now + this.parts.timing.terminationSeconds;
    this.set({ ...pod, deleted: this.now, gone });
  }

  private vanish(pod: LivePod): void {
    this.world.take({ ...pod, terminating: true });
    this.pods.delete(pod.uid);
  }

  private isSilent(name: string): boolean {
    return this.nodes.some(({ node, silentSince }) => node.name === name && silentSince <= this.now);
  }

  private on(name: string): readonly LivePod[] {
    return [...this.pods.values()].filter(({ node }) => node === name);
  }

  private set(pod: LivePod): void {
    this.pods.set(pod.uid, pod);
    if (pod.node !== undefined) this.lives.set(pod.uid, podLife(this.lives.get(pod.uid), pod, this.now));
  }

  /** Of every pod that ever had a node. */
  podLives(): readonly PodLife[] {
    return [...this.lives.values()];
  }

  nodeLives(): readonly NodeLife[] {
    return this.nodes.map(nodeLife);
  }

  private changeNode(name: string, change: (live: LiveNode) => LiveNode): void {
    this.nodes = this.nodes.map((live) => (live.node.name === name ? change(live) : live));
    this.world = this.rebuilt();
  }

  private rebuilt(): PodWorld {
    const world = podWorld({
      ...this.parts,
      nodes: this.nodes.map(({ node }) => node),
      revisions: this.revisions,
    });
    for (const pod of this.pods.values()) world.put({ ...pod, terminating: !isActive(pod) });
    return world;
  }

  step(event: number): Step {
    const nodes = this.nodeNames;
    const count = (which: (pod: LivePod) => boolean): readonly number[] => {
      const counts = new Map<string | undefined, number>();
      for (const pod of this.pods.values())
        if (which(pod)) counts.set(pod.node, (counts.get(pod.node) ?? 0) + 1);
      return nodes.map((name) => counts.get(name) ?? 0);
    };
    const pending = [...this.pods.values()].filter((pod) => isActive(pod) && pod.node === undefined).length;
    return {
      at: this.now,
      event,
      nodes,
      ready: count((pod) => isActive(pod) && pod.ready),
      terminating: count((pod) => !isActive(pod)),
      starting: count((pod) => isActive(pod) && !pod.ready),
      lost: this.nodes.filter(({ silentSince }) => silentSince <= this.now).map(({ node }) => node.name),
      pending,
      ...(this.why === undefined ? {} : { why: this.why }),
    };
  }
}
