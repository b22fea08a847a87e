/** A stream of random numbers that is wholly given by its seed. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number in [0, bound). */
  below(bound: number): number;
}

/**
 * The small fast counter generator (sfc32): 128 bits of state, passes PractRand, the same numbers on every platform. `stream` gives
 * independent sequences of one seed, so that trial 7 is the same whether it runs first or after six others.
 */
export function seededRandom(seed: number, stream = 0): Random {
  let a = seed | 0;
  let b = Math.trunc(seed / 0x1_0000_0000) | 0;
  let c = stream | 0;
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Close seeds give close first numbers until the state is mixed; twelve rounds are what the generator's author runs.
  for (let round = 0; round < 12; round++) bits();
  const next = (): number => bits() / 0x1_0000_0000;
  return { next, below: (bound) => Math.floor(next() * bound) };
}
