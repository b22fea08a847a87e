import fc from "fast-check";
import { estimate } from ".";
import { exposure } from "../decide/scene.fixture";
import { seededRandom } from "../placement/random";
import { noMoreThan, type AlikePods } from "./occupancy";
import { MOST_CONNECTIONS, reuseOf } from "./reuse";

const even = (pods: number): readonly AlikePods[] => [{ share: 1 / pods, pods }];

/** The largest count by listing every way to deal the connections. */
function enumerated(connections: number, shares: readonly number[], most: number): number {
  const [share = 0, ...others] = shares;
  if (others.length === 0) return connections <= most ? share ** connections : 0;
  let [sum, ways] = [0, 1];
  for (let mine = 0; mine <= connections; mine += 1) {
    if (mine <= most) sum += ways * share ** mine * enumerated(connections - mine, others, most);
    ways = (ways * (connections - mine)) / (mine + 1);
  }
  return sum;
}

/** Counts drawn one connection at a time. */
function drawn(connections: number, shares: readonly number[], next: () => number): readonly number[] {
  const counts = shares.map(() => 0);
  for (let dealt = 0; dealt < connections; dealt += 1) {
    let left = next();
    const pod = shares.findIndex((share) => (left -= share) < 0);
    const at = pod < 0 ? shares.length - 1 : pod;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

describe("the largest count of a multinomial", () => {
  test("is what listing every way comes to", () => {
    const shares = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }).map((parts) => {
      const whole = parts.reduce((a, b) => a + b, 0);
      return parts.map((part) => part / whole);
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), shares, (connections, parts) => {
        const mosts = Array.from({ length: connections + 1 }, (_, most) => most);
        const said = noMoreThan(
          connections,
          parts.map((share) => ({ share, pods: 1 })),
          mosts,
        );
        mosts.forEach((most, index) =>
          expect(said[index]).toBeCloseTo(enumerated(connections, parts, most), 9),
        );
      }),
      { numRuns: 60 },
    );
  });

  test.each([10, 1_000, 20_000])("two pods: both sides of a coin, thrown %i times", (connections) => {
    // P(largest ≤ m) is the middle of a binomial, by its recurrence in logarithms.
    let log = -connections * Math.log(2);
    const most = Math.ceil(connections / 2 + Math.sqrt(connections));
    let middle = 0;
    for (let heads = 0; heads <= connections; heads += 1) {
      if (heads <= most && connections - heads <= most) middle += Math.exp(log);
      log += Math.log((connections - heads) / (heads + 1));
    }
    expect(noMoreThan(connections, even(2), [most])[0]).toBeCloseTo(middle, 9);
  });

  test("one connection a pod at the most: the birthdays", () => {
    let apart = 1;
    for (let person = 0; person < 23; person += 1) apart *= (365 - person) / 365;
    expect(noMoreThan(23, even(365), [1])[0]).toBeCloseTo(apart, 10);
  });

  test("many pods alike are the same as each by itself", () => {
    const apart = Array.from({ length: 7 }, () => ({ share: 1 / 7, pods: 1 }));
    const [together, alone] = [even(7), apart].map((groups) => noMoreThan(50, groups, [8, 10, 12]));
    together?.forEach((one, index) => expect(one).toBeCloseTo(alone?.[index] ?? NaN, 10));
  });
});

describe("the interval of the hottest pod", () => {
  test("a pod alone has everything; a connection alone has one pod", () => {
    expect(reuseOf(9, [even(1)])?.hottest).toEqual({ low: 1, median: 1, high: 1 });
    expect(reuseOf(1, [even(8)])?.hottest).toEqual({ low: 8, median: 8, high: 8 });
  });

  test("a pod that gets nothing counts among those that the fair share is of", () => {
    const half: readonly AlikePods[] = [
      { share: 1, pods: 1 },
      { share: 0, pods: 1 },
    ];
    expect(reuseOf(100, [half])?.hottest).toEqual({ low: 2, median: 2, high: 2 });
  });

  test.each<[string, number, readonly AlikePods[]]>([
    ["few connections on even pods", 40, even(20)],
    ["as many as pods", 100, even(100)],
    [
      "uneven pods",
      500,
      [
        { share: 0.05, pods: 10 },
        { share: 0.025, pods: 20 },
      ],
    ],
    [
      "many on few",
      5_000,
      [
        { share: 0.4, pods: 1 },
        { share: 0.3, pods: 2 },
      ],
    ],
  ])("%s: as simulated", (_, connections, groups) => {
    const shares = groups.flatMap(({ share, pods }) => new Array<number>(pods).fill(share));
    const random = seededRandom(7);
    const trials = 2_000;
    const draws = Array.from({ length: trials }, () =>
      Math.max(...drawn(connections, shares, () => random.next())),
    ).map((most) => (most * shares.length) / connections);
    const { low, median, high } = reuseOf(connections, [groups])!.hottest;
    // What falls below the low end, and up to the high end, within five standard errors; counts are whole, so each end has its own mass.
    const error = 5 * Math.sqrt((0.025 * 0.975) / trials);
    const part = (holds: (draw: number) => boolean) => draws.filter(holds).length / trials;
    expect(part((draw) => draw < low - 1e-9)).toBeLessThanOrEqual(0.025 + error);
    expect(part((draw) => draw <= low + 1e-9)).toBeGreaterThanOrEqual(0.025 - error);
    expect(part((draw) => draw <= high + 1e-9)).toBeGreaterThanOrEqual(0.975 - error);
    expect(part((draw) => draw < high - 1e-9)).toBeLessThanOrEqual(0.975 + error);
    expect(part((draw) => draw <= median + 1e-9)).toBeGreaterThanOrEqual(0.5 - 0.06);
  });

  test("more connections come nearer to the shares of connections", () => {
    const groups: readonly AlikePods[] = [
      { share: 0.15, pods: 4 },
      { share: 0.1, pods: 4 },
    ];
    const widths = [100, 1_000, 10_000, MOST_CONNECTIONS].map((connections) => {
      const { low, high } = reuseOf(connections, [groups])!.hottest;
      expect(low).toBeLessThanOrEqual(high);
      return [high - low, Math.abs(high - 1.2)] as const;
    });
    for (const [index, [width, off]] of widths.entries()) {
      expect(width).toBeLessThan(widths[index - 1]?.[0] ?? Infinity);
      expect(off).toBeLessThan(widths[index - 1]?.[1] ?? Infinity);
    }
    expect(widths.at(-1)?.[1]).toBeLessThan(0.03);
  });

  test("over placements it holds for all of them", () => {
    const hot: readonly AlikePods[] = [
      { share: 0.5, pods: 1 },
      { share: 0.1, pods: 5 },
    ];
    const [level, both] = [[even(6)], [even(6), hot]].map((placed) => reuseOf(1_000, placed)!.hottest);
    expect(both?.high).toBeGreaterThan(2.5);
    expect(both?.low).toBeCloseTo(level?.low ?? NaN, 1);
  });

  test.each([0, 1.5, -3, NaN, MOST_CONNECTIONS + 1])("%p is no number of connections", (connections) => {
    expect(() => reuseOf(connections, [even(2)])).toThrow(RangeError);
  });

  test("nothing that arrives has no interval", () => {
    expect(reuseOf(10, [])).toBeUndefined();
    expect(reuseOf(10, [[{ share: 0, pods: 3 }]])).toBeUndefined();
  });
});

describe("in an estimate", () => {
  test("of a prediction and of what is observed, where the number of connections is given", () => {
    const predicted = exposure(10, 10);
    const endpoints = {
      "": predicted.cluster.nodes.map(({ name }, pod) => ({ addresses: [`10.0.0.${pod}`], nodeName: name })),
    };
    for (const scene of [predicted, { ...predicted, endpoints }]) {
      const [external] = estimate(scene, { connections: 30 });
      // One pod a node, under Cluster: each gets a tenth of the connections.
      expect(external?.reuse).toEqual(reuseOf(30, [even(10)]));
      expect(estimate(scene)[0]).not.toHaveProperty("reuse");
    }
  });
});
