import { unknownCheckingProxy } from "@pulumi/policy";
import { unknownAt } from "@evenkeel/core/model";
import { plainProperties } from "./plain";

/** What the Node SDK puts in place of a value that is not known. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function proxied(properties: object): Record<string, unknown> {
  return unknownCheckingProxy(properties);
}

describe("properties as policies receive them", () => {
  test("each unknown value is a record with its path; its neighbours are as they were", () => {
    const properties = proxied({
      spec: { type: "LoadBalancer", ports: [{ port: 80, nodePort: UNKNOWN }, UNKNOWN, { port: 443 }] },
      metadata: { annotations: { "a.b/c": UNKNOWN, other: null } },
      id: UNKNOWN,
    });
    expect(plainProperties(properties)).toEqual({
      spec: {
        type: "LoadBalancer",
        ports: [
          { port: 80, nodePort: unknownAt("spec.ports[0].nodePort") },
          unknownAt("spec.ports[1]"),
          { port: 443 },
        ],
      },
      metadata: { annotations: { "a.b/c": unknownAt('metadata.annotations["a.b/c"]'), other: null } },
      id: unknownAt("id"),
    });
  });

  test("an unknown value has the origin of the property that it is part of", () => {
    const origin = { resource: "urn:pulumi:dev::p::kubernetes:core/v1:Service::web" };
    const plain = plainProperties(proxied({ port: UNKNOWN, healthCheck: { port: UNKNOWN } }), (property) =>
      property === "healthCheck" ? origin : undefined,
    );
    expect(plain).toEqual({
      port: unknownAt("port"),
      healthCheck: { port: unknownAt("healthCheck.port", origin) },
    });
  });

  test("a member called __proto__ is a member", () => {
    const plain = plainProperties(proxied(JSON.parse('{"spec":{"__proto__":{"x":1}}}')));
    expect(Object.keys(plain["spec"] as object)).toEqual(["__proto__"]);
  });

  test("an error that is not about an unknown value is not swallowed", () => {
    const properties = {
      get port(): number {
        throw new TypeError("nothing to read");
      },
    };
    expect(() => plainProperties(properties)).toThrow("nothing to read");
  });
});
