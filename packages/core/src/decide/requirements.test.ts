import { DEFAULT_REQUIREMENTS, readRequirements, REQUIREMENTS, requirementsFor } from "./requirements";
import { exposure } from "./scene.fixture";

test("the defaults are themselves values that may be written", () => {
  expect(readRequirements({ ...DEFAULT_REQUIREMENTS })).toEqual({
    value: DEFAULT_REQUIREMENTS,
    problems: [],
  });
  const defaulted = Object.entries(REQUIREMENTS).filter(([, one]) => one.default !== undefined);
  expect(Object.keys(DEFAULT_REQUIREMENTS).sort()).toEqual(defaulted.map(([name]) => name).sort());
});

test.each<[string, unknown, string]>([
  ["maxHottest", 0.9, "requirements.maxHottest: 0.9; wanted a number, at least 1 (1: all pods get the same)"],
  ["maxHottest", Infinity, "requirements.maxHottest: Infinity; wanted a number, at least 1"],
  ["minNodesServing", 1.5, "requirements.minNodesServing: 1.5; wanted a whole number of nodes"],
  ["maxDropped", 5, "requirements.maxDropped: 5; wanted a fraction from 0 to 1"],
  ["maxCrossZone", "none", "requirements.maxCrossZone: none; wanted a fraction from 0 to 1"],
  ["maxCrossNode", [], "requirements.maxCrossNode: a list; wanted a fraction from 0 to 1"],
  [
    "maxRolloutLossSeconds",
    -1,
    "requirements.maxRolloutLossSeconds: -1; wanted a number of seconds, not negative",
  ],
  ["inClusterClients", "yes", "requirements.inClusterClients: yes; wanted true or false"],
  ["clientAddress", "requird", 'wanted required, preferred, ignored; did you mean "required"?'],
  ["maxHotest", 2, 'requirements.maxHotest: unknown requirement; did you mean "maxHottest"?'],
])("%s %p is named", (name, value, says) => {
  const read = readRequirements({ [name]: value });
  expect(read.value).toEqual({});
  expect(read.problems).toEqual([expect.stringContaining(says)]);
});

test("what annotations wish for is required, unless it is asked otherwise", () => {
  const wishful = exposure(3, 3, { wishes: { clientAddress: true, inClusterClients: true } });
  expect(requirementsFor(exposure(3, 3))).toEqual(DEFAULT_REQUIREMENTS);
  expect(requirementsFor(wishful)).toMatchObject({ clientAddress: "required", inClusterClients: true });
  expect(requirementsFor(wishful, { clientAddress: "ignored" }).clientAddress).toBe("ignored");
  const stated = exposure(3, 3, { wishes: { requirements: { maxHottest: 1.2, maxDropped: "none" } } });
  expect(requirementsFor(stated)).toEqual({ ...DEFAULT_REQUIREMENTS, maxHottest: 1.2 });
  expect(requirementsFor(stated, { maxHottest: 2 }).maxHottest).toBe(2);
});
