import { admits, familyOf } from "./ranges";

test.each([
  ["203.0.113.0/24", "IPv4"],
  [" 203.0.113.7", "IPv4"],
  ["2001:db8::/64", "IPv6"],
  ["2001:db8::1", "IPv6"],
  ["ip-10-0-0-1", undefined],
])("the family of %s is %s", (text, wanted) => {
  expect(familyOf(text)).toBe(wanted);
});

test.each<[string, readonly string[], string, boolean]>([
  ["a block that is the range", ["203.0.113.0/24"], "203.0.113.0/24", true],
  ["an address in the range", ["203.0.113.0/24"], "203.0.113.255", true],
  ["a block whose first address alone is in", ["203.0.113.0/26"], "203.0.113.0/24", false],
  ["two ranges that hold it between them", ["203.0.112.0/24", "203.0.113.0/24"], "203.0.112.0/23", true],
  ["three quarters of it", ["203.0.113.0/25", "203.0.113.128/26"], "203.0.113.0/24", false],
  ["everything", ["0.0.0.0/0"], "203.0.113.0/24", true],
  ["everything of the other family", ["::/0"], "203.0.113.0/24", false],
  ["IPv6 in a wider block", ["2001:db8::/32"], "2001:db8:0:1::/64", true],
  ["IPv6 beside it", ["2001:db8:0:2::/64"], "2001:db8:0:1::/64", false],
  ["IPv6 halves", ["2001:db8::/65", "2001:db8:0:0:8000::/65"], "2001:db8::/64", true],
  ["no range", [], "203.0.113.0/24", false],
])("admits %s", (_, ranges, block, wanted) => {
  expect(admits(ranges, block)).toBe(wanted);
});
