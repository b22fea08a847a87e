import { isQuantityProblem, milliUnits, parseQuantity, wholeUnits } from "@evenkeel/core";
import fc from "fast-check";
import { operation } from "../operation";

interface Input {
  readonly text: string;
}

const SUFFIXES = [
  "",
  "n",
  "u",
  "m",
  "k",
  "M",
  "G",
  "T",
  "P",
  "E",
  "Ki",
  "Mi",
  "Gi",
  "Ti",
  "Pi",
  "Ei",
] as const;

const usual = fc
  .record({
    sign: fc.constantFrom("", "", "+", "-"),
    whole: fc.oneof(fc.nat().map(String), fc.stringMatching(/^0{0,2}[0-9]{0,4}$/)),
    fraction: fc.oneof(fc.constant(""), fc.stringMatching(/^\.[0-9]{0,12}$/)),
    suffix: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...SUFFIXES) },
      { weight: 2, arbitrary: fc.integer({ min: -12, max: 9 }).map((power) => `e${power}`) },
      { weight: 1, arbitrary: fc.constantFrom("E+2", "e", "Mk", "iK", "mi", "e1.", "E9x", "KI", "g", " ") },
    ),
  })
  .map(({ sign, whole, fraction, suffix }): Input => ({ text: sign + whole + fraction + suffix }));

/** Any text over the letters of the grammar. */
const anything = fc
  .string({ unit: fc.constantFrom(..."0159.+-eEinumkKMGTP"), maxLength: 6 })
  .map((text): Input => ({ text }));

/** Amounts that Go's int64 and a JavaScript number hold alike; beyond them each overflows in its own way. */
const HELD = BigInt(Number.MAX_SAFE_INTEGER) * 10n ** 6n;

/** Amounts as manifests write them. Upstream: apimachinery pkg/api/resource ParseQuantity, Value, MilliValue. */
export const quantity = operation<Input>({
  name: "quantity",
  inputs: fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: anything }).filter(({ text }) => {
    const read = parseQuantity(text);
    return isQuantityProblem(read) || (read.nanos <= HELD && read.nanos >= -HELD);
  }),
  ours: ({ text }) => {
    const read = parseQuantity(text);
    if (isQuantityProblem(read)) return { error: read.problem };
    return read.nanos < 0n ? { negative: true } : { value: wholeUnits(read), milli: milliUnits(read) };
  },
});
