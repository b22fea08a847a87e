import { unknownAt } from "@evenkeel/core/model";
import { fromWire, settled, UNKNOWN_SENTINELS } from "./wire";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (rest: object) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ...rest });
const [sentinel = ""] = UNKNOWN_SENTINELS;

test("sentinels are unknown, each at its own path", () => {
  expect(fromWire({ spec: { ports: [{ port: 80 }, { port: sentinel }] } })).toEqual({
    spec: { ports: [{ port: 80 }, { port: unknownAt("spec.ports[1].port") }] },
  });
  expect(UNKNOWN_SENTINELS.size).toBe(7);
});

const hidden = (path: string) => ({ ...unknownAt(path), secret: true });

test("of a secret only what tells nothing is read", () => {
  const plain = (value: unknown) => secret({ plaintext: JSON.stringify(value) });
  const over = (value: unknown) => secret({ value });
  for (const wrap of [plain, over]) {
    expect(
      fromWire({
        externalTrafficPolicy: wrap("Local"),
        internalTrafficPolicy: wrap("hunter2"),
        allocateLoadBalancerNodePorts: wrap(false),
        ports: [{ protocol: wrap("UDP"), port: wrap(31999), name: wrap("TCP") }],
        loadBalancerSourceRanges: [wrap("hunter2")],
        metadata: { annotations: { "a.b/c": wrap("true") }, labels: wrap({ hunter2: "x" }) },
      }),
    ).toEqual({
      externalTrafficPolicy: "Local",
      internalTrafficPolicy: hidden("internalTrafficPolicy"),
      allocateLoadBalancerNodePorts: false,
      ports: [{ protocol: "UDP", port: hidden("ports[0].port"), name: hidden("ports[0].name") }],
      loadBalancerSourceRanges: [hidden("loadBalancerSourceRanges[0]")],
      metadata: {
        annotations: { "a.b/c": hidden("metadata.annotations.a.b/c") },
        labels: hidden("metadata.labels"),
      },
    });
  }
});

test("secrets that are encrypted, blanked out or no JSON; one that is not known yet", () => {
  expect(fromWire({ a: secret({ value: sentinel }) })).toEqual({ a: unknownAt("a") });
  expect(fromWire({ a: secret({ ciphertext: "v1:xxxx" }) })).toEqual({ a: hidden("a") });
  expect(fromWire({ a: "[secret]" })).toEqual({ a: hidden("a") });
  expect(fromWire({ a: secret({ plaintext: "no json" }) })).toEqual({ a: undefined });
});

test("output values, references to resources, and assets", () => {
  const special = (kind: string, rest: object) => ({ [SIGNATURE]: kind, ...rest });
  expect(fromWire({ a: special("d0e6a833031e9bbcd3f4e8bde6ca49a4", { value: 5 }) })).toEqual({ a: 5 });
  expect(fromWire({ a: special("d0e6a833031e9bbcd3f4e8bde6ca49a4", {}) })).toEqual({ a: unknownAt("a") });
  expect(fromWire({ a: special("5cf8f73096256a8f31e491e813e4eb8e", { urn: "urn:x", id: "" }) })).toEqual({
    a: "urn:x",
  });
  expect(fromWire({ a: special("c44067f5952c0a294b673a41bacd8c17", { text: "t" }) })).toEqual({
    a: undefined,
  });
});

test.each([
  ["an output that is known wins", { a: 2 }, { a: 1 }, { a: 2 }],
  ["what is not computed has the input", { a: unknownAt("a") }, { a: 1 }, { a: 1 }],
  [
    "an unknown input stays unknown",
    { a: unknownAt("a") },
    { a: unknownAt("a", { resource: "urn" }) },
    { a: unknownAt("a", { resource: "urn" }) },
  ],
  ["what nobody wrote is left out", { a: unknownAt("a"), b: 1 }, {}, { b: 1 }],
  ["in depth", { a: { b: unknownAt("a.b"), c: unknownAt("a.c") } }, { a: { b: 1 } }, { a: { b: 1 } }],
  ["a secret answer hides a plain input", { a: hidden("a") }, { a: "hunter2" }, { a: hidden("a") }],
  ["and is no default where nobody wrote it", { a: hidden("a") }, {}, { a: hidden("a") }],
  ["inputs that were not answered stay", {}, { a: 1 }, { a: 1 }],
])("outputs over inputs: %s", (_name, outputs, inputs, expected) => {
  expect(settled(outputs, inputs)).toEqual(expected);
});
