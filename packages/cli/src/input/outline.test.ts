import fc from "fast-check";
import { dump } from "js-yaml";
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, stringify, type Node } from "yaml";
import { outlinesOf, type Outline } from "./outline";

/** Every key and item with its line, by the other parser. */
function linesOf(text: string): readonly string[] {
  const counter = new LineCounter();
  const found: string[] = [];
  const lineOf = (node: Node): number => counter.linePos(node.range?.[0] ?? 0).line;
  const walk = (node: Node | null, path: string): void => {
    if (isSeq<Node>(node))
      node.items.forEach((item, index) => {
        found.push(`${path}[${index}] ${lineOf(item)}`);
        walk(item, `${path}[${index}]`);
      });
    if (!isMap<Node, Node>(node)) return;
    const last = new Map(node.items.map((pair) => [isScalar(pair.key) ? pair.key.value : "", pair]));
    for (const [key, pair] of last) {
      if (typeof key !== "string") continue;
      found.push(`${path}.${key} ${lineOf(pair.key)}`);
      walk(pair.value, `${path}.${key}`);
    }
  };
  parseAllDocuments(text, { uniqueKeys: false, lineCounter: counter, logLevel: "silent" }).forEach(
    ({ contents }, index) => walk(contents, `${index}`),
  );
  return found.sort();
}

function outlined(outlines: readonly Outline[]): readonly string[] {
  const found: string[] = [];
  const walk = ({ pairs, items }: Outline, path: string): void => {
    items?.forEach((item, index) => {
      found.push(`${path}[${index}] ${item.line}`);
      walk(item, `${path}[${index}]`);
    });
    for (const [key, { line, value }] of pairs ?? []) {
      found.push(`${path}.${key} ${line}`);
      walk(value, `${path}.${key}`);
    }
  };
  outlines.forEach((outline, index) => walk(outline, `${index}`));
  return found.sort();
}

const key = fc
  .stringMatching(/^[a-zA-Z][a-zA-Z0-9./-]{1,9}$/)
  .filter((one) => !/^(yes|no|on|off|true|false)$/i.test(one));
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(
      fc.string(),
      fc.lorem({ maxCount: 30 }),
      fc.constantFrom("first\nsecond\n", "a: b", "- x", "# no comment", "{}", "80", "~"),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(key, tie("node"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).node;
const object = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

/** One text for the object, in a style of several. */
const text = fc
  .tuple(fc.array(object, { minLength: 1, maxLength: 3 }), fc.nat({ max: 4 }))
  .map(([all, style]) => {
    const written = (one: unknown): string => {
      if (style === 0) return dump(one);
      if (style === 1) return dump(one, { flowLevel: 2, lineWidth: 30 });
      if (style === 2) return stringify(one, { indentSeq: false });
      if (style === 3) return stringify(one, { collectionStyle: "flow", lineWidth: 30 });
      return stringify(one, { lineWidth: 20, blockQuote: "folded" });
    };
    return all.map((one) => `# a comment\n\n${written(one)}`).join("---\n");
  });

test("lines are those of the slower parser, whatever the style", () => {
  let told = 0;
  fc.assert(
    fc.property(text, (one) => {
      const outlines = outlinesOf(one);
      if (!outlines) return;
      told += 1;
      expect(outlined(outlines)).toEqual(linesOf(one));
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(450);
});

const MANIFEST = `
# anchors, merge keys, tags, explicit keys, empty values
base: &base {a: 1, b: [x, y]}
merged:
  <<: *base
  c: 3
alias: *base
? explicit
: value
tagged: !Ref thing
empty:
twice: 1
list:
  - name: x
    value: |
      - not: an item
  -
    name: y
twice: 2
`;

test("what is written in unusual ways has the same lines, or none of its own", () => {
  const [outline] = outlinesOf(MANIFEST) ?? [];
  const lines = [...(outline?.pairs ?? [])].map(([name, { line }]) => [name, line]);
  expect(lines).toEqual([
    ["base", 3],
    ["merged", 4],
    ["alias", 7],
    ["explicit", 8],
    ["tagged", 10],
    ["empty", 11],
    ["twice", 19],
    ["list", 13],
  ]);
  expect(outline?.pairs?.get("alias")?.value.pairs).toBeUndefined();
  expect(outline?.pairs?.get("list")?.value.items?.map(({ line }) => line)).toEqual([14, 18]);
});

test.each([
  ["a key without a value in a flow map", "a: {b, c: 1}\n"],
  ["not a number, which is not itself", "a: .nan\n"],
  ["no YAML", "a: [\n"],
])("%s is left to the slower parser", (_, one) => {
  expect(outlinesOf(one)).toBeUndefined();
});
