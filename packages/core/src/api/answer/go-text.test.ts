import fc from "fast-check";
import { byteLength, exceeds, toLower } from "./go-text";

const text = fc.string({ unit: "binary" });
const halves = fc
  .array(fc.integer({ min: 0xd7ff, max: 0xe000 }))
  .map((units) => String.fromCharCode(...units));

test("bytes are those of UTF-8, whatever stands in a text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        halves,
        fc.tuple(text, halves).map((both) => both.join("")),
      ),
      (some) => {
        expect(byteLength(some)).toBe(Buffer.byteLength(some));
        for (const limit of [0, 1, 2, 3, 15, Buffer.byteLength(some)])
          expect(exceeds([some, "a"], limit)).toBe(Buffer.byteLength(some) + 1 > limit);
      },
    ),
  );
});

test("each code point is made small by itself and into one", () => {
  expect(toLower("Example.COM/İΑΣ")).toBe("example.com/iας".replace("ς", "σ"));
});
