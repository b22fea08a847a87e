import { quantity as operation } from "../../../../test/oracle/src/operations/quantity";
import { replay } from "../../../../test/oracle/src/replay";
import { isQuantityProblem, parseQuantity, resourceAmount } from "./quantity";

test.each([
  ["cpu", "250m", 250],
  ["cpu", "0.1", 100],
  ["cpu", 2, 2000],
  ["cpu", "1u", 1],
  ["memory", "1.5Gi", 1_610_612_736],
  ["memory", "129e6", 129_000_000],
  ["memory", "500m", 1],
  ["pods", "110", 110],
  ["memory", " 1Gi ", 1_073_741_824],
])("%s: %s", (resource, written, want) => {
  expect(resourceAmount(resource, written)).toBe(want);
});

test.each([
  ["", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ["512 Mi", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ["512MB", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ["512mi", "unable to parse quantity's suffix"],
  ["Ei", "unable to parse numeric part of quantity"],
])("%j is refused as Kubernetes refuses it", (written, problem) => {
  expect(parseQuantity(written)).toEqual({ problem });
});

test("a huge power of ten costs nothing and stays huge", () => {
  const read = parseQuantity("1e2147483647");
  expect(!isQuantityProblem(read) && read.nanos > 2n ** 63n).toBe(true);
  expect(parseQuantity("1e-2147483648")).toEqual({ nanos: 1n });
});

test("ours is what Kubernetes answered", () => {
  const { cases, disagreements } = replay(operation);
  expect(cases).toBeGreaterThanOrEqual(500);
  expect(disagreements).toEqual([]);
});
