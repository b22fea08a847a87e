import { CATALOGUE, expectedFindings, type BadExample, type GoodExample } from ".";
import { readExample, reported } from "./read-example.fixture";

// Every example is read by the real adapters. Its own rule reports exactly the findings that the example states; of a good one, no
// mandatory rule reports anything else.

interface Case {
  readonly rule: (typeof CATALOGUE)[number];
  readonly example: BadExample | GoodExample;
}

const bad: readonly Case[] = CATALOGUE.flatMap((rule) =>
  rule.examples().bad.map((example) => ({ rule, example })),
);
const good: readonly Case[] = CATALOGUE.flatMap((rule) =>
  rule.examples().good.map((example) => ({ rule, example })),
);

const named = (cases: readonly Case[]) =>
  cases.map((one) => [`${one.rule.id}: ${one.example.name}`, one] as const);

test.each([...named(bad), ...named(good)])("%s", (_, { rule, example }) => {
  const findings = reported([rule], readExample(example));
  expect(findings).toEqual(expectedFindings(rule, example));
  for (const { message, fix } of findings) expect(`${message}\n${fix}`).not.toMatch(/undefined|\[object|NaN/);
});

test.each(named(good))("%s, and no mandatory rule has anything to report", (_, { rule, example }) => {
  const others = CATALOGUE.filter(({ id, level }) => id !== rule.id && level === "mandatory");
  const findings = reported(others, readExample(example));
  expect(findings.map(({ rule: id, message }) => `${id}: ${message}`)).toEqual([]);
});

test.each(CATALOGUE.map((rule) => [rule.id, rule] as const))("%s has no example twice", (_, rule) => {
  const { bad, good } = rule.examples();
  const all = [...bad, ...good];
  const contents = all.map(({ objects = [], files = {} }) =>
    [...objects.map(canonical).sort(), ...Object.values(files).sort()].join("\n"),
  );
  expect(new Set(contents).size).toBe(all.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

/** JSON with sorted keys, so that two ways to write one object are one text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
