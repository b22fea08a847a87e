import type { Candidate } from "./victims";

/** A pod of the workload during a simulation. Times are seconds since the first event. */
export interface LivePod extends Candidate {
  /** Index into the workload's revisions. */
  readonly revision: number;
  /** Of a StatefulSet: the number in its name. */
  readonly ordinal?: number;
  /** Of a DaemonSet: the node it was made for. */
  readonly pinnedTo?: string;
  /** When it will be ready, or was; infinite while it waits for a node. */
  readonly readySince: number;
  readonly created: number;
  /** When its deletion began; infinite until then. */
  readonly deleted: number;
  /** When it will be gone. */
  readonly gone: number;
}

export function isActive({ deleted }: LivePod): boolean {
  return deleted === Infinity;
}

/** Ready for `minReadySeconds`. */
export function isAvailable({ ready, readySince }: LivePod, now: number, minReadySeconds: number): boolean {
  return ready && now >= readySince + minReadySeconds;
}
