import { failureText } from "./failure-text";

test.each<[string, string, string | undefined]>([
  ["nothing", "", undefined],
  [
    "an error with its stack",
    "Running program '/a' failed with an unhandled exception:\n\u001b[31mError: boom\u001b[39m\n    at foo (/a/b.js:1:2)",
    "boom",
  ],
  ["an error of a kind of its own", "RangeError: too far\n    at x", "RangeError: too far"],
  ["a message for people", "policy-id spec.type: A; wanted B", "policy-id spec.type: A; wanted B"],
  [
    "an error with a code",
    "Error [ERR_X]: bad argument\n    at x {\n  code: 'ERR_X'\n}",
    "Error [ERR_X]: bad argument",
  ],
  [
    "a compiler's error",
    "TSError: ⨯ Unable to compile TypeScript:\nindex.ts(3,7): error TS2322: no",
    "TSError: ⨯ Unable to compile TypeScript: index.ts(3,7): error TS2322: no",
  ],
  [
    "a source excerpt",
    "/a/index.js:1\nconst = 1;\n      ^\n\nSyntaxError: Unexpected token '='\n    at x",
    "SyntaxError: Unexpected token '='",
  ],
  [
    "bullets",
    "We failed to locate the entry point\nHere's what we think went wrong:\n  * Your program's 'main' file does not exist.",
    "We failed to locate the entry point Your program's 'main' file does not exist.",
  ],
  [
    "Node's own remarks",
    "(node:12) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.\n(Use `node --trace-deprecation ...`)\nError: boom",
    "boom",
  ],
])("%s", (_what, report, text) => {
  expect(failureText(report)).toBe(text);
});
