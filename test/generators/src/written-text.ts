import fc from "fast-check";

const ODD_TEXT = [
  "", " ", "-", ".", "/", "_", "A", "Web", "web-", "-web", "1web", "a.b", "a..b", "a_b", "web/", "/web", "a/b/c",
  "é", "\u0130", "\u212a", "\u{1f600}", "\u0007", "\n", "\u007f", "\u0085", "\u00a0", "\u200b", "\u2028", "\ufeff",
  "\ud800", "\u{e000}", '"', "\\", "`", "<&>", "None", "null", "true", "1", "-1", "%", "a%2fb",
]; // prettier-ignore

/** Around the lengths at which names become too long, in bytes and in characters. */
const LONG = [15, 16, 63, 64, 253, 254].flatMap((length) => ["a".repeat(length), "é".repeat(length / 2)]);

/** Of scripts that have not grown for long: what can be printed is the same in every Unicode version in use. */
const letter = fc.integer({ min: 0, max: 0x24f }).map((code) => String.fromCharCode(code));

/** What may stand where a name is wanted. */
export const name: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("web", "a", "a-b", "web2", "x1") },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_TEXT) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
  { weight: 1, arbitrary: fc.string({ unit: letter, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[-a-zA-Z0-9._/]{1,12}$/) },
);

/** What may stand where a name with an optional domain before it is wanted. */
export const qualifiedName: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("app", "example.com/lb", "example.com/Mixed_Case.x", "internal-vip"),
  },
  { weight: 1, arbitrary: fc.tuple(name, name).map((parts) => parts.join("/")) },
  { weight: 2, arbitrary: name },
);

export const domain: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("example.com", "example.com.", "a", "a.b.c.") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(".", "..", "example.com..", "Example.com", "-a.b", "a.-b", "10.0.0.1", "*.a"),
  },
);

const ADDRESSES = [
  "10.0.0.1", "10.0.0.2", "203.0.113.5", "2001:db8::1", "2001:db8::2", "2001:DB8::1", "2001:db8:0:0:0:0:0:1",
  "010.0.0.1", "10.0.0.01", "10.0.0", "10.0.0.1.2", "256.0.0.1", "10.0.0.", ".10.0.0.1", "10..0.1", "0.0.0.0", "::",
  "127.0.0.1", "::1", "169.254.1.1", "fe80::1", "febf::1", "fec0::1", "224.0.0.1", "224.0.1.1", "ff02::1", "ff12::1",
  "ff05::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::FFFF:a00:1", "::ffff:010.0.0.1", "::10.0.0.1", "1::10.0.0.1",
  "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::3::5", ":1::2",
  "1::2:", "00001::1", "10000::1", "::00001.2.3.4", "1:2:3:4:5:6:10.0.0.1", "1:2:3:4:5:6:7:10.0.0.1", "1:0:0:2:0:0:0:3",
  "1:0:2:0:3:0:4:0", "0:0:1::", "fe80::1%eth0", "10.0.0.1%a", "%", "None", "", " 10.0.0.1", "localhost", "a.b", "::g",
]; // prettier-ignore

/** Addresses that no packet from outside would carry, and their neighbours. */
export const specialAddress: fc.Arbitrary<string> = fc.constantFrom(
  "0.0.0.0", "0.0.0.1", "::", "::2", "127.0.0.1", "127.1.2.3", "128.0.0.1", "::1", "169.254.1.1", "169.253.1.1", "fe80::1",
  "febf::1", "fec0::1", "fe00::1", "224.0.0.1", "224.0.1.1", "225.0.0.1", "ff02::1", "ff12::1", "ff05::1", "fe02::1",
); // prettier-ignore

/** What may stand where an address is wanted. */
export const address: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("10.0.0.1", "10.0.0.2", "203.0.113.5", "2001:db8::1") },
  { weight: 6, arbitrary: fc.constantFrom(...ADDRESSES) },
  { weight: 1, arbitrary: fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended()) },
  { weight: 2, arbitrary: fc.stringMatching(/^[0-9a-f]{0,4}([:.]{1,2}[0-9a-f]{0,4}){0,9}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[0-2]?[0-9]{1,2}(\.[0-2]?[0-9]{1,2}){2,4}$/) },
);

const BITS = [
  "0",
  "8",
  "24",
  "31",
  "32",
  "33",
  "64",
  "90",
  "96",
  "100",
  "120",
  "128",
  "129",
  "024",
  "08",
  "+8",
  "-1",
  "",
  "a",
  "24/5",
  "99999999",
];

/** What may stand where a range is wanted. */
export const range: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32", "0.0.0.0/0", "::/0"),
  },
  { weight: 5, arbitrary: fc.tuple(address, fc.constantFrom(...BITS)).map((parts) => parts.join("/")) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      " 10.0.0.0/8 ",
      "\t10.0.0.0/8\n",
      "\u008510.0.0.0/8\u00a0",
      "\ufeff10.0.0.0/8",
      "10.0.0.0",
      "",
    ),
  },
);

/** JSON of some type, for a field of another. */
export const jsonOfAnyType: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null, true, false, 0, 1, -1, 1.5, 80, 2 ** 31, -(2 ** 31) - 1, 1e21, 5e-7, "", "x", "80", [], {}, [null], ["x"], [1], [{}],
  [["x"]], { a: 1 }, { a: null }, { a: "b" }, { clientIP: 1 }, { clientIP: { timeoutSeconds: "x" } },
); // prettier-ignore
