import fc from "fast-check";
import { matchesWildcard } from "./wildcard";

test.each<[string, string, boolean]>([
  ["shop/*", "shop/web", true],
  ["*/web", "shop/web", true],
  ["*", "", true],
  ["", "", true],
  ["shop", "shops", false],
  ["s*p/w*b", "shop/web", true],
  ["a.b", "axb", false],
  ["**a**", "cat", true],
])("%s on %s: %s", (pattern, text, wanted) => {
  expect(matchesWildcard(pattern, text)).toBe(wanted);
});

test("agrees with the regular expression that says the same", () => {
  const letters = fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 8 }).map((one) => one.join(""));
  const text = fc.array(fc.constantFrom("a", "b"), { maxLength: 8 }).map((one) => one.join(""));
  fc.assert(
    fc.property(letters, text, (pattern, against) => {
      expect(matchesWildcard(pattern, against)).toBe(
        new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(against),
      );
    }),
    { numRuns: 2000 },
  );
});

test("a pattern made to be slow is not", () => {
  const started = Date.now();
  expect(matchesWildcard(`${"*a".repeat(200)}b`, "a".repeat(5000))).toBe(false);
  expect(Date.now() - started).toBeLessThan(2000);
});
