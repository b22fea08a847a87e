import { readKubernetes, readPulumi, type PulumiResource } from "@evenkeel/adapters";
import type { Finding, Inventory } from "@evenkeel/core/model";
import { CATALOGUE, check, readEnforcement, type Example, type ExampleObject, type Rule } from ".";

// Every example is read by the real adapters and judged by its own rule: the bad ones with the facts and the level they name, the
// good ones with nothing to say. Examples that are text are tested where text is read, in the command.

const enforcement = readEnforcement({ today: "2026-11-22" }, []).value;

function materialOf({ objects }: Example): Inventory {
  const plain: readonly ExampleObject[] = JSON.parse(JSON.stringify(objects));
  if (!plain.some((object) => "properties" in object))
    return readKubernetes(plain.map((object) => ({ object })));
  return readPulumi(plain.map(resourceOf));
}

function resourceOf({ type, name, properties }: ExampleObject): PulumiResource {
  return {
    type: String(type),
    name: String(name),
    urn: `urn:pulumi:dev::shop::${String(type)}::${String(name)}`,
    properties: properties as Record<string, unknown>,
    dependencies: [],
    propertyDependencies: {},
  };
}

function toldBy(rule: Rule, example: Example): readonly Finding[] {
  return check([rule], materialOf(example), enforcement).findings;
}

const cases = CATALOGUE.flatMap((rule) => {
  const { bad, good } = rule.examples();
  const withObjects = (examples: readonly Example[]) => examples.filter(({ objects }) => objects.length > 0);
  return [
    ...withObjects(bad).map((example) => ({ rule, example, kind: "bad" as const })),
    ...withObjects(good).map((example) => ({ rule, example, kind: "good" as const })),
  ];
});

test.each(cases.map((one) => [`${one.rule.id}, ${one.kind}: ${one.example.name}`, one] as const))(
  "%s",
  (_, { rule, example, kind }) => {
    const told = toldBy(rule, example);
    if (kind === "good")
      expect(told.filter(({ verdict }) => verdict === "violated" || verdict === "notJoined")).toEqual([]);
    else {
      expect(told.length).toBeGreaterThan(0);
      expect(new Set(told.flatMap(({ facts }) => facts))).toEqual(new Set(example.facts));
      for (const { level, message } of told) {
        expect(level).toBe(example.level ?? rule.level);
        expect(message).not.toMatch(/undefined|\[object|NaN/);
      }
    }
  },
);

test("good examples of one rule violate no other mandatory rule", () => {
  for (const { rule, example, kind } of cases) {
    if (kind === "bad") continue;
    const { findings } = check(CATALOGUE, materialOf(example), enforcement);
    const mandatory = findings.filter(
      ({ level, verdict }) => level === "mandatory" && verdict === "violated",
    );
    expect({
      rule: rule.id,
      example: example.name,
      mandatory: mandatory.map(({ rule: id, message }) => `${id}: ${message}`),
    }).toEqual({
      rule: rule.id,
      example: example.name,
      mandatory: [],
    });
  }
});
