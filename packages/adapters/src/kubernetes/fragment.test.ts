import { unknownAt } from "@evenkeel/core/model";
import { readKubernetes } from "../join/kubernetes";
import { problemText } from "../problem";
import { isFragment } from "./fragment";
import { openObject } from "./object";

const service = (spec: unknown, more: object = {}, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", ...metadata },
  ...(spec === undefined ? {} : { spec }),
  ...more,
});

test.each<[string, object, boolean]>([
  ["a policy alone", service({ externalTrafficPolicy: "Local" }), true],
  ["annotations alone", service(undefined, {}, { annotations: { a: "b" } }), true],
  ["what calls itself a patch", service({ ports: [{ port: 80 }] }, { $patch: "replace" }), true],
  ["a Service with ports", service({ ports: [{ port: 80 }] }), false],
  ["a Service of a type that lacks its ports", service({ type: "LoadBalancer" }), false],
  ["a name elsewhere", service({ externalName: "example.org" }), false],
  ["what a cluster holds", service({ sessionAffinity: "None" }, {}, { uid: "1" }), false],
  ["a spec that is not known", service(unknownAt("spec")), false],
  ["a spec that is no map", service("oops"), false],
])("%s", (_name, object, expected) => {
  const opened = openObject({ object });
  expect(opened && isFragment(opened)).toBe(expected);
});

test("a resource of a program is whole", () => {
  const opened = openObject({
    object: service({}),
    urn: "urn:pulumi:dev::shop::kubernetes:core/v1:Service::web",
  });
  expect(opened && isFragment(opened)).toBe(false);
});

test("it is no Service, and is said to be none", () => {
  const { exposures, problems } = readKubernetes([
    { object: service({ externalTrafficPolicy: "Local" }), source: { file: "prod/patch.yaml", document: 0 } },
    { object: service({ ports: [{ port: 80 }] }) },
  ]);
  expect(exposures).toHaveLength(1);
  expect(problems.map(problemText)).toEqual([
    "prod/patch.yaml: Service shop/web: a part of a Service, which looks like a patch; wanted the whole object: render it first (kubectl kustomize)",
  ]);
});
