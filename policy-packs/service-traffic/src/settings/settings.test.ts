import { SUPPORTED_VERSIONS } from "@evenkeel/core/model";
import { givenBy, overlaid } from "./given";
import { readSettings } from "./settings";

function problemsOf(options: Readonly<Record<string, unknown>>, sharesPack = false): readonly string[] {
  const { value, problems } = givenBy(options);
  return [...problems, ...readSettings(value, { sharesPack }).problems];
}

const RULE = "local-needs-http-health-check";

describe("a configuration is checked, since the engine accepts anything", () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      "a rule",
      { "local-need-http-health-check": "mandatory" },
      `local-need-http-health-check: unknown rule; did you mean "${RULE}"?`,
    ],
    [
      "a rule that nothing is near to",
      { "no-such-thing-at-all-here": "mandatory" },
      "no-such-thing-at-all-here: unknown rule",
    ],
    [
      "a rule about files",
      { "yaml-keys-are-unique": "mandatory" },
      "yaml-keys-are-unique: a rule about the text of files, which a program has not; use evenkeel check",
    ],
    [
      "a level",
      { all: "mandetory" },
      'all: mandetory; wanted advisory, mandatory, remediate, disabled; did you mean "mandatory"?',
    ],
    [
      "a level in a record",
      { [RULE]: { enforcementLevel: 3 } },
      `${RULE}.enforcementLevel: 3; wanted advisory, mandatory, remediate, disabled`,
    ],
    [
      "a property",
      { [RULE]: { onunknown: "warn" } },
      `${RULE}.onunknown: unknown property; did you mean "onUnknown"?`,
    ],
    [
      "a property of the pack",
      { catalogue: { kubernetesversion: "1.36" } },
      'catalogue.kubernetesversion: unknown property; did you mean "kubernetesVersion"?',
    ],
    [
      "a property where there is none",
      { configuration: { onUnknown: "warn" } },
      "configuration.onUnknown: unknown property",
    ],
    [
      "a value",
      { [RULE]: { onUnknown: "blok" } },
      `${RULE}.onUnknown: blok; wanted ignore, warn, block; did you mean "block"?`,
    ],
    [
      "a version",
      { catalogue: { kubernetesVersion: 1.36 } },
      `catalogue.kubernetesVersion: 1.36; wanted a version such as ${SUPPORTED_VERSIONS.newest}, as text`,
    ],
    [
      "a data plane",
      { catalogue: { dataplane: "iptable" } },
      'catalogue.dataplane: iptable; wanted iptables, nftables, ipvs, cilium, ovn, other; did you mean "iptables"?',
    ],
    [
      "a flag",
      { catalogue: { objectExemptions: "yes" } },
      "catalogue.objectExemptions: yes; wanted true or false",
    ],
    [
      "an exemption without a reason",
      { [RULE]: { exemptions: [{ pattern: "shop/*" }] } },
      `${RULE}.exemptions[0].reason: missing; wanted a text`,
    ],
    [
      "an exemption of the pack without a rule",
      { catalogue: { exemptions: [{ pattern: "*", reason: "r" }] } },
      "catalogue.exemptions[0].rule: missing; wanted a text",
    ],
    [
      "exemptions that are no list",
      { [RULE]: { exemptions: "shop/web" } },
      `${RULE}.exemptions: wanted a list of exemptions`,
    ],
  ])("misspelled: %s", (_, options, problem) => {
    expect(problemsOf(options)).toEqual([problem]);
  });

  test("in a pack with policies of others, only a name that is near one of ours is a mistake", () => {
    expect(problemsOf({ "acme-tags": "mandatory" }, true)).toEqual([]);
    expect(problemsOf({ catalog: "advisory" }, true)).toEqual([
      'catalog: unknown rule; did you mean "catalogue"?',
    ]);
  });
});

describe("what is in force", () => {
  const read = (options: Readonly<Record<string, unknown>>, later: Readonly<Record<string, unknown>> = {}) =>
    readSettings(overlaid(givenBy(options).value, givenBy(later).value)).value;

  test("a rule's own level, else the one for all, else the rule's default", () => {
    expect(read({}).levels).toMatchObject({ [RULE]: "mandatory", "nlb-scheme-is-explicit": "advisory" });
    expect(read({ all: "disabled", [RULE]: "remediate" }).levels).toMatchObject({
      [RULE]: "remediate",
      "nlb-scheme-is-explicit": "disabled",
    });
  });

  test("exemptions of a rule and of the pack, each with its rule", () => {
    const exemption = { pattern: "shop/*", reason: "legacy", approver: "sre", expires: "2027-01-31" };
    expect(
      read({
        [RULE]: { exemptions: [exemption] },
        catalogue: { exemptions: [{ rule: "*", pattern: "x/*", reason: "r" }] },
      }).exemptions,
    ).toMatchObject([
      { rule: "*", pattern: "x/*" },
      { rule: RULE, ...exemption },
    ]);
  });

  test("the user's configuration wins over the pack's options, property by property", () => {
    const options = {
      [RULE]: { enforcementLevel: "advisory", onUnknown: "block" },
      catalogue: { onUnknown: "ignore" },
    };
    expect(read(options, { [RULE]: { onUnknown: "warn" } })).toMatchObject({
      levels: { [RULE]: "advisory" },
      onUnknown: { all: "ignore", [RULE]: "warn" },
    });
  });

  test("what is wrong is left out", () => {
    expect(read({ [RULE]: { onUnknown: "blok", exemptions: [{ pattern: "x" }] } })).toMatchObject({
      onUnknown: {},
      exemptions: [],
    });
  });
});
