import { asMergePatch, mergeInto } from "./merge";

test("a patch is applied without what names its object", () => {
  const patch = asMergePatch({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop", annotations: { gone: null, kept: "x" } },
    spec: { externalTrafficPolicy: "Cluster", healthCheckNodePort: null },
  });
  const object: Record<string, unknown> = {
    metadata: { name: "web-1a2b", annotations: { gone: "1", other: "2" } },
    spec: { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30081 },
  };
  if (patch) mergeInto(object, patch);
  expect(object).toEqual({
    metadata: { name: "web-1a2b", annotations: { other: "2", kept: "x" } },
    spec: { type: "LoadBalancer", externalTrafficPolicy: "Cluster" },
  });
});

test("maps that are missing are made", () => {
  const object: Record<string, unknown> = {};
  mergeInto(object, { metadata: { annotations: { a: "b" } } });
  expect(object).toEqual({ metadata: { annotations: { a: "b" } } });
});

test.each([
  ["a list", { spec: { ports: [{ port: 80 }] } }],
  ["no map", "Service"],
  ["nothing", undefined],
])("a patch with %s is none that can be applied by itself", (_, document) => {
  expect(asMergePatch(document)).toBeUndefined();
});
