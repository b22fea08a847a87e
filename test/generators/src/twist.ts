/** A change to a written object. */
export type Twist = (object: object) => object;

/**
 * Sets the value at a path such as `spec.containers[0].name`; what lies on the way and is no map or list becomes one, and a list
 * grows by one element at most.
 */
export function placed(path: string, value: unknown): Twist {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  return (object) => put(object, steps, value) as object;
}

function put(whole: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (/^\d+$/.test(step)) {
    const list: readonly unknown[] = Array.isArray(whole) ? whole : [];
    const index = Math.min(Number(step), list.length);
    return [...list.slice(0, index), put(list[index], rest, value), ...list.slice(index + 1)];
  }
  const map = typeof whole === "object" && whole !== null && !Array.isArray(whole) ? whole : {};
  return { ...map, [step]: put((map as Readonly<Record<string, unknown>>)[step], rest, value) };
}
