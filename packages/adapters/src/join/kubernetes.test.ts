import { displayName, unknownAt } from "@evenkeel/core/model";
import { isExposed } from "./exposures";
import { readKubernetes } from "./kubernetes";

type Json = Readonly<Record<string, unknown>>;

const labels = { app: "web" };
const service = (spec: Json = {}, metadata: Json = {}): Json => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", ...metadata },
  spec: {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    selector: labels,
    ports: [{ name: "http", port: 80 }],
    ...spec,
  },
});
const workload = (kind: string, metadata: Json = {}, spec: Json = {}, podLabels: Json = labels): Json => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "web", namespace: "shop", ...metadata },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels: podLabels }, spec: { containers: [{ name: "web" }] } },
    ...spec,
  },
});
const node = (name: string): Json => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name },
  status: { nodeInfo: { kubeletVersion: "v1.34.2" } },
});
const owned = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });

function only(...objects: readonly Json[]) {
  const { exposures } = readKubernetes(objects.map((object) => ({ object })));
  const [exposure] = exposures;
  if (!exposure || exposures.length > 1) throw new Error(`${exposures.length} exposures`);
  return exposure;
}

const names = (exposure: ReturnType<typeof only>) => exposure.workloads.map(({ ref }) => displayName(ref));

describe("workloads", () => {
  test("by selector, within the namespace", () => {
    expect(names(only(service(), workload("Deployment")))).toEqual(["Deployment shop/web"]);
    const elsewhere = only(service(), workload("Deployment", { namespace: "other" }));
    expect(elsewhere.workloads).toEqual([]);
    expect(elsewhere.missing).toContainEqual({
      what: "workload",
      detail: "no workload in this input has pods with app=web",
      how: { means: "bringIn" },
    });
  });

  test("two, as during a blue-green switch", () => {
    expect(
      names(only(service(), workload("Deployment"), workload("Deployment", { name: "web-green" }))),
    ).toHaveLength(2);
  });

  test("a ReplicaSet of a Deployment is no workload of its own and lends it its hash", () => {
    const revision = { annotations: { "deployment.kubernetes.io/revision": "7" } };
    const replicaSet = (name: string, of: string, hash: string) =>
      workload(
        "ReplicaSet",
        { name, ...owned("Deployment", "web"), annotations: { "deployment.kubernetes.io/revision": of } },
        {},
        { ...labels, "pod-template-hash": hash },
      );
    const exposure = only(
      service(),
      workload("Deployment", revision),
      replicaSet("web-1", "6", "aaa"),
      replicaSet("web-2", "7", "bbb"),
    );
    expect(names(exposure)).toEqual(["Deployment shop/web"]);
    expect(exposure.workloads[0]?.revisionLabels).toEqual({ "pod-template-hash": "bbb" });
  });

  test("of an owner that is not in sight only what runs counts", () => {
    const owner = owned("Rollout", "web");
    const exposure = only(
      service(),
      workload("ReplicaSet", { name: "web-old", ...owner }, { replicas: 0 }),
      workload("ReplicaSet", { name: "web-new", ...owner }, { replicas: 3 }),
    );
    expect(names(exposure)).toEqual(["ReplicaSet shop/web-new"]);
  });

  test("an autoscaler gives its range, and lifts the count into it", () => {
    const hpa = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web", namespace: "shop" },
      spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas: 3, maxReplicas: 9 },
    };
    expect(only(service(), workload("Deployment"), hpa).workloads[0]?.replicas).toMatchObject({
      count: 3,
      by: "given",
      range: { min: 3, max: 9 },
    });
    expect(
      only(service(), workload("Deployment", {}, { replicas: 5 }), hpa).workloads[0]?.replicas.count,
    ).toBe(5);
  });

  describe("a disruption budget", () => {
    const budget = (spec: Json, metadata: Json = {}) => ({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "web", namespace: "shop", ...metadata },
      spec,
    });
    const budgetOf = (...objects: readonly Json[]) =>
      only(service(), workload("Deployment"), ...objects).workloads[0]?.budget;
    const selector = { matchLabels: labels };

    test("is for the pods that it selects, in its namespace", () => {
      expect(budgetOf(budget({ selector, minAvailable: "50%" }))).toMatchObject({
        minAvailable: "50%",
        by: [{ kind: "PodDisruptionBudget", namespace: "shop", name: "web" }],
      });
      expect(budgetOf(budget({ selector: {}, maxUnavailable: 1 }))).toMatchObject({ maxUnavailable: 1 });
    });

    test.each([
      ["in another namespace", budget({ selector, minAvailable: 1 }, { namespace: "other" })],
      ["for other pods", budget({ selector: { matchLabels: { app: "db" } }, minAvailable: 1 })],
      ["without a selector", budget({ minAvailable: 1 })],
      ["without a limit", budget({ selector })],
      ["with a limit that is none", budget({ selector, minAvailable: "most" })],
    ])("%s is none", (_, one) => {
      expect(budgetOf(one)).toBeUndefined();
    });

    test("beside another for the same pods lets none go", () => {
      const other = budget({ selector: {}, maxUnavailable: 1 }, { name: "all" });
      expect(budgetOf(budget({ selector, minAvailable: 1 }), other)).toMatchObject({
        maxUnavailable: 0,
        by: [{ name: "web" }, { name: "all" }],
      });
    });
  });

  test("bare pods are one workload", () => {
    const pod = (name: string) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "shop", labels },
      spec: {},
    });
    const [bare] = only(service(), pod("a"), pod("b")).workloads;
    expect(bare).toMatchObject({ ref: { kind: "Pod", name: "a and 1 more" }, replicas: { count: 2 } });
  });

  test("pods that somebody owns are none", () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "a", namespace: "shop", labels, ...owned("Thing", "web") },
      spec: {},
    };
    expect(only(service(), pod).workloads).toEqual([]);
  });

  test("labels that are not known yet are said to be", () => {
    const open = workload(
      "Deployment",
      {},
      { template: { metadata: { labels: unknownAt("x") }, spec: { containers: [] } } },
    );
    expect(only(service(), open).missing[0]?.detail).toBe(
      "no workload in this input is known to have pods with app=web; the labels of Deployment shop/web are not known yet",
    );
  });

  test("a Service without selector has none and misses none", () => {
    expect(only(service({ selector: undefined }))).toMatchObject({ workloads: [], missing: [] });
  });
});

describe("fronts", () => {
  test("one a port, by the controller that takes the Service", () => {
    const { fronts } = only(
      service({
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 443 },
        ],
      }),
      workload("Deployment"),
    );
    expect(
      fronts.map(({ servicePort, controller, targets }) => [servicePort, controller.name, targets.value]),
    ).toEqual([
      [80, "aws-load-balancer-controller", "instance"],
      [443, "aws-load-balancer-controller", "instance"],
    ]);
  });

  test("none where the controller refuses, with its reason", () => {
    const annotations = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "Internal" };
    const exposure = only(service({}, { annotations }), workload("Deployment"));
    expect(exposure.fronts).toEqual([]);
    expect(exposure.missing).toEqual([
      expect.objectContaining({
        what: "front",
        detail: expect.stringMatching(
          /refuses Service shop\/web: .*Internal; wanted internal or internet-facing$/,
        ),
        refused: expect.objectContaining({
          by: "aws-load-balancer-controller",
          seen: "Internal",
          wanted: "internal or internet-facing",
        }),
      }),
    ]);
  });

  test("a LoadBalancer that nobody builds says so; a ClusterIP Service has nothing to say", () => {
    expect(only(service({ loadBalancerClass: undefined }), workload("Deployment")).missing).toMatchObject([
      { what: "front" },
    ]);
    expect(
      only(service({ loadBalancerClass: undefined, type: "ClusterIP" }), workload("Deployment")).missing,
    ).toEqual([]);
  });

  test("annotations that are not known as a whole are said to be", () => {
    const { missing } = only(
      service({}, { annotations: unknownAt("metadata.annotations") }),
      workload("Deployment"),
    );
    expect(missing).toMatchObject([
      { what: "front", detail: expect.stringContaining("metadata.annotations of Service shop/web") },
    ]);
  });

  test("of a TargetGroupBinding the target group is missing, and only what stands in front of pods is a front", () => {
    const binding = {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: "web", namespace: "shop" },
      spec: {
        serviceRef: { name: "web", port: "http" },
        targetGroupARN: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/0123456789abcdef",
        targetType: "instance",
      },
    };
    const object = service({
      loadBalancerClass: "evenkeel.io/unmanaged",
      ports: [{ name: "http", port: 80, nodePort: 30080 }],
    });
    const { fronts, missing } = only(object, workload("Deployment"), binding);
    expect(fronts).toEqual([]);
    expect(missing).toEqual([
      {
        what: "front",
        detail:
          "the target group of TargetGroupBinding shop/web, web, was not found in the input, nor was its health check",
        how: { means: "bringIn" },
      },
    ]);
    const toPods = { ...binding, spec: { ...binding.spec, targetType: "ip" } };
    const [front] = only(object, workload("Deployment"), toPods).fronts;
    expect(front).toMatchObject({
      resource: { kind: "TargetGroupBinding" },
      servicePort: 80,
      targets: { value: "ip" },
      targetPort: { value: 80 },
    });
    expect(front?.healthCheck).toBeUndefined();
    const made = {
      ...binding,
      metadata: { ...binding.metadata, labels: { "service.k8s.aws/stack-name": "web" } },
    };
    expect(only(object, workload("Deployment"), made).missing).toMatchObject([
      { detail: expect.stringContaining("evenkeel.io/unmanaged") },
    ]);
  });
});

describe("cluster and endpoints", () => {
  const slice = (name: string, addressType: string, endpoints: readonly Json[], portName = "http"): Json => ({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name, namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
    addressType,
    ports: [{ name: portName, port: 8080 }],
    endpoints,
  });
  const endpoint = (address: string, more: Json = {}): Json => ({
    addresses: [address],
    nodeName: "n1",
    conditions: { ready: true },
    ...more,
  });

  test("by port, with conditions and hints, each endpoint once, of one family", () => {
    const { endpoints } = only(
      service({
        ports: [
          { name: "http", port: 80 },
          { name: "admin", port: 81 },
        ],
      }),
      node("n1"),
      slice("web-a", "IPv4", [
        endpoint("10.0.0.1", {
          targetRef: { kind: "Pod", name: "web-1" },
          hints: { forZones: [{ name: "a" }] },
        }),
      ]),
      slice("web-b", "IPv4", [
        endpoint("10.0.0.1"),
        endpoint("10.0.0.2", { conditions: { ready: false, serving: true, terminating: true } }),
      ]),
      slice("web-c", "IPv6", [endpoint("fd00::1")]),
    );
    expect(endpoints).toEqual({
      http: [
        { addresses: ["10.0.0.1"], nodeName: "n1", ready: true, pod: "web-1", hints: { forZones: ["a"] } },
        { addresses: ["10.0.0.2"], nodeName: "n1", ready: false, serving: true, terminating: true },
      ],
      admin: [],
    });
  });

  test("without nodes there is nothing to observe them on", () => {
    expect(only(service(), slice("web-a", "IPv4", [endpoint("10.0.0.1")])).endpoints).toBeUndefined();
  });

  test("the version is the oldest kubelet's unless it is given", () => {
    const objects = [
      service(),
      node("n1"),
      { ...node("n2"), status: { nodeInfo: { kubeletVersion: "v1.33.9" } } },
    ].map((object) => ({ object }));
    expect(readKubernetes(objects).exposures[0]?.cluster.kubernetesVersion).toBe("1.33");
    expect(
      readKubernetes(objects, { kubernetesVersion: "1.35" }).exposures[0]?.cluster.kubernetesVersion,
    ).toBe("1.35");
  });
});

test("Lists are taken apart, and their items know their place", () => {
  const source = { file: "all.json", document: 0 };
  const list = { apiVersion: "v1", kind: "List", items: [workload("Deployment"), service()] };
  const { exposures } = readKubernetes([{ object: list, source }]);
  expect(exposures[0]?.service.ref.source).toEqual({ file: "all.json", document: 0, item: 1 });
  const { kind, apiVersion, ...bare } = service();
  const typed = readKubernetes([{ object: { apiVersion, kind: `${String(kind)}List`, items: [bare] } }]);
  expect(typed.exposures).toHaveLength(1);
});

test("a Service on its way out is let go of", () => {
  expect(
    readKubernetes([{ object: service({}, { deletionTimestamp: "2026-01-01T00:00:00Z" }) }]).exposures,
  ).toEqual([]);
});

test.each([
  ["LoadBalancer", { type: "LoadBalancer" }, true],
  ["NodePort", { type: "NodePort" }, true],
  ["ClusterIP", { type: "ClusterIP" }, false],
  ["ClusterIP with external IPs", { type: "ClusterIP", externalIPs: ["192.0.2.1"] }, true],
  ["ExternalName", { type: "ExternalName" }, false],
  ["a type that is not known yet", { type: unknownAt("spec.type") }, true],
])("exposed or not: %s", (_name, spec, exposed) => {
  expect(isExposed(only(service({ loadBalancerClass: undefined, ...spec })))).toBe(exposed);
});

test("the object as written goes along, unless a server has accepted it already", () => {
  expect(only(service()).written).toEqual(service());
  expect(only(service({}, { uid: "1" })).written).toBeUndefined();
});
