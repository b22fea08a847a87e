import { packUnderTest } from "../test/pack-under-test";

const pack = packUnderTest("named-pack.ts");

test("a pack takes a name before its options, as packs of others do", () => {
  const { info } = pack();
  expect(info.getName()).toBe("acme-services");
  const levels = info.getPoliciesList().map((policy) => [policy.getName(), policy.getEnforcementlevel()]);
  // 0 is advisory; only a wrong configuration always blocks.
  expect(levels.filter(([, level]) => level !== 0)).toEqual([["configuration", 1]]);
});
