import fc from "fast-check";
import { seededRandom } from "./random";
import { evenly, heapRoot } from "./ties";

/** What Go's container/heap makes of a list whose larger scores count as less. */
function heapInit(scores: readonly number[]): number {
  const heap = scores.map((score, index) => ({ score, index }));
  const less = (one: number, other: number): boolean => heap[one]!.score > heap[other]!.score;
  const down = (start: number): void => {
    for (let parent = start; ;) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && less(left + 1, left) ? left + 1 : left;
      if (!less(child, parent)) return;
      [heap[parent], heap[child]] = [heap[child]!, heap[parent]!];
      parent = child;
    }
  };
  for (let parent = Math.floor(heap.length / 2) - 1; parent >= 0; parent--) down(parent);
  return heap[0]!.index;
}

test("the scheduler's choice is what stands at the root of its heap", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 70 }), (scores) => {
      expect(heapRoot(Int32Array.from(scores), scores.length)).toBe(heapInit(scores));
    }),
  );
});

test("only the first scores count", () => {
  expect(heapRoot(Int32Array.from([1, 2, 9]), 2)).toBe(1);
  expect(evenly(seededRandom(1))(Int32Array.from([1, 2, 9]), 2)).toBe(1);
});

test("equal scores are chosen equally often", () => {
  const choose = evenly(seededRandom(3));
  const counts = [0, 0, 0, 0];
  for (let draw = 0; draw < 9000; draw++) counts[choose(Int32Array.from([7, 1, 7, 7]), 4)]!++;
  expect(counts[1]).toBe(0);
  for (const index of [0, 2, 3]) expect(Math.abs(counts[index]! - 3000)).toBeLessThan(200);
});
