import { inspect } from "node:util";
import fc from "fast-check";
import { asOutputs, dependenciesOf, withDependencies, withoutOutputs, withoutReferences } from "./outputs";
import {
  Asset,
  containsSecrets,
  containsUnknowns,
  isMap,
  OutputValue,
  ResourceReference,
  reveal,
  secret,
  Secret,
  secretPaths,
  unknown,
  Unknown,
  unknownPaths,
  type PropertyMap,
  type PropertyValue,
} from "./property";
import { decode, decodeMap, encode, encodeMap, type WireMap } from "./wire";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

const key = fc.string({ maxLength: 6 }).filter((text) => text !== "__proto__" && text !== SIGNATURE);
const { value } = fc.letrec<{ value: PropertyValue; map: PropertyMap }>((tie) => ({
  map: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<PropertyValue>(null, true, false, unknown),
    // JSON has no negative zero.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string(),
    fc.string().map((urn) => new ResourceReference(`urn:${urn}`, unknown)),
    fc.string({ minLength: 1 }).map((id) => new ResourceReference("urn:a", id, "1.0.0")),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("map"),
    tie("value").map(secret),
    fc.tuple(tie("value"), fc.boolean()).map(([item, hidden]) => new OutputValue(item, hidden, ["urn:b"])),
  ),
}));

describe("on the wire", () => {
  test("every value survives, if dependencies and references are kept", () => {
    fc.assert(
      fc.property(value, (item) => {
        const wire = JSON.parse(JSON.stringify(encode(item, { outputs: true, references: true })));
        expect(decode(wire)).toEqual(item);
      }),
    );
  });

  test("an unknown output value has no value; one that is secret without dependencies is a secret elsewhere", () => {
    expect(decode({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", secret: true })).toEqual(
      new OutputValue(undefined, true, []),
    );
    expect(encode(new OutputValue(undefined, true, ["urn:a"]))).toEqual(encode(secret(unknown)));
  });

  test("each sentinel for an unknown value of some type is read", () => {
    for (const sentinel of [
      "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
      "030794c1-ac77-496b-92df-f27374a8bd58",
      "e48ece36-62e2-4504-bad9-02848725956a",
      "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ])
      expect(decode(sentinel)).toBe(unknown);
  });

  test("references become the id, or the URN of what has none", () => {
    const map = {
      a: new ResourceReference("urn:a", "1"),
      b: new ResourceReference("urn:b"),
      c: new ResourceReference("urn:c", unknown),
    };
    expect(encodeMap(map)).toEqual({ a: "1", b: "urn:b", c: encode(unknown) });
    expect(withoutReferences(map)).toEqual({ a: "1", b: "urn:b", c: unknown });
    expect(decode({ [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:a", id: "" })).toEqual(
      new ResourceReference("urn:a", unknown),
    );
  });

  test("an asset of text has the hash of its text", () => {
    const wire: WireMap = { asset: { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "abc" } };
    const { asset } = decodeMap(wire);
    expect(asset).toBeInstanceOf(Asset);
    expect(asset).toMatchObject({
      fields: { text: "abc", hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    });
    expect(encode(asset ?? null)).toMatchObject({
      [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17",
      text: "abc",
    });
  });

  test("a signature that is not known is an error", () => {
    expect(() => decode({ [SIGNATURE]: "new" })).toThrow("a property carries the signature new");
  });
});

describe("dependencies", () => {
  test("are attached to properties, found again, and go with the output values", () => {
    const map = withDependencies({ a: { b: unknown }, c: secret(1), d: 2 }, { a: ["urn:x"], c: ["urn:y"] });
    expect(dependenciesOf(map["a"] ?? null)).toEqual(["urn:x"]);
    expect(dependenciesOf(map["c"] ?? null)).toEqual(["urn:y"]);
    expect(map["d"]).toBe(2);
    expect(withoutOutputs(map)).toEqual({ a: { b: unknown }, c: secret(1), d: 2 });
  });

  test("whatever is shown to a transform and comes back is what it was", () => {
    const plain = value.filter(
      (item) => JSON.stringify(encode(item, { outputs: true })).includes("d0e6a833") === false,
    );
    fc.assert(fc.property(plain, (item) => expect(withoutOutputs(asOutputs({ item }))).toEqual({ item })));
  });
});

describe("secrets and unknown values", () => {
  const map: PropertyMap = { a: [1, { "b.c": secret({ d: unknown }) }], e: { f: unknown }, g: "x" };

  test("are found by path", () => {
    expect(secretPaths(map)).toEqual(['a[1]["b.c"]']);
    expect(unknownPaths(map)).toEqual(['a[1]["b.c"].d', "e.f"]);
    expect(containsSecrets(map)).toBe(true);
    expect(containsUnknowns({ g: "x" })).toBe(false);
  });

  test("revealed at any depth, nothing is secret", () => {
    fc.assert(
      fc.property(
        value,
        (item) =>
          !JSON.stringify(encode(reveal(item))).includes("1b47061264138c4ac30d75fd1eb44270") ||
          containsSecretOutput(item),
      ),
    );
  });

  test("of a secret there is one layer", () => {
    expect(secret(secret(1))).toEqual(new Secret(1));
  });

  test("neither text nor JSON shows a secret", () => {
    expect(inspect({ a: secret("hidden") })).toBe("{ a: [secret] }");
    expect(JSON.stringify({ a: secret("hidden"), b: unknown })).toBe('{"a":"[secret]","b":"<unknown>"}');
    expect(inspect({ b: unknown })).toBe("{ b: <unknown> }");
  });

  test("only plain records are maps", () => {
    expect(
      [{}, [], null, unknown, secret({}), new ResourceReference("u"), new Asset("asset", {})].map((item) =>
        isMap(item),
      ),
    ).toEqual([true, ...Array.from({ length: 6 }, () => false)]);
    expect(new Unknown()).toEqual(unknown);
  });
});

function containsSecretOutput(item: PropertyValue): boolean {
  return JSON.stringify(encode(item, { outputs: true })).includes("d0e6a833");
}
