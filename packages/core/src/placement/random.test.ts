import { seededRandom } from "./random";

const draw = (seed: number, stream: number, count = 1000): readonly number[] => {
  const random = seededRandom(seed, stream);
  return Array.from({ length: count }, () => random.next());
};

test("seed and stream give the numbers, and nothing else", () => {
  expect(draw(1, 0)).toEqual(draw(1, 0));
  expect(draw(1, 0)).not.toEqual(draw(2, 0));
  expect(draw(1, 0)).not.toEqual(draw(1, 1));
  expect(draw(1, 0)).not.toEqual(draw(1 + 2 ** 32, 0));
});

test("numbers lie evenly between 0 and 1, also where seeds and streams are close", () => {
  const firsts = Array.from({ length: 2000 }, (_, stream) => draw(5, stream, 1)[0]!);
  for (const numbers of [draw(9, 0, 2000), firsts]) {
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    for (const bound of [0.25, 0.5, 0.75])
      expect(Math.abs(numbers.filter((number) => number < bound).length / 2000 - bound)).toBeLessThan(0.05);
  }
});
