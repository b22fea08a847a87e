import { CATALOGUE } from "@evenkeel/rules";
import { ruleUrl } from "@evenkeel/core/model";
import { POLICY_NAMES, POLICY_RULES } from "../settings/names";
import { describeRule, displayName } from "./describe";

test.each(POLICY_RULES.map((rule) => [rule.id, rule] as const))("%s describes itself", (id, rule) => {
  expect(describeRule(rule)).toMatchObject({
    name: id,
    description: rule.law,
    severity: rule.severity,
    remediationSteps: rule.fix,
    url: ruleUrl(id),
    tags: expect.arrayContaining([rule.subject]),
  });
});

test.each([
  ["local-needs-http-health-check", "Local needs HTTP health check"],
  ["local-needs-several-nodes", "Local needs several nodes"],
])("%s is shown as %s", (id, shown) => {
  expect(displayName(id)).toBe(shown);
});

test("a rule about the text of files has no policy; every other has one, and none has a name that the engine or the pack keeps", () => {
  const left = CATALOGUE.filter(({ id }) => !POLICY_NAMES.includes(id));
  expect(left.map(({ subject }) => subject)).toEqual(left.map(() => "text"));
  expect(left).not.toEqual([]);
  expect(new Set(POLICY_NAMES).size).toBe(POLICY_NAMES.length);
  expect(POLICY_NAMES).not.toContain("all");
});
