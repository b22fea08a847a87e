import type { RolloutStrategy } from "../../model";
import type { WorkloadTraits } from "../../releases";
import type { Random } from "../random";
import type { LivePod } from "./live-pod";

/** What a workload's controller sees. */
export interface ControllerView {
  readonly now: number;
  readonly replicas: number;
  /** Wanted pods of each revision, the current one last. Kept for Deployments; others do without. */
  readonly sizes: readonly number[];
  /** All pods of the workload that still exist. */
  readonly pods: readonly LivePod[];
  readonly strategy: Partial<RolloutStrategy>;
  /** What the release lets a StatefulSet do. */
  readonly traits: Pick<WorkloadTraits, "statefulSetMaxUnavailable" | "statefulSetRecreate">;
  /** Nodes that should run a pod of a DaemonSet. */
  readonly wanted: readonly string[];
  readonly random: Random;
}

export type Action =
  { readonly create: Pick<LivePod, "revision" | "ordinal" | "pinnedTo"> } | { readonly delete: LivePod };

/** What the controller does next. It is asked again until it does nothing. */
interface Verdict {
  readonly sizes: readonly number[];
  readonly actions: readonly Action[];
}

export type Controller = (view: ControllerView) => Verdict;

export function currentRevision({ sizes }: ControllerView): number {
  return sizes.length - 1;
}
