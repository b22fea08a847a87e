import { unknownAt } from "@evenkeel/core/model";
import { readPulumiDocument } from "../join/pulumi";
import { documentResources, isPulumiDocument } from "./document";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const service = {
  urn: "urn:pulumi:dev::shop::kubernetes:core/v1:Service::web",
  custom: true,
  type: "kubernetes:core/v1:Service",
  inputs: {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "evenkeel.io/unmanaged",
      ports: [{ port: 80 }],
      externalTrafficPolicy: "Local",
    },
  },
};
const group = {
  urn: "urn:pulumi:dev::shop::aws:lb/targetGroup:TargetGroup::web",
  custom: true,
  type: "aws:lb/targetGroup:TargetGroup",
  inputs: { __defaults: ["targetType"], port: UNKNOWN, protocol: "TCP", targetType: "instance" },
  outputs: { port: UNKNOWN, protocol: "TCP", targetType: "instance", arn: UNKNOWN, healthCheck: UNKNOWN },
  dependencies: [service.urn],
  propertyDependencies: { port: [service.urn] },
};
const component = {
  urn: "urn:pulumi:dev::shop::acme:index:Thing::thing",
  custom: false,
  type: "acme:index:Thing",
  inputs: { a: 1 },
  outputs: { b: 2 },
};

const state = { version: 3, deployment: { manifest: {}, resources: [service, group, component] } };
const preview = {
  config: {},
  steps: [
    { op: "create", urn: service.urn, newState: service },
    { op: "create-replacement", urn: group.urn, oldState: group, newState: group },
    { op: "delete-replaced", urn: group.urn, oldState: group },
    { op: "same", urn: component.urn, oldState: component, newState: component },
  ],
  changeSummary: { create: 2 },
};

test.each([
  ["a state", state],
  ["a preview", preview],
  ["a file of the local backend", { version: 3, checkpoint: { stack: "dev", latest: state.deployment } }],
])("%s is read as its resources", (_name, document) => {
  expect(isPulumiDocument(document)).toBe(true);
  expect(documentResources(document).map(({ name, type }) => `${type} ${name}`)).toEqual([
    "kubernetes:core/v1:Service web",
    "aws:lb/targetGroup:TargetGroup web",
    "acme:index:Thing thing",
  ]);
});

test("other documents are none", () => {
  for (const other of [
    undefined,
    null,
    [],
    {},
    { deployment: [] },
    { deployment: { resources: 5 } },
    "text",
  ]) {
    expect(isPulumiDocument(other)).toBe(false);
    expect(documentResources(other)).toEqual([]);
  }
});

test("outputs where there are any, inputs beside them, a component by its arguments", () => {
  const [first, second, third] = documentResources(state);
  expect(first?.properties).toEqual(service.inputs);
  expect(second?.properties).toMatchObject({ healthCheck: unknownAt("healthCheck") });
  expect(second?.inputs).toMatchObject({ port: unknownAt("port") });
  expect(third?.properties).toEqual({ a: 1 });
});

test("of one provider instance, whatever its id is going to be", () => {
  const east = "urn:pulumi:dev::shop::pulumi:providers:kubernetes::east";
  const ids = ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", "1f2e"].map((id) => ({
    ...service,
    provider: `${east}::${id}`,
  }));
  expect(documentResources({ deployment: { resources: ids } }).map(({ provider }) => provider)).toEqual([
    east,
    east,
  ]);
});

test("what is only waiting to be deleted is gone", () => {
  expect(documentResources({ deployment: { resources: [{ ...service, delete: true }] } })).toEqual([]);
});

test("a preview joins: the Service behind the target group, and a health check that nobody wrote", () => {
  const { exposures, unjoined } = readPulumiDocument(preview);
  expect(unjoined).toEqual([]);
  expect(exposures[0]?.fronts).toMatchObject([
    {
      servicePort: 80,
      targetPort: { value: { unknown: true, origin: { resource: service.urn } } },
      healthCheck: { protocol: { value: "TCP", by: "default" } },
    },
  ]);
});

test("a Service of another state, with --with", () => {
  const alone = {
    deployment: {
      resources: [{ ...group, inputs: { ...group.inputs, tags: { "evenkeel.io/service": "shop/web" } } }],
    },
  };
  const other = { deployment: { resources: [service] } };
  expect(readPulumiDocument(alone).unjoined).toHaveLength(1);
  expect(readPulumiDocument(alone, { joinWith: [other] }).exposures).toHaveLength(1);
});

test("an encrypted secret is not known, and its text is nowhere", () => {
  const sealed = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:hunter2",
  };
  const secretive = {
    ...service,
    inputs: { ...service.inputs, spec: { ...service.inputs.spec, externalTrafficPolicy: sealed } },
  };
  const reading = readPulumiDocument({ deployment: { resources: [secretive] } });
  expect(reading.exposures[0]?.service.externalTrafficPolicy).toMatchObject({
    unknown: true,
    path: "spec.externalTrafficPolicy",
  });
  expect(JSON.stringify(reading)).not.toContain("hunter2");
});

test.each([
  ["inputs", "plaintext", JSON.stringify("hunter2")],
  ["outputs", "plaintext", JSON.stringify({ hunter2: ["hunter2"] })],
  ["outputs", "value", "hunter2"],
])("no secret text of %s (%s) is in what is read", (side, key, text) => {
  const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    [key]: text,
  };
  const { inputs } = service;
  const properties = {
    ...inputs,
    metadata: { name: secret, namespace: "shop", annotations: { note: secret }, labels: { app: secret } },
    spec: {
      ...inputs.spec,
      externalTrafficPolicy: secret,
      selector: { app: secret },
      loadBalancerSourceRanges: [secret],
      ports: [{ port: 80, name: secret, targetPort: secret }],
    },
  };
  const probed = { ...group, inputs: { ...group.inputs, healthCheck: { path: secret, protocol: secret } } };
  const resources = [
    { ...service, [side]: properties },
    { ...probed, outputs: {} },
  ];
  const {
    exposures,
    unjoined,
    resources: single,
    problems,
  } = readPulumiDocument({ deployment: { resources } });
  expect([...exposures, ...unjoined].length).toBeGreaterThan(0);
  expect(JSON.stringify({ exposures, unjoined, single, problems })).not.toContain("hunter2");
});
