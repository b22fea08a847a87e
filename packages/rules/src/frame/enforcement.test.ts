import type { Finding } from "@evenkeel/core/model";
import { exempt } from "./exempt";
import { readEnforcement } from "./enforcement";

const rules = ["nlb-scheme-is-explicit", "local-needs-several-nodes"];
const today = "2026-11-22";

const finding: Finding = {
  rule: "nlb-scheme-is-explicit",
  facts: ["U39"],
  verdict: "violated",
  level: "advisory",
  severity: "medium",
  resource: { kind: "Service", namespace: "shop", name: "web", urn: null },
  related: [],
  path: "metadata.annotations",
  seen: "not set",
  wanted: "set",
  message: "not set; wanted set",
  fix: "Set it.",
  url: "docs/rules/nlb-scheme-is-explicit.md",
  fingerprint: "0",
};

describe("enforcement is checked, so that a misspelling never passes in silence", () => {
  test.each<[string, Parameters<typeof readEnforcement>[0], string]>([
    [
      "rule",
      { levels: { "nlb-scheme-explicit": "mandatory" }, today },
      'levels.nlb-scheme-explicit: unknown rule; did you mean "nlb-scheme-is-explicit"?',
    ],
    [
      "level",
      { levels: { all: "mandetory" }, today },
      'levels.all: mandetory; wanted mandatory, advisory, disabled; did you mean "mandatory"?',
    ],
    [
      "onUnknown",
      { onUnknown: "blok", today },
      'onUnknown.all: blok; wanted ignore, warn, block; did you mean "block"?',
    ],
    [
      "exemption without a reason",
      { exemptions: [{ rule: "*", pattern: "*" }], today },
      "exemptions[0].reason: missing; wanted a text",
    ],
    [
      "exemption of no rule",
      { exemptions: [{ rule: "x", pattern: "*", reason: "r" }], today },
      "exemptions[0].rule: unknown rule x",
    ],
    [
      "exemption property",
      { exemptions: [{ rule: "*", pattern: "*", reason: "r", expiry: "2027-01-01" }], today },
      'exemptions[0].expiry: unknown property; did you mean "expires"?',
    ],
    [
      "exemption date",
      { exemptions: [{ rule: "*", pattern: "*", reason: "r", expires: "2027-02-30" }], today },
      "exemptions[0].expires: 2027-02-30; wanted a date such as 2027-01-31",
    ],
    [
      "exemption that is no object",
      { exemptions: ["web"], today },
      "exemptions[0]: wanted an object with rule, pattern and reason",
    ],
  ])("misspelled %s", (_, options, problem) => {
    expect(readEnforcement(options, rules).problems).toEqual([problem]);
  });

  test("what is right comes through", () => {
    const { value, problems } = readEnforcement(
      {
        levels: { all: "advisory", "nlb-scheme-is-explicit": "mandatory" },
        onUnknown: { all: "ignore" },
        exemptions: [
          { rule: "*", pattern: "shop/*", reason: "legacy", approver: "sre", expires: "2027-01-31" },
        ],
        today,
      },
      rules,
    );
    expect(problems).toEqual([]);
    expect(value.levels).toEqual({ all: "advisory", "nlb-scheme-is-explicit": "mandatory" });
    expect(value.exemptions).toHaveLength(1);
  });
});

describe("exemptions", () => {
  const exemption = { rule: "nlb-scheme-is-explicit", pattern: "shop/*", reason: "legacy" };

  test.each(["shop/web", "shop/*", "*/web", "Service/shop/web", "*"])(
    "pattern %s covers Service shop/web",
    (pattern) => {
      expect(exempt(finding, [{ ...exemption, pattern }], today)).toMatchObject({
        verdict: "exempted",
        exemption: { reason: "legacy" },
      });
    },
  );

  test.each(["shop/webs", "Shop/web", "web", "shop.web", "Deployment/shop/web"])(
    "pattern %s does not",
    (pattern) => {
      expect(exempt(finding, [{ ...exemption, pattern }], today).verdict).toBe("violated");
    },
  );

  test.each([
    ["shop/web-*", "exempted"],
    ["Deployment/shop/web-workers", "exempted"],
    ["shop/api", "violated"],
  ])("pattern %s, compared with a related Deployment: %s", (pattern, verdict) => {
    const related = [{ kind: "Deployment", namespace: "shop", name: "web-workers", urn: null }];
    expect(exempt({ ...finding, related }, [{ ...exemption, pattern }], today).verdict).toBe(verdict);
  });

  test("another rule's exemption does not cover", () => {
    expect(exempt(finding, [{ ...exemption, rule: "local-needs-several-nodes" }], today).verdict).toBe(
      "violated",
    );
  });

  test("it holds through its last day, and is a violation after, which says why", () => {
    expect(exempt(finding, [{ ...exemption, expires: today }], today).verdict).toBe("exempted");
    const expired = exempt(finding, [{ ...exemption, expires: "2026-11-21" }], today);
    expect(expired).toMatchObject({
      verdict: "violated",
      message: expect.stringContaining("its exemption expired on 2026-11-21"),
    });
  });
});
