import {
  isQuantityProblem,
  parseQuantity,
  trimmedQuantity,
  type QuantityProblem,
} from "../../model/quantity";
import { quote } from "../answer/go-text";

/**
 * An amount as the API server holds it: rounded up to thousandths (k/k pkg/apis/core/v1/defaults.go SetDefaults_ResourceList), with
 * the family of suffixes in which it is written.
 */
export interface ApiQuantity {
  readonly nanos: bigint;
  readonly format: Format;
  /** As it was written, where the server prints that again. */
  readonly written?: string;
  /** Power of ten of the int64 that holds it in Go; a decimal of any size holds it without one. It shows where int64 overflows. */
  readonly scale?: number;
}

type Format = "DecimalSI" | "DecimalExponent" | "BinarySI";

export const ZERO: ApiQuantity = { nanos: 0n, format: "DecimalSI", scale: 0 };

/** `Quantity.UnmarshalJSON` (apimachinery pkg/api/resource/quantity.go) of a JSON value: its text is read, whatever its type. */
export function readQuantity(value: unknown): ApiQuantity | QuantityProblem {
  const trimmed = trimmedQuantity(textOf(value));
  const read = parseQuantity(trimmed);
  if (isQuantityProblem(read)) return read;
  const suffix = /[eEinumkKMGTP]*[+-]?\d*$/.exec(trimmed.replace(/^[+-]?[0-9.]+/, ""))?.[0] ?? "";
  const { scale, isKept } = shortCut(trimmed, suffix);
  return {
    nanos: roundedUp(read.nanos),
    format: formatOf(suffix, read.nanos),
    ...(isKept ? { written: trimmed } : {}),
    ...(scale === undefined ? {} : { scale }),
  };
}

/** A truth value, a list or a map is no quantity, whatever is in it. */
function textOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value).slice(1, -1);
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "{}";
}

const NANO = 10n ** 9n;
const MILLI = 10n ** 6n;

function roundedUp(nanos: bigint): bigint {
  const rest = nanos % MILLI;
  if (rest === 0n) return nanos;
  return nanos - rest + (nanos < 0n ? -MILLI : MILLI);
}

/** A binary amount below one is written in decimals (`ParseQuantity`). */
function formatOf(suffix: string, nanos: bigint): Format {
  if (suffix.endsWith("i")) return nanos > 0n && nanos < NANO ? "DecimalSI" : "BinarySI";
  return /^[eE].*\d/.test(suffix) ? "DecimalExponent" : "DecimalSI";
}

const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** Whether `ParseQuantity` takes its short cut, keeps the text, and rounding to thousandths leaves that alone. */
function shortCut(text: string, suffix: string): { readonly scale?: number; readonly isKept: boolean } {
  if (text === "0") return { scale: 0, isKept: true };
  const [, number = "", fraction = ""] =
    /^[+-]?0*(\d*)\.?(\d*)$/.exec(text.slice(0, text.length - suffix.length)) ?? [];
  const whole = number === "" ? "0" : number;
  const digits = whole + fraction;
  if (suffix.endsWith("i")) {
    const precision = 15 - whole.length - Math.trunc(((BINARY[suffix] ?? 0) * 3) / 10) - 1;
    const isShort = fraction === "" && precision >= 0;
    return isShort ? { scale: 0, isKept: Number(digits.slice(-3)) % 8 !== 0 } : { isKept: false };
  }
  const scale = (DECIMAL[suffix] ?? Number(suffix.slice(1))) - fraction.length;
  if (digits.length > 18 || scale < -9) return { isKept: false };
  const isCanonical = scale % 3 === 0 && !digits.endsWith("000") && !digits.startsWith("0");
  return { scale: Math.max(scale, -3), isKept: scale >= -3 && isCanonical };
}

/** `Quantity.Cmp` */
export function compare(a: ApiQuantity, b: ApiQuantity): number {
  return a.nanos === b.nanos ? 0 : a.nanos > b.nanos ? 1 : -1;
}

/** `Quantity.Add`: zero takes the suffixes of the other. */
export function add(a: ApiQuantity, b: ApiQuantity): ApiQuantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/** Whole units, a fraction rounded away from zero: `Quantity.Value`, which overflows as it does. */
export function wholeUnits({ nanos, scale }: ApiQuantity): bigint {
  if (scale !== undefined) {
    const rest = nanos % NANO;
    return scaledUp(nanos / NANO + (rest === 0n ? 0n : nanos < 0n ? -1n : 1n), scale);
  }
  const milli = nanos / MILLI;
  const held = milli < INT64_MAX ? BigInt.asIntN(64, milli) : milli;
  return BigInt.asIntN(64, held / 1000n) + (held % 1000n === 0n ? 0n : 1n);
}

/** As the server asks it, of the thousandths (`Quantity.MilliValue`): `1Ei` is not whole. */
export function isWhole({ nanos, scale }: ApiQuantity): boolean {
  const milli = nanos / MILLI;
  return (scale === undefined ? BigInt.asIntN(64, milli) : scaledUp(milli, scale + 3)) % 1000n === 0n;
}

const INT64_MAX = 2n ** 63n - 1n;
/** Powers of ten by which an int64 is multiplied in one step, whose overflow is not noticed (`positiveScaleInt64`). */
const ONE_STEP = [1, 2, 3, 6, 9];

/** What does not fit is cut off, or zero. */
function scaledUp(amount: bigint, power: number): bigint {
  const cut = BigInt.asIntN(64, amount);
  return cut === amount || ONE_STEP.includes(power) ? cut : 0n;
}

const BINARY_SUFFIXES = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL_SUFFIXES = new Map(Object.entries(DECIMAL).map(([suffix, power]) => [power, suffix]));

/** `Quantity.String`: as written where that was canonical, else the shortest whole number with a suffix. */
export function quantityText({ nanos, format, written }: ApiQuantity): string {
  if (written !== undefined) return written;
  if (nanos === 0n) return "0";
  const size = nanos < 0n ? -nanos : nanos;
  if (format === "BinarySI" && size >= 1024n * NANO && nanos % NANO === 0n) {
    const [amount, times] = withoutFactor(nanos / NANO, 1024n);
    return `${amount}${BINARY_SUFFIXES[times] ?? ""}`;
  }
  const [amount, tens] = withoutFactor(nanos, 10n);
  const power = tens - 9;
  const over = ((power % 3) + 3) % 3;
  const exponent = power - over;
  const suffix =
    format === "DecimalExponent"
      ? exponent === 0
        ? ""
        : `e${exponent}`
      : (DECIMAL_SUFFIXES.get(exponent) ?? "");
  return `${amount * 10n ** BigInt(over)}${suffix}`;
}

function withoutFactor(value: bigint, factor: bigint): readonly [bigint, number] {
  let [amount, times] = [value, 0];
  while (amount % factor === 0n) {
    amount /= factor;
    times++;
  }
  return [amount, times];
}

/** `%#v` of a `resource.Quantity`. */
export function quantitySyntax({ nanos, format, written = "", scale }: ApiQuantity): string {
  const power = 10n ** BigInt((scale ?? 0) + 9);
  const amount = scale === undefined ? "value:0, scale:0" : `value:${nanos / power}, scale:${scale}`;
  const dec = scale === undefined ? "0x…" : "nil";
  return `resource.Quantity{i:resource.int64Amount{${amount}}, d:resource.infDecAmount{Dec:(*inf.Dec)(${dec})}, s:${quote(written)}, Format:${quote(format)}}`;
}
