import type { Random } from "./random";

/** Which of the first `count` totals is chosen. */
export type Choice = (totals: Int32Array, count: number) => number;

/**
 * The scheduler's own choice since it keeps scores in a heap: what `heap.Init` leaves at the root
 * (k/k pkg/scheduler/schedule_one.go nodeScoreHeap; no randomizer without extenders).
 *
 * Sifting down swaps a parent only for a strictly better child and prefers the left child, so the root is the first of the best in
 * preorder of the implicit tree.
 */
export const heapRoot: Choice = (totals, count) => {
  let best = -1;
  for (let index = 0; index < count; index++) {
    if (best < 0 || totals[index]! > totals[best]!) best = index;
    else if (totals[index] === totals[best] && comesBefore(index, best)) best = index;
  }
  return best;
};

/** Preorder in the tree where node i has the children 2i + 1 and 2i + 2; `later` is the larger number. */
function comesBefore(later: number, earlier: number): boolean {
  const deeper = Math.clz32(earlier + 1) - Math.clz32(later + 1);
  const ancestor = (later + 1) >>> deeper;
  return ancestor < earlier + 1;
}

/** Evenly among the best: what the order of sixteen racing workers comes to, and what releases before the heap did. */
export function evenly(random: Random): Choice {
  return (totals, count) => {
    let best = 0;
    let ties = 1;
    for (let index = 1; index < count; index++) {
      if (totals[index]! > totals[best]!) {
        best = index;
        ties = 1;
      } else if (totals[index] === totals[best]) {
        ties++;
        if (random.below(ties) === 0) best = index;
      }
    }
    return best;
  };
}
