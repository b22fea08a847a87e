import * as fc from "fast-check";
import { unknownCheckingProxy } from "@pulumi/policy";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_SENTINELS } from "@evenkeel/adapters";
import { unknownAt } from "@evenkeel/core/model";
import { secret, UNKNOWN } from "../../test/wire";
import { plainProperties, type PlainMap } from "./plain";
import { plainStruct } from "./wire";

/** The SDK's own, which its declarations leave out. */
const { deserializeProperties } = jest.requireActual<{
  deserializeProperties(properties: Struct, proxiesSecrets: boolean): Record<string, unknown>;
}>("@pulumi/policy/deserialize");

function struct(properties: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
}

/** By way of the SDK: what a policy is given, read as policies are read. */
function asPoliciesSee(properties: object): PlainMap {
  return plainProperties(unknownCheckingProxy(deserializeProperties(struct(properties), false)));
}

const key = fc.oneof(fc.constantFrom("spec", "a.b/c", "ports", "toString"), fc.string({ maxLength: 4 }));
// A message of google-protobuf cannot hold a key `__proto__`.
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, 0, -1.5, "", "text", ...UNKNOWN_SENTINELS),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      key.filter((name) => name !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
    tie("value").map(secret),
  ),
}));

test("what a request holds is read as what the SDK makes of it", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        key.filter((name) => name !== "__proto__"),
        json,
        { maxKeys: 4 },
      ),
      (properties) => {
        expect(plainStruct(struct(properties))).toEqual(asPoliciesSee(properties));
      },
    ),
    { numRuns: 1000 },
  );
});

test("an unknown value has its path, and the origin of the property that it is part of", () => {
  const origin = { resource: "urn:pulumi:dev::p::kubernetes:core/v1:Service::web" };
  const given = struct({ port: UNKNOWN, healthCheck: { port: secret(UNKNOWN), tags: [{ "a.b": UNKNOWN }] } });
  expect(plainStruct(given, (property) => (property === "healthCheck" ? origin : undefined))).toEqual({
    port: unknownAt("port"),
    healthCheck: {
      port: unknownAt("healthCheck.port", origin),
      tags: [{ "a.b": unknownAt('healthCheck.tags[0]["a.b"]', origin) }],
    },
  });
});

test("an asset is left out", () => {
  const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" };
  expect(plainStruct(struct({ code: asset, name: "f" }))).toEqual({ name: "f" });
});
