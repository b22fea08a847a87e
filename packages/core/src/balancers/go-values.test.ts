import fc from "fast-check";
import {
  parseBool,
  parseInt32,
  parseInt64,
  parseStringList,
  parseStringMap,
  parseWrappedInt32,
  trimSpace,
} from "./go-values";

test.each([
  ["1", true],
  ["T", true],
  ["True", true],
  ["0", false],
  ["FALSE", false],
  ["tRUE", undefined],
  ["yes", undefined],
  [" true", undefined],
  ["", undefined],
])("strconv.ParseBool(%j) is %j", (raw, value) => expect(parseBool(raw)).toBe(value));

test.each([
  ["10", 10],
  ["+10", 10],
  ["-1", -1],
  ["010", 10],
  ["2147483647", 2147483647],
  ["2147483648", undefined],
  ["1e1", undefined],
  ["0x10", undefined],
  ["1_0", undefined],
  [" 10", undefined],
  ["10s", undefined],
  ["", undefined],
  ["+", undefined],
])("strconv.ParseInt(%j, 10, 32) is %j", (raw, value) => expect(parseInt32(raw)).toBe(value));

test("a 64-bit number wraps around when put into 32 bits, and more than 64 bits are none", () => {
  expect(parseWrappedInt32("99999999999")).toBe(1215752191);
  expect(parseWrappedInt32("-1")).toBe(-1);
  expect(parseWrappedInt32("9223372036854775808")).toBeUndefined();
  expect(parseInt64("9223372036854775807")).toBe(9223372036854775807n);
});

test.each([
  ["a=b", { a: "b" }],
  ["a=b,c=d", { a: "b", c: "d" }],
  [" a = b , c = d ", { a: "b", c: "d" }],
  ["a=b=c", { a: "b=c" }],
  ["a=", { a: "" }],
  ["a=1,a=2", { a: "2" }],
  ["a=x\\,y,c=d", { a: "x,y", c: "d" }],
  ["a=b,", { a: "b," }],
  ["", {}],
  ["a", undefined],
  ["=b", undefined],
  ["a=b,c", undefined],
  ["a=b,,c=d", undefined],
])("the map %j is %j", (raw, map) => expect(parseStringMap(raw)).toEqual(map));

test("a list is trimmed and has no empty entries", () => {
  expect(parseStringList(" a, b ,,c,")).toEqual(["a", "b", "c"]);
  expect(parseStringList("")).toEqual([]);
});

test("a byte order mark is no white space to Go, and U+0085 is", () => {
  expect(trimSpace("\ufeffa\u0085")).toBe("\ufeffa");
});

test("whatever the text, parsing returns", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (raw) => {
      for (const parse of [
        parseBool,
        parseInt32,
        parseInt64,
        parseWrappedInt32,
        parseStringMap,
        parseStringList,
      ])
        parse(raw);
    }),
  );
});
