import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Texts } from "./model";

/** Every `texts.ts` below this folder. */
function textsBelow(folder: string): readonly Texts[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly Texts[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return textsBelow(path);
    if (entry.name !== "texts.ts") return [];
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const found = Object.entries(require(path) as Record<string, unknown>);
    return found.flatMap(([name, value]) => (name.endsWith("_TEXTS") ? [value as Texts] : []));
  });
}

const codes = textsBelow(__dirname).flatMap((texts) => Object.keys(texts));

it("gives every code to one text only", () => {
  expect(codes.length).toBeGreaterThan(20);
  expect([...new Set(codes)].length).toBe(codes.length);
});

it("names codes in kebab case", () => {
  for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
});
