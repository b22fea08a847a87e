import fc from "fast-check";

/** Anything that JavaScript has, and values that are not known yet. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.anything({ maxDepth: 2, withNullPrototype: true, withDate: true, withBigInt: true }),
  },
  { weight: 1, arbitrary: fc.constant({ unknown: true, path: "somewhere" }) },
  { weight: 1, arbitrary: fc.constant({ unknown: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>("", "null", -1, 0.5, 1e21, NaN, [], [null], {}, "__proto__"),
  },
);

/**
 * A JSON value in which up to three places, wherever they are, hold something else; keys may be gone or `__proto__`.
 * Readers must survive it.
 */
export function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const spots = fc.array(fc.tuple(fc.array(fc.nat(), { maxLength: 8 }), anything), {
    minLength: 1,
    maxLength: 3,
  });
  return spots.map((all) => all.reduce((whole, [steps, other]) => replaced(whole, steps, other), value));
}

/** The value with one place replaced: each step picks a member, the last one found is it. */
function replaced(value: unknown, [step, ...steps]: readonly number[], other: unknown): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value) && value.length > 0) {
    const index = step % value.length;
    return value.map((item: unknown, at) => (at === index ? replaced(item, steps, other) : item));
  }
  if (typeof value !== "object" || value === null) return other;
  const entries = Object.entries(value);
  if (entries.length === 0) return other;
  const index = step % entries.length;
  return Object.fromEntries(
    entries.map(([key, item], at): [string, unknown] => [
      key,
      at === index ? replaced(item, steps, other) : item,
    ]),
  );
}
