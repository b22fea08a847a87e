/** Pods that receive alike. */
export interface AlikePods {
  /** Of what arrives; over all pods the shares sum to 1. */
  readonly share: number;
  readonly pods: number;
}

/**
 * How likely it is that no pod gets more than `most` of `connections`, which are dealt by chance with these shares: the largest count
 * of a multinomial. Exact up to rounding: independent Poisson counts, cut off at `most`, given that they sum to the connections
 * (B. Levin, "A representation for multinomial cumulative distribution functions", Annals of Statistics 9, 1981); the probability of
 * the sum is read off its characteristic function, at as many points as it takes to tell sums apart.
 *
 * @param mosts in ascending order; the answer has the same
 */
export function noMoreThan(
  connections: number,
  groups: readonly AlikePods[],
  mosts: readonly number[],
): readonly number[] {
  const reach = groups.filter(({ share, pods }) => share > 0 && pods > 0);
  const counts = reach.map(({ share, pods }) => ({ pods, law: poisson(connections * share) }));
  // Sums are told apart up to this distance; beyond it a Poisson sum is not worth a bit of a double.
  const points = Math.ceil(DEVIATIONS * 2 * Math.sqrt(connections)) + 64;
  const sums = mosts.map(() => 0);
  for (let point = 0; point <= points / 2; point += 1) {
    const angle = (2 * Math.PI * point) / points;
    // The two halves of the circle are each other's mirror image.
    const weight = point === 0 || 2 * point === points ? 1 : 2;
    const partials = counts.map(({ law }) => partialSums(law, angle, mosts));
    mosts.forEach((_, index) => {
      let [re, im] = [Math.cos(angle * connections), -Math.sin(angle * connections)];
      counts.forEach(({ pods }, group) => {
        const [a, b] = power(partials[group]?.re[index] ?? 0, partials[group]?.im[index] ?? 0, pods);
        [re, im] = [re * a - im * b, re * b + im * a];
      });
      sums[index] = (sums[index] ?? 0) + weight * re;
    });
  }
  const whole = Math.exp(logPoisson(connections, connections)) * points;
  return sums.map((sum) => Math.min(1, Math.max(0, sum / whole)));
}

/** Beyond as many standard deviations a Poisson count is not worth a bit of a double. */
const DEVIATIONS = 9;

/** Probabilities of a Poisson count from `from` on, as far as they matter. */
interface Law {
  readonly from: number;
  readonly weights: Float64Array;
}

function poisson(mean: number): Law {
  const width = DEVIATIONS * Math.sqrt(mean) + 24;
  const from = Math.max(0, Math.floor(mean - width));
  const to = Math.ceil(mean + width);
  return {
    from,
    weights: Float64Array.from({ length: to - from + 1 }, (_, n) => Math.exp(logPoisson(mean, from + n))),
  };
}

/** The characteristic function of the law, cut off at each of `mosts`. */
function partialSums(
  { from, weights }: Law,
  angle: number,
  mosts: readonly number[],
): { readonly re: Float64Array; readonly im: Float64Array } {
  const re = new Float64Array(mosts.length);
  const im = new Float64Array(mosts.length);
  const [stepRe, stepIm] = [Math.cos(angle), Math.sin(angle)];
  let [turnRe, turnIm] = [Math.cos(angle * from), Math.sin(angle * from)];
  let [sumRe, sumIm, next] = [0, 0, 0];
  mosts.forEach((most, index) => {
    for (; next < weights.length && from + next <= most; next += 1) {
      const weight = weights[next] ?? 0;
      sumRe += weight * turnRe;
      sumIm += weight * turnIm;
      [turnRe, turnIm] = [turnRe * stepRe - turnIm * stepIm, turnRe * stepIm + turnIm * stepRe];
    }
    re[index] = sumRe;
    im[index] = sumIm;
  });
  return { re, im };
}

/** A complex number times itself, `times` times. */
function power(re: number, im: number, times: number): readonly [number, number] {
  let [outRe, outIm] = [1, 0];
  let [baseRe, baseIm] = [re, im];
  for (let left = times; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) [outRe, outIm] = [outRe * baseRe - outIm * baseIm, outRe * baseIm + outIm * baseRe];
    [baseRe, baseIm] = [baseRe * baseRe - baseIm * baseIm, 2 * baseRe * baseIm];
  }
  return [outRe, outIm];
}

function logPoisson(mean: number, count: number): number {
  if (mean === 0) return count === 0 ? 0 : -Infinity;
  return count * Math.log(mean) - mean - logFactorial(count);
}

/** Stirling's series, beyond the small ones that are multiplied out; its error is below 1e-13 there. */
function logFactorial(n: number): number {
  if (n < 32) {
    let product = 1;
    for (let factor = 2; factor <= n; factor += 1) product *= factor;
    return Math.log(product);
  }
  const x = n + 1;
  return (
    (x - 0.5) * Math.log(x) -
    x +
    Math.log(2 * Math.PI) / 2 +
    1 / (12 * x) -
    1 / (360 * x ** 3) +
    1 / (1260 * x ** 5)
  );
}
