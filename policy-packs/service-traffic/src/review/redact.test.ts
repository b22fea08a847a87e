import * as fc from "fast-check";
import { redact } from "./redact";

test.each([
  [
    "a long secret, wherever it stands",
    "HTTP /hunter2hunter2/x on 80",
    ["hunter2hunter2"],
    "HTTP /[secret]/x on 80",
  ],
  ["another case", "HTTP on 80", ["http"], "[secret] on 80"],
  ["a short one only by itself", "TCP on 80, not 8080", ["80"], "TCP on [secret], not 8080"],
  ["the longer one first", "abc-abc-abc", ["abc", "abc-abc"], "[secret]-[secret]"],
  ["what a pattern would take for a sign", "path (a+b)* here", ["(a+b)*"], "path [secret] here"],
  ["a text as JSON writes it", 'a: "x\\"y\\"zzz"', ['x"y"zzz'], 'a: "[secret]"'],
  ["nothing without secrets", "HTTP on 80", [], "HTTP on 80"],
])("takes out %s", (_, text, secrets, wanted) => {
  expect(redact(text, secrets)).toBe(wanted);
});

test("no secret of a telling length survives, whatever is around it", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!"[secret]".includes(secret.toLowerCase()));
      const text = redact(`${before}${secret}${after}`, [secret]);
      expect(text.split("[secret]").some((part) => part.includes(secret))).toBe(false);
    }),
  );
});
