import { readPulumi } from "@evenkeel/adapters";
import { check } from "@evenkeel/rules";
import { annotatedService, LOCAL } from "../../../policy-packs/service-traffic/test/resources";
import { urnOf } from "../../../policy-packs/service-traffic/test/wire";
import { POLICY_RULES } from "../../../policy-packs/service-traffic/src/settings/names";
import { held, show, timing } from "../src/measure";

const RULES_OF_TARGET = 150;

/** The rules themselves on one annotated Service, warm, without SDK and reading. Each asks about a Service that none was asked about. */
export function measureRuleCode(): void {
  const { type, name, inputs } = annotatedService("web", { "healthcheck-interval": "10" }, LOCAL);
  const fresh = () =>
    readPulumi([{ type, name, urn: urnOf({ type, name }), properties: structuredClone({ ...inputs }) }]);
  const enforcement = { levels: {}, onUnknown: {}, exemptions: [], today: "2026-11-22" };
  const microseconds = (rules: typeof POLICY_RULES, times: number) => {
    let nanoseconds = 0n;
    for (let i = 0; i < times; i += 1) {
      const material = fresh();
      const start = process.hrtime.bigint();
      check(rules, material, enforcement);
      nanoseconds += process.hrtime.bigint() - start;
    }
    return Number(nanoseconds) / 1e3 / times;
  };
  const warm = (rules: typeof POLICY_RULES) => {
    microseconds(rules, 5000);
    return timing(Array.from({ length: 21 }, () => microseconds(rules, 500)));
  };
  const all = warm(POLICY_RULES);
  const scaled = (all.median * RULES_OF_TARGET) / POLICY_RULES.length;
  const [slowest] = POLICY_RULES.map((rule) => ({ id: rule.id, took: warm([rule]) })).sort(
    (a, b) => b.took.median - a.took.median,
  );
  const detail = `${show(all, "µs")} for ${POLICY_RULES.length} rules, scaled; slowest ${slowest ? `${slowest.id} ${show(slowest.took, "µs")}` : "none"}`;
  held(`rule code on one annotated Service, for ${RULES_OF_TARGET} rules`, scaled, 30, "µs", detail);
}
