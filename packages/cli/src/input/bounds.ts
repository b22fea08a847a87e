/** Levels that a document may be nested; Kubernetes objects and Pulumi states stay far below. */
export const MAX_DEPTH = 500;

/** Values that a document may come to once its aliases are written out; few aliases of aliases are enough for billions. */
const MAX_VALUES = 10_000_000;

interface Extent {
  readonly depth: number;
  readonly values: number;
}

const TOO_DEEP = `nested more than ${MAX_DEPTH} levels deep`;

/** Why data without aliases cannot be walked to its end: only depth matters, and large states are not measured for more. */
export function tooDeep(data: unknown): string | undefined {
  return reaches(data, MAX_DEPTH) ? TOO_DEEP : undefined;
}

function reaches(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((one: unknown) => reaches(one, levels - 1));
}

/** Why data cannot be walked to its end, in words; undefined for what can. */
export function boundless(data: unknown): string | undefined {
  const known = new Map<object, Extent>();
  const above = new Set<object>();
  let reason: string | undefined;
  const measure = (value: unknown): Extent => {
    if (reason !== undefined || typeof value !== "object" || value === null) return { depth: 0, values: 1 };
    if (above.has(value)) reason = "an anchor holds an alias of itself";
    else if (above.size >= MAX_DEPTH) reason = TOO_DEEP;
    const measured = known.get(value);
    if (reason !== undefined || measured) return measured ?? { depth: 0, values: 1 };
    above.add(value);
    let depth = 0;
    let values = 1;
    for (const one of Object.values(value)) {
      const inner = measure(one);
      depth = Math.max(depth, inner.depth + 1);
      values += inner.values;
    }
    above.delete(value);
    known.set(value, { depth, values });
    if (above.size + depth > MAX_DEPTH) reason ??= TOO_DEEP;
    if (values > MAX_VALUES) reason ??= `its aliases come to more than ${MAX_VALUES} values`;
    return { depth, values };
  };
  measure(data);
  return reason;
}
