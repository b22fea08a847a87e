/** Paths at which the text `undefined` stands, alone or within a longer text: a value that was never there, written out. */
export function undefinedPaths(value: unknown, path = ""): readonly string[] {
  if (typeof value === "string") return /\bundefined\b/.test(value) ? [`${path}: ${value}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    undefinedPaths(item, path === "" ? key : `${path}.${key}`),
  );
}
