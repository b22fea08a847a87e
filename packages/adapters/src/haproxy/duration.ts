const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a time as HAProxy writes it, milliseconds where no unit is given (manual 2.5); undefined where it is none. */
export function secondsOf(text: string): number | undefined {
  const [, digits, unit = "ms"] = /^(\d{1,12})(us|ms|s|m|h|d)?$/.exec(text) ?? [];
  const size = UNITS[unit];
  return digits === undefined || size === undefined
    ? undefined
    : Number((Number(digits) * size).toPrecision(12));
}
