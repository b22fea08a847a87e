import { schedulePods, scorePod } from "@evenkeel/core/placement";
import { type PlacementCase, scheduleCases, scoreCases } from "@evenkeel/test-generators";
import { askedRelease } from "../asked-release";
import { operation } from "../operation";

function forRelease(made: PlacementCase): PlacementCase {
  return { ...made, ...askedRelease() };
}

/** Scores by plugin and rejections by node for one pod. Upstream: pkg/scheduler framework and plugins. */
export const score = operation<PlacementCase>({
  name: "score",
  inputs: scoreCases.map(forRelease),
  ours: ({ pending: [pod], ...view }) => {
    if (!pod) throw new Error("generated cases have a pod");
    const { unfit, scores, rejected } = scorePod(view, pod);
    return {
      ...(unfit === undefined ? {} : { unfit }),
      scores,
      rejected: rejected.map((one) => ({ ...one, reasons: [...one.reasons].sort() })),
    };
  },
});

/** The node of each pod in turn, or why it has none. Upstream: pkg/scheduler schedule_one.go, with one worker. */
export const schedule = operation<PlacementCase>({
  name: "schedule",
  inputs: scheduleCases.map(forRelease),
  ours: ({ pending, ...view }) => schedulePods(view, pending),
});
