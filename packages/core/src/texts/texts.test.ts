import { TEXT_SOURCES } from ".";

it("gives every code to one text only", () => {
  const codes = TEXT_SOURCES.flatMap((texts) => Object.keys(texts));
  expect([...new Set(codes)].length).toBe(codes.length);
});

it("names codes in kebab case", () => {
  for (const code of TEXT_SOURCES.flatMap((texts) => Object.keys(texts))) expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
});
