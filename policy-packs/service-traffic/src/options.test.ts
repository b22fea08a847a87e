import { PRESETS } from "./presets";
import type { ServiceTrafficOptions } from "./options";
import { givenBy } from "./settings/given";
import { readSettings } from "./settings/settings";

test("options have typed keys and values", () => {
  const right: ServiceTrafficOptions = {
    all: "advisory",
    "local-needs-http-health-check": "mandatory",
    "local-needs-several-nodes": {
      onUnknown: "block",
      exemptions: [{ pattern: "shop/*", reason: "one replica by design" }],
    },
    catalogue: {
      exemptions: [{ rule: "*", pattern: "legacy/*", reason: "moves next quarter", expires: "2027-01-31" }],
    },
  };
  // @ts-expect-error: no such rule
  const rule: ServiceTrafficOptions = { "local-needs-http-health-chek": "mandatory" };
  // @ts-expect-error: no such level
  const level: ServiceTrafficOptions = { all: "mandetory" };
  // @ts-expect-error: a rule about files has nothing to read in a program
  const text: ServiceTrafficOptions = { "yaml-keys-are-unique": "mandatory" };
  // @ts-expect-error: the catalogue never blocks
  const catalogue: ServiceTrafficOptions = { catalogue: { enforcementLevel: "mandatory" } };
  // @ts-expect-error: an exemption has a reason
  const exemption: ServiceTrafficOptions = { "nlb-scheme-is-explicit": { exemptions: [{ pattern: "*" }] } };
  const problems = (options: ServiceTrafficOptions) => {
    const { value, problems } = givenBy(options);
    return [...problems, ...readSettings(value).problems];
  };
  expect(problems(right)).toEqual([]);
  for (const wrong of [rule, level, text, exemption]) expect(problems(wrong)).toHaveLength(1);
  expect(catalogue).toBeDefined();
});

test.each(Object.entries(PRESETS))("preset %s is a valid configuration", (_, preset) => {
  const { value, problems } = givenBy(preset);
  expect([...problems, ...readSettings(value).problems]).toEqual([]);
});
