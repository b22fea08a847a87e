import { BALANCER_FACTS } from "@evenkeel/core/balancers";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { CATALOGUE, expectedFindings, FACTS, factOf, findRule, nearest } from ".";

/** Folders that hold rules, one a file; the others hold the frame and what rules share. */
const DOMAINS = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["frame", "ask"].includes(entry.name))
  .map(({ name }) => name);

function ruleFiles(): readonly string[] {
  return DOMAINS.flatMap((domain) => {
    const folder = join(__dirname, domain);
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    return names
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .filter((name) =>
        Object.values(jest.requireActual<object>(join(folder, name))).some((one) => isRule(one)),
      )
      .map((name) => basename(name, ".ts"));
  });
}

function isRule(value: unknown): boolean {
  return typeof value === "object" && value !== null && "law" in value && "check" in value;
}

test("the catalogue and the folders agree", () => {
  expect(CATALOGUE.map(({ id }) => id).sort()).toEqual([...ruleFiles()].sort());
});

test("ids are unique and findable", () => {
  expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  for (const rule of CATALOGUE) expect(findRule(rule.id)).toBe(rule);
});

test.each(CATALOGUE.map((rule) => [rule.id, rule] as const))("%s is written as a law", (_, rule) => {
  expect(rule.law).toMatch(/^[A-Z].*\.$/);
  expect(rule.fix).toMatch(/^[A-Z].*\.$/);
  // The reason follows "Otherwise:" and a semicolon in messages.
  expect(rule.why).not.toMatch(/\.$/);
  expect(rule.refs.length).toBeGreaterThan(0);
  for (const { url } of rule.refs) expect(url).toMatch(/^https:\/\//);
  const { bad, good } = rule.examples();
  expect(bad.length).toBeGreaterThan(0);
  expect(good.length).toBeGreaterThan(0);
  for (const fact of rule.facts) expect(factOf(fact).source).toMatch(/^https:/);
  // Examples show every fact of the rule. A general fact, which stands in for load balancers without one of their own, need not be.
  const shown = bad.flatMap((example) => expectedFindings(rule, example).flatMap(({ facts }) => facts));
  const own = rule.facts.filter((fact) => fact in BALANCER_FACTS);
  if (!rule.id.endsWith("-accepted-by-api-server"))
    expect(shown).toEqual(expect.arrayContaining([...(own.length > 0 ? own : rule.facts)]));
  for (const fact of shown) expect(rule.facts).toContain(fact);
});

test("every fact belongs to a rule", () => {
  const used = new Set(CATALOGUE.flatMap(({ facts }) => facts));
  expect(Object.keys(FACTS).filter((fact) => !used.has(fact as keyof typeof FACTS))).toEqual([]);
});

test.each([
  ["local-need-http-health-check", '; did you mean "local-needs-http-health-check"?'],
  ["something-else-entirely", ""],
])("a misspelled rule: %s", (written, wanted) => {
  expect(
    nearest(
      written,
      CATALOGUE.map(({ id }) => id),
    ),
  ).toBe(wanted);
});
