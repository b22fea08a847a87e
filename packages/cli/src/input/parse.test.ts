import { Failure } from "../failure";
import { asYaml } from "./json-values";
import { parseText } from "./parse";
import { Positions } from "./positions";

const values = (text: string): readonly unknown[] =>
  parseText(text, "x.yaml").documents.map(({ value }) => value);

describe("every document of a file is read", () => {
  test.each<[string, string, unknown[]]>([
    ["JSON", '{"a": 1}', [{ a: 1 }]],
    ["flow style first, block style after", "{a: 1}\n---\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["JSON first, YAML after", '{"a": 1}\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ["a list in flow style first", "[1]\n---\nb: 2\n", [[1], { b: 2 }]],
    ["JSON values in a row", '{"a": 1}\n{"a": "}{"}\n[2]', [{ a: 1 }, { a: "}{" }, [2]]],
    ["JSON values on one line", '{"a": 1}{"b": 2}\n', [{ a: 1 }, { b: 2 }]],
    ["brackets in the strings of flow style", "{a: '}{'}\n", [{ a: "}{" }]],
  ])("%s", (_, text, wanted) => {
    expect(values(text)).toEqual(wanted);
  });

  test("duplicate keys are found after a document in flow style", () => {
    expect(parseText("{a: 1}\n---\nb: 2\nb: 3\n", "x.yaml").duplicates).toEqual([
      { document: 1, path: "b", key: "b", line: 4, firstLine: 3 },
    ]);
  });

  test("JSON values in a row keep their lines", () => {
    const text = '{\n  "a": 1\n}\n  {\n  "b": 2\n}\n';
    expect(asYaml(text).split("\n")).toHaveLength(text.split("\n").length);
    expect(new Positions(text).lineOf(1, "b")).toBe(5);
  });
});

test("the booleans of YAML 1.1 are booleans, quoted ones are text", () => {
  expect(values("[yes, No, ON, off, y, true, \"yes\", 'off', yesterday]\n")).toEqual([
    [true, false, true, false, true, true, "yes", "off", "yesterday"],
  ]);
});

test("tags that nobody knows leave their value", () => {
  expect(values("a: !Ref b\nc: !GetAtt [d, e]\nf: !Sub { g: 1 }\nh: !!timestamp 2026-01-01\n")).toEqual([
    { a: "b", c: ["d", "e"], f: { g: 1 }, h: "2026-01-01" },
  ]);
});

describe("what cannot be read to its end is refused with the file", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  const laughs = [
    "a0: &a0 [x]",
    ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
  ];

  test.each<[string, string, string]>([
    [
      "an anchor within itself",
      "a: &x\n  b: *x\n",
      "x.yaml: cannot be read: an anchor holds an alias of itself",
    ],
    ["deep JSON", nested(100_000), "x.yaml: cannot be read: nested more than 500 levels deep"],
    ["deep YAML", `a: ${nested(5000)}`, "x.yaml:1: cannot be read: nesting exceeded"],
    ["aliases of aliases", laughs.join("\n"), "x.yaml: cannot be read: its aliases come to more than"],
    ["an error behind a duplicate key", "a: 1\na: 2\nb: [\n", "x.yaml:4: cannot be read"],
  ])("%s", (_, text, wanted) => {
    expect(() => parseText(text, "x.yaml")).toThrow(Failure);
    expect(() => parseText(text, "x.yaml")).toThrow(wanted);
  });

  test("what is merely deep or used twice is read", () => {
    expect(values(nested(490))).toHaveLength(1);
    expect(values(`a: ${nested(450)}`)).toHaveLength(1);
    expect(values("a: &x { b: 1 }\nc: *x\nd: { <<: *x }\n")).toEqual([
      { a: { b: 1 }, c: { b: 1 }, d: { b: 1 } },
    ]);
  });
});
