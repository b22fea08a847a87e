/** A pod that its ReplicaSet may delete. Times are seconds on any one clock. */
export interface Candidate {
  /** Breaks ties, which makes the choice among pods of like age random. */
  readonly uid: string;
  /** Absent while the pod waits for a node. */
  readonly node?: string;
  readonly phase: "Pending" | "Unknown" | "Running";
  readonly ready: boolean;
  /** `controller.kubernetes.io/pod-deletion-cost`. */
  readonly deletionCost: number;
  readonly readySince?: number;
  readonly created?: number;
}

const PHASES = ["Pending", "Unknown", "Running"];
const NANOSECONDS = 1e9;

/**
 * The pods in the order in which a ReplicaSet that shrinks deletes them (k/k pkg/controller/controller_utils.go
 * ActivePodsWithRanks). `together` says how many active pods of the same workload, all revisions, a node has: pods on crowded nodes go
 * first, which is why shrinking evens out what growing did not. Container restarts are taken to be none.
 */
export function victimsFirst<Pod extends Candidate>(
  pods: readonly Pod[],
  together: (node: string | undefined) => number,
  now: number,
): readonly Pod[] {
  return [...pods].sort(
    (one, other) =>
      before(one.node === undefined, other.node === undefined) ||
      PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase) ||
      before(!one.ready, !other.ready) ||
      one.deletionCost - other.deletionCost ||
      together(other.node) - together(one.node) ||
      (one.ready && other.ready ? byAge(one, other, one.readySince, other.readySince, now) : 0) ||
      byAge(one, other, one.created, other.created, now),
  );
}

function before(one: boolean, other: boolean): number {
  return Number(other) - Number(one);
}

/** Younger first, by powers of two; pods of one power in the order of their ids. A time that is not known counts as the youngest. */
function byAge(
  one: Candidate,
  other: Candidate,
  since: number | undefined,
  otherSince: number | undefined,
  now: number,
): number {
  if (since === otherSince) return 0;
  if (since === undefined) return -1;
  if (otherSince === undefined) return 1;
  const difference = power(now - since) - power(now - otherSince);
  if (difference !== 0) return difference;
  return one.uid < other.uid ? -1 : 1;
}

function power(seconds: number): number {
  return seconds > 0 ? Math.trunc(Math.log2(seconds * NANOSECONDS)) : -1;
}
