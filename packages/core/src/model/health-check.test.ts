import { acceptsStatus } from "./health-check";

test.each<[string, number, boolean | undefined]>([
  ["200", 200, true],
  ["200", 503, false],
  ["200-399", 399, true],
  ["200-399", 400, false],
  ["200,302, 500-599", 503, true],
  ["200,302", 301, false],
  ["000", 200, false],
  ["2xx", 200, undefined],
  ["", 200, undefined],
])("%j, %d: %s", (matcher, status, wanted) => {
  expect(acceptsStatus(matcher, status)).toBe(wanted);
});
