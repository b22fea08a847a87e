import { secret, secretPaths, unknown, type CheckAnswer, type PropertyMap } from "../../index";
import { kubernetes } from "./index";

const SERVICE = "kubernetes:core/v1:Service";

interface Given {
  readonly type?: string;
  readonly name?: string;
  readonly config?: PropertyMap;
}

const request = (inputs: PropertyMap, { type = SERVICE, name = "web", config = {} }: Given = {}) => ({
  urn: `urn:pulumi:dev::acme::${type}::${name}`,
  type,
  name,
  inputs,
  config,
  diagnose: () => undefined,
});

const check = (inputs: PropertyMap, given?: Given): CheckAnswer => kubernetes().check(request(inputs, given));

function checked(inputs: PropertyMap, given?: Given): PropertyMap {
  const answer = check(inputs, given);
  if ("failures" in answer) throw new Error(JSON.stringify(answer.failures));
  return answer.inputs;
}

const service = (more: PropertyMap = {}): PropertyMap => ({ apiVersion: "v1", kind: "Service", ...more });

describe("names", () => {
  test("are generated, marked, and depend on the URN alone", () => {
    const { metadata } = checked(service());
    expect(metadata).toEqual({
      name: expect.stringMatching(/^web-[0-9a-f]{8}$/),
      namespace: "default",
      annotations: { "pulumi.com/autonamed": "true" },
    });
    expect(checked(service())["metadata"]).toEqual(metadata);
    expect(checked(service(), { name: "other" })["metadata"]).not.toEqual(metadata);
  });

  test.each([{ name: "given" }, { name: unknown }])("that are %j stay", (metadata) => {
    expect(checked(service({ metadata }))["metadata"]).toEqual({ ...metadata, namespace: "default" });
  });

  test("cannot be left to the server with server-side apply", () => {
    const inputs = service({ metadata: { generateName: "web-" } });
    expect(check(inputs)).toMatchObject({ failures: [{ property: "metadata.generateName" }] });
    expect(checked(inputs, { config: { enableServerSideApply: "false" } })["metadata"]).toMatchObject({
      generateName: "web-",
    });
  });

  test("keep annotations; metadata that is not known is left alone", () => {
    expect(checked(service({ metadata: { annotations: { a: "b" } } }))["metadata"]).toMatchObject({
      annotations: { a: "b", "pulumi.com/autonamed": "true" },
    });
    expect(checked(service({ metadata: unknown }))["metadata"]).toBe(unknown);
  });
});

describe("namespaces", () => {
  const kubeconfig = `apiVersion: v1
current-context: one
contexts:
- { name: one, context: { namespace: of-one } }
- { name: two, context: {} }`;
  test.each<[PropertyMap, string | undefined]>([
    [{}, "default"],
    [{ namespace: "shop" }, "shop"],
    [{ kubeconfig }, "of-one"],
    [{ kubeconfig, context: "two" }, "default"],
    [{ kubeconfig, namespace: "shop" }, "shop"],
    [{ kubeconfig: "{" }, undefined],
    [{ kubeconfig: "/home/me/.kube/config" }, "default"],
  ])("of a provider with %j: %s", (config, namespace) => {
    expect(checked(service({ metadata: { name: "a" } }), { config })["metadata"]).toEqual({
      name: "a",
      namespace,
    });
  });

  test.each([
    ["v1", "Namespace", false],
    ["v1", "Node", false],
    ["rbac.authorization.k8s.io/v1", "ClusterRole", false],
    ["apps/v1", "Deployment", true],
    ["elbv2.k8s.aws/v1beta1", "TargetGroupBinding", true],
  ])("%s %s: %s", (apiVersion, kind, namespaced) => {
    const metadata = checked({ apiVersion, kind, metadata: { name: "a" } })["metadata"];
    expect(metadata).toEqual(namespaced ? { name: "a", namespace: "default" } : { name: "a" });
  });

  test("of custom kinds follow their definition, if the program brings it", () => {
    const provider = kubernetes();
    const define = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "pools.acme.io" },
      spec: { group: "acme.io", scope: "Cluster", names: { kind: "Pool" } },
    };
    provider.check(request(define, { name: "crd" }));
    expect(
      provider.check(request({ apiVersion: "acme.io/v1", kind: "Pool", metadata: { name: "a" } })),
    ).toEqual({
      inputs: { apiVersion: "acme.io/v1", kind: "Pool", metadata: { name: "a" } },
    });
  });
});

describe("inputs", () => {
  test("lose what only the server writes", () => {
    const metadata = {
      name: "a",
      namespace: "b",
      uid: "1",
      resourceVersion: "2",
      creationTimestamp: null,
      labels: {},
    };
    expect(checked(service({ metadata }))["metadata"]).toEqual({ name: "a", namespace: "b", labels: {} });
  });

  test("of a Secret are stored and hidden, whoever wrote them", () => {
    const inputs = checked({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "a" },
      data: { x: "eA==" },
      stringData: { y: "why" },
    });
    expect(inputs["stringData"]).toBeUndefined();
    expect(inputs["data"]).toEqual(secret({ x: "eA==", y: "d2h5" }));
  });

  test("of a Secret that are not all known stay as they are", () => {
    const inputs = checked({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "a" },
      stringData: { y: unknown },
    });
    expect(inputs["stringData"]).toEqual(secret({ y: unknown }));
  });

  test("keep secrets; one in a list hides the list", () => {
    const inputs = checked(
      service({
        metadata: { name: "a", labels: { key: secret("x") } },
        spec: { externalIPs: ["1", secret("2")], type: "NodePort" },
      }),
    );
    expect(secretPaths(inputs)).toEqual(["metadata.labels.key", "spec.externalIPs"]);
  });

  test("under client-side apply are labelled", () => {
    const inputs = checked(service({ metadata: { name: "a" } }), {
      config: { enableServerSideApply: "false" },
    });
    expect(inputs["metadata"]).toMatchObject({ labels: { "app.kubernetes.io/managed-by": "pulumi" } });
  });

  test("that are lists, or patches without a name, are refused", () => {
    const list = { apiVersion: "v1", kind: "ServiceList", items: [] };
    expect(check(list, { type: "kubernetes:core/v1:ServiceList" })).toHaveProperty("failures");
    expect(check(service(), { type: "kubernetes:core/v1:ServicePatch" })).toMatchObject({
      failures: [{ property: "metadata.name" }],
    });
    expect(
      check({ apiVersion: "acme.io/v1", kind: "AllowList" }, { type: "kubernetes:acme.io/v1:AllowList" }),
    ).toHaveProperty("inputs");
  });
});

describe("outputs", () => {
  const local = service({
    metadata: { name: "web", namespace: "shop" },
    spec: {
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      ports: [{ port: 80 }, { name: "b", port: 81, nodePort: 30001 }],
    },
  });
  const create = (inputs: PropertyMap, cluster?: "reachable" | "unreachable", given?: Given): PropertyMap =>
    kubernetes({ cluster }).create(request(inputs, given));

  test("without a cluster are the inputs", () => {
    expect(create(local)).toBe(local);
  });

  test("with a cluster are what a dry run gives: defaults, ports and addresses, no status", () => {
    const outputs = create(local, "reachable");
    expect(outputs).toMatchObject({
      metadata: { name: "web", namespace: "shop", uid: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      spec: {
        type: "LoadBalancer",
        clusterIP: expect.stringMatching(/^10\.96\.\d+\.\d+$/),
        internalTrafficPolicy: "Cluster",
        sessionAffinity: "None",
        healthCheckNodePort: expect.any(Number),
        ports: [
          { port: 80, targetPort: 80, protocol: "TCP", nodePort: expect.any(Number) },
          { port: 81, nodePort: 30001 },
        ],
      },
    });
    expect(outputs).not.toHaveProperty("status");
    expect(create(local, "reachable")).toEqual(outputs);
    expect(JSON.stringify(outputs)).not.toMatch(/unknown/);
  });

  test("with a cluster, no port is given twice", () => {
    const provider = kubernetes({ cluster: "reachable" });
    const spec = {
      type: "NodePort",
      ports: Array.from({ length: 20 }, (_, index) => ({ name: `p${index}`, port: index + 1 })),
    };
    const ports = Array.from({ length: 100 }, (_, index) => {
      const { spec: stored } = provider.create(
        request(service({ metadata: { name: "a" }, spec }), { name: `s${index}` }),
      ) as {
        spec: { ports: { nodePort: number }[] };
      };
      return stored.ports.map(({ nodePort }) => nodePort);
    }).flat();
    expect(new Set(ports).size).toBe(2000);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(30086);
    expect(Math.max(...ports)).toBeLessThanOrEqual(32767);
  });

  test.each<[string, PropertyMap, Given | undefined]>([
    [
      "an unknown input",
      service({ metadata: { name: "a" }, spec: { loadBalancerClass: unknown } }),
      undefined,
    ],
    ["a custom kind", { apiVersion: "acme.io/v1", kind: "Pool", metadata: { name: "a" } }, undefined],
    ["a patch", service({ metadata: { name: "a" } }), { type: "kubernetes:core/v1:ServicePatch" }],
  ])("with a cluster, %s is not sent", (_what, inputs, given) => {
    expect(create(inputs, "reachable", given)).toBe(inputs);
  });

  test("with a cluster, secrets stay secret", () => {
    const outputs = create(
      service({ metadata: { name: "a", labels: { key: secret("x") } }, spec: { ports: [{ port: 1 }] } }),
      "reachable",
    );
    expect(secretPaths(outputs)).toEqual(["metadata.labels.key"]);
  });
});
