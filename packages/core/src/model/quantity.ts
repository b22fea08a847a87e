/** An amount as manifests write it (`250m`, `1.5Gi`, `2e3`): exact down to a billionth, to which smaller amounts are rounded up. */
export interface Quantity {
  readonly nanos: bigint;
}

/** Why a text is no quantity, in Kubernetes' words. */
export interface QuantityProblem {
  readonly problem: string;
}

const FORM: QuantityProblem = {
  problem: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
};
const NUMERIC: QuantityProblem = { problem: "unable to parse numeric part of quantity" };
const SUFFIX: QuantityProblem = { problem: "unable to parse quantity's suffix" };

const NANO = 10n ** 9n;
/** Binary amounts are capped here. */
const MOST = 2n ** 63n - 1n;
/** Whatever is written with a larger power of ten is beyond every use, and cheap to keep apart from what is not. */
const LARGEST_POWER = 64;

const DECIMAL_SUFFIXES = new Map([
  ["", 0],
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);
const BINARY_SUFFIXES = new Map([
  ["Ki", 10],
  ["Mi", 20],
  ["Gi", 30],
  ["Ti", 40],
  ["Pi", 50],
  ["Ei", 60],
]);

/**
 * `resource.ParseQuantity` (apimachinery pkg/api/resource/quantity.go), its leniency included: `m` and `-` alone are zero. A YAML or
 * JSON number is read as its text.
 */
export function parseQuantity(written: string | number): Quantity | QuantityProblem {
  const text = String(written);
  if (text === "") return FORM;
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[+-]?\d*)$/.exec(text);
  if (!parts) return FORM;
  const [, sign = "", whole = "", fraction = "", suffix = ""] = parts;
  const unit = unitOf(suffix);
  if (!unit) return SUFFIX;
  const digits = whole + fraction;
  const hasDigit = /\d/.test(text.slice(0, text.length - suffix.length));
  if (!hasDigit && isReadExactly(unit)) return NUMERIC;
  const amount = digits === "" ? 0n : BigInt(digits);
  const nanos =
    unit.base === 2
      ? capped(roundedUp(amount * 2n ** BigInt(unit.exponent) * NANO, -fraction.length))
      : roundedUp(amount * NANO, unit.exponent - fraction.length);
  return { nanos: sign === "-" ? -nanos : nanos };
}

/**
 * What JSON does not escape of the space around a quantity: the server trims the text between the quotes as it stands in the body
 * (`Quantity.UnmarshalJSON`), so a tab or a line break is none.
 */
const OUTER_SPACE =
  /^[ \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[ \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

/** The text that is read as a quantity, without what the server trims of it. */
export function trimmedQuantity(text: string): string {
  return text.replace(OUTER_SPACE, "");
}

export function isQuantityProblem(read: Quantity | QuantityProblem | number): read is QuantityProblem {
  return typeof read === "object" && "problem" in read;
}

interface Unit {
  readonly base: 2 | 10;
  readonly exponent: number;
}

function unitOf(suffix: string): Unit | undefined {
  const decimal = DECIMAL_SUFFIXES.get(suffix);
  if (decimal !== undefined) return { base: 10, exponent: decimal };
  const binary = BINARY_SUFFIXES.get(suffix);
  if (binary !== undefined) return { base: 2, exponent: binary };
  const power = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1];
  if (power === undefined) return undefined;
  const exponent = BigInt(power.replace(/^\+/, ""));
  if (BigInt.asIntN(64, exponent) !== exponent) return undefined;
  return { base: 10, exponent: Number(BigInt.asIntN(32, exponent)) };
}

/** Units that do not fit Kubernetes' short cut, which takes no digit at all for zero; its exact path refuses that. */
function isReadExactly({ base, exponent }: Unit): boolean {
  return base === 2 ? exponent >= 50 : exponent < -9;
}

/** `amount * 10^power`, a fraction rounded away from zero. */
function roundedUp(amount: bigint, power: number): bigint {
  if (amount === 0n || power === 0) return amount;
  if (power > 0) return amount * 10n ** BigInt(Math.min(power, LARGEST_POWER));
  const digits = amount.toString().length;
  if (-power > digits) return 1n;
  const divisor = 10n ** BigInt(-power);
  return (amount + divisor - 1n) / divisor;
}

function capped(nanos: bigint): bigint {
  return nanos > MOST * NANO ? MOST * NANO : nanos;
}

/** Whole units, a fraction rounded away from zero: `Quantity.Value`. */
export function wholeUnits({ nanos }: Quantity): number {
  return Number(scaledDown(nanos, NANO));
}

/** Thousandths, a fraction of one rounded away from zero: `Quantity.MilliValue`. */
export function milliUnits({ nanos }: Quantity): number {
  return Number(scaledDown(nanos, NANO / 1000n));
}

function scaledDown(nanos: bigint, by: bigint): bigint {
  return nanos < 0n ? -scaledDown(-nanos, by) : (nanos + by - 1n) / by;
}

/** An amount of a resource in the units of `ResourceList`: millicores for `cpu`, else whole units. */
export function resourceAmount(resource: string, written: string | number): number | QuantityProblem {
  const quantity = parseQuantity(typeof written === "string" ? trimmedQuantity(written) : written);
  if (isQuantityProblem(quantity)) return quantity;
  return resource === "cpu" ? milliUnits(quantity) : wholeUnits(quantity);
}
