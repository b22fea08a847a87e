import { readKubernetes, readPulumiDocument } from "@evenkeel/adapters";
import type { Finding } from "@evenkeel/core/model";
import { CATALOGUE, check, readEnforcement } from "..";
import { deployment, LOCAL, webService } from "../examples";

const enforcement = readEnforcement({ today: "2026-11-22" }, []).value;

function refused(...objects: readonly object[]): readonly Finding[] {
  const { exposures } = readKubernetes(objects.map((object) => ({ object })));
  return check(CATALOGUE, { exposures }, enforcement).findings.filter(({ rule }) =>
    rule.endsWith("-accepted-by-api-server"),
  );
}

const NODE_PORT_SERVICE = { type: "NodePort" };

const spread = (constraint: object, kind = "Deployment"): object => ({
  ...deployment({
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [{ name: "web", image: "web:1" }],
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "DoNotSchedule",
            labelSelector: { matchLabels: { app: "web" } },
            ...constraint,
          },
        ],
      },
    },
  }),
  kind,
});

test.each<[string, readonly object[], readonly string[]]>([
  [
    "a range that is none, at its index",
    [webService({ loadBalancerSourceRanges: ["192.0.2.1"] })],
    ["K8S:spec.LoadBalancerSourceRanges[i]", "K8S:spec.LoadBalancerSourceRanges"],
  ],
  [
    "a range where none may be",
    [webService({ ...NODE_PORT_SERVICE, loadBalancerSourceRanges: ["192.0.2.0/24"] })],
    ["K8S:spec.LoadBalancerSourceRanges"],
  ],
  [
    "one port under two names",
    [
      webService({
        ports: [
          { name: "a", port: 80, nodePort: 30080 },
          { name: "b", port: 80, nodePort: 30090 },
        ],
      }),
    ],
    ["K8S:spec.ports[i]", "K8S:spec.ports[i].name"],
  ],
  [
    "a health-check node port that is no port",
    [webService({ ...LOCAL, healthCheckNodePort: 70000 })],
    ["K8S:-", "K8S:spec.healthCheckNodePort"],
  ],
  ["a health-check node port out of range", [webService({ ...LOCAL, healthCheckNodePort: 8080 })], ["K8S:-"]],
  [
    "minDomains where pods may go anyway",
    [webService(), spread({ minDomains: 2, whenUnsatisfiable: "ScheduleAnyway" })],
    [
      "K8S:spec.template.spec.topologySpreadConstraints[i].minDomains",
      "K8S:…topologySpreadConstraints[i].minDomains",
    ],
  ],
])("%s carries the fact that covers it", (_, objects, facts) => {
  expect(refused(...objects).map((finding) => finding.facts)).toEqual([facts]);
});

test.each([
  ["a distribution of no such name", [webService({ trafficDistribution: "PreferNode" })]],
  ["the template of a StatefulSet", [webService(), spread({ maxSkew: 0 }, "StatefulSet")]],
])("%s is refused whichever release reads it", (_, objects) => {
  expect(refused(...objects)).toMatchObject([{ level: "mandatory" }]);
  expect(refused(...objects)[0]).not.toHaveProperty("assumption");
});

test("host bits, which releases before 1.36 accept, depend on the version", () => {
  expect(refused(webService({ loadBalancerSourceRanges: ["192.0.2.1/24"] }))).toMatchObject([
    { level: "advisory" },
  ]);
});

test.each<[string, object]>([
  ["no containers", deployment({ template: { metadata: { labels: { app: "web" } } } })],
  [
    "a container without image",
    deployment({
      template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web" }] } },
    }),
  ],
  ["no selector", deployment({ selector: undefined })],
  ["a number to be filled in", deployment({ replicas: "${REPLICAS}" })],
  ["a number that a template gives", deployment({ replicas: { "[object Object]": null } })],
])("%s may be completed before it is applied", (_, workload) => {
  const findings = refused(webService(), JSON.parse(JSON.stringify(workload)));
  expect(findings.length).toBeGreaterThan(0);
  for (const { level, assumption } of findings)
    expect([level, assumption]).toEqual(["advisory", expect.stringMatching(/^nothing /)]);
});

test("labels that a selector does not match, and text that is no number, are refused as they are", () => {
  expect(refused(webService(), deployment({ selector: { matchLabels: { app: "api" } } }))).toMatchObject([
    { level: "mandatory", facts: ["K8S:spec.template.metadata.labels"] },
  ]);
  expect(refused(webService(), deployment({ replicas: "three" }))).toMatchObject([{ level: "mandatory" }]);
});

describe("in the state of a stack", () => {
  const TYPE = "kubernetes:core/v1:Service";
  const SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:x",
  };

  function ofState(inputs: object, outputs: object): readonly string[] {
    const resource = { urn: `urn:pulumi:dev::shop::${TYPE}::web`, type: TYPE, custom: true, inputs, outputs };
    const reading = readPulumiDocument({ version: 3, deployment: { resources: [resource] } });
    return check(CATALOGUE, reading, enforcement)
      .findings.filter(({ rule }) => rule === "service-accepted-by-api-server")
      .flatMap(({ facts }) => facts);
  }

  const asked = (spec: object) => ({ spec: { selector: { app: "web" }, ports: [{ port: 80 }], ...spec } });
  const stored = {
    ...asked({ type: "ClusterIP" }),
    metadata: { name: "web-1a2b3c", uid: "0a1b2c3d", resourceVersion: "7" },
  };
  const REFUSED = { type: "ClusterIP", externalTrafficPolicy: "Local" };

  test("what the program will ask for again is judged, not what the server made of it", () => {
    expect(ofState(asked(REFUSED), stored)).toEqual(["K8S:spec.externalTrafficPolicy"]);
    expect(ofState(asked({}), { ...stored, ...asked(REFUSED) })).toEqual([]);
  });

  test("a resource that nobody named gets its name from the provider", () => {
    expect(ofState(asked({}), {})).toEqual([]);
    expect(ofState(asked(REFUSED), {})).toEqual(["K8S:spec.externalTrafficPolicy"]);
  });

  test("inputs that are not all known, or none, say nothing", () => {
    expect(ofState(asked({ ...REFUSED, type: SECRET }), stored)).toEqual([]);
    expect(ofState({}, stored)).toEqual([]);
  });
});

describe("in a preview", () => {
  const TYPE = "kubernetes:core/v1:Service";
  const URN = `urn:pulumi:dev::shop::${TYPE}::web`;
  const service = (spec: object) => ({
    metadata: { name: "web" },
    spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }], ...spec },
  });
  const stored = (spec: object) => {
    const { metadata, spec: asked } = service(spec);
    return {
      metadata: { ...metadata, uid: "0a1b2c3d" },
      spec: { clusterIP: "10.96.0.1", clusterIPs: ["10.96.0.1"], ...asked },
    };
  };

  function ofStep(
    op: string,
    before: object,
    after: object,
    outputs: object = service(after),
  ): readonly string[] {
    const state = { urn: URN, type: TYPE, custom: true };
    const step = {
      op,
      urn: URN,
      oldState: { ...state, inputs: service(before), outputs: stored(before) },
      newState: { ...state, inputs: service(after), outputs },
    };
    return check(CATALOGUE, readPulumiDocument({ steps: [step] }), enforcement)
      .findings.filter(
        ({ rule, level }) => rule === "service-accepted-by-api-server" && level === "mandatory",
      )
      .flatMap(({ facts }) => facts);
  }

  test.each<[string, object, object]>([
    ["K8S:spec.loadBalancerClass", { loadBalancerClass: "a.io/b" }, { loadBalancerClass: "a.io/c" }],
    ["K8S:spec.loadBalancerClass", {}, { loadBalancerClass: "a.io/c" }],
    ["K8S:spec.healthCheckNodePort", LOCAL, { ...LOCAL, healthCheckNodePort: 30082 }],
    ["K8S:spec.clusterIPs[i]", {}, { clusterIP: "10.96.0.2" }],
  ])("%s may not change in place, and may with a replacement", (fact, before, after) => {
    expect(ofStep("update", before, after)).toEqual([fact]);
    expect(ofStep("update", before, after, stored(after))).toEqual([fact]);
    expect(ofStep("create-replacement", before, after)).toEqual([]);
    expect(ofStep("update", before, before)).toEqual([]);
  });

  test.each<[string, object, object]>([
    ["a policy", {}, LOCAL],
    ["a number that goes with its policy", LOCAL, {}],
    ["a number that is no longer named", LOCAL, { externalTrafficPolicy: "Local" }],
    ["a type", { loadBalancerClass: "a.io/b" }, { type: "ClusterIP" }],
  ])("%s may change", (_, before, after) => {
    expect(ofStep("update", before, after)).toEqual([]);
  });
});
