import fc from "fast-check";
import { Failure } from "../failure";
import { streamJson } from "./json-stream";

/** The text in chunks that end anywhere, also within a character. */
async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  let from = 0;
  for (let index = 0; from < bytes.length; index += 1) {
    const to = from + (sizes[index % sizes.length] ?? 1);
    yield bytes.subarray(from, to);
    from = to;
  }
}

const read = (text: string, sizes: readonly number[] = [7]) =>
  streamJson(cut(text, sizes), "dump.json", (one) => one);

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const anything = fc.jsonValue({ maxDepth: 4 });
const value = fc.oneof(
  fc.record({ kind: fc.constant("List"), items: fc.array(anything), metadata: anything }),
  fc.array(anything),
  fc.dictionary(fc.oneof(fc.constantFrom("items", '"items":[', "a"), fc.string()), anything),
  // As kubectl writes it, with a list that only looks like the list.
  fc.record({ status: fc.record({ items: fc.array(anything) }), items: fc.array(anything) }),
);

test("whatever stands in the values and wherever the chunks end, they read as JSON.parse reads them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 4 }),
      sizes,
      fc.constantFrom(undefined, 1, 4),
      fc.constantFrom("", " ", "\n"),
      async (values, chunks, indent, between) => {
        const text = values.map((one) => JSON.stringify(one, null, indent)).join(between);
        // -0 is written as 0.
        expect(await read(text, chunks)).toEqual(JSON.parse(JSON.stringify(values)));
      },
    ),
  );
});

test("a text from which something is missing is refused as JSON.parse refuses it", async () => {
  await fc.assert(
    fc.asyncProperty(value, fc.nat(), fc.nat({ max: 3 }), sizes, async (one, where, length, chunks) => {
      const text = JSON.stringify(one);
      const at = where % text.length;
      const broken = text.slice(0, at) + text.slice(at + length + 1);
      if (/^\s*[[{]/.test(broken) && isJson(broken)) {
        expect(await read(broken, chunks)).toEqual([JSON.parse(broken)]);
      } else if (broken !== "" && !mayBeSeveral(broken)) {
        await expect(read(broken, chunks)).rejects.toThrow(Failure);
      }
    }),
  );
});

test("elements are handed out as they come, with the text before their list; what they become stands in their place", async () => {
  const seen: [unknown, string][] = [];
  const [list, plain] = await streamJson(
    cut('{"kind":"PodList","items":[{"a":1}, {"b":[2]}],"metadata":{"items":[3]}}[4, 5]', [5]),
    "-",
    (one, before) => {
      seen.push([one, before]);
      return seen.length;
    },
  );
  expect(seen).toEqual([
    [{ a: 1 }, '{"kind":"PodList","items":['],
    [{ b: [2] }, '{"kind":"PodList","items":['],
    [4, "["],
    [5, "["],
  ]);
  expect(list).toEqual({ kind: "PodList", items: [1, 2], metadata: { items: [3] } });
  expect(plain).toEqual([3, 4]);
});

test("of two lists of one name the last counts, as in JSON.parse", async () => {
  const text = '{"items":[1],"items":[2,3]}';
  expect(await read(text)).toEqual([JSON.parse(text)]);
});

test.each([
  ["ends early", '{"items":[{"a":1},{"b', /ends in the middle/],
  ["an entry that is none", '{"items":[{"a":1},{"b":}]}', /entry 1 is no JSON/],
  ["a comma too many", '{"items":[1,]}', /it is no JSON/],
  ["a comma too few", '{"items":[{"a":1}{"b":2}]}', /entry 0 is no JSON/],
  ["brackets of two kinds", '{"items":[1}]', /no JSON|middle/],
  ["one bracket too many", "[1]]", /never opened/],
  ["something behind", "[1] and so on", /after the last value/],
])("%s: said with the file", async (_name, text, reason) => {
  await expect(read(text)).rejects.toThrow(
    /^dump\.json: cannot be read: .*; wanted JSON as kubectl prints it$/,
  );
  await expect(read(text)).rejects.toThrow(reason);
});

test("an entry that cannot be read is not quoted: it may hold a secret", async () => {
  await expect(read('{"items":[{"password":"hunter2"x}]}')).rejects.not.toThrow(/hunter2/);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What is left may by chance be several values, one after the other. */
function mayBeSeveral(text: string): boolean {
  return /[\]}]\s*[[{]/.test(text) || !/^\s*[[{]/.test(text);
}
