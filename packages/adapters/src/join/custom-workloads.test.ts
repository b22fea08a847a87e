import { estimate, known } from "@evenkeel/core/estimate";
import { displayName, type Exposure, type RolloutStrategy } from "@evenkeel/core/model";
import { readKubernetes } from "./kubernetes";

type Json = Readonly<Record<string, unknown>>;

const labels = { app: "web" };
const template = (more: Json = {}): Json => ({
  metadata: { labels: { ...labels, ...more } },
  spec: { containers: [{ name: "web", image: "web:1", ports: [{ containerPort: 8080 }] }] },
});
const service = (selector: Json = labels): Json => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    externalTrafficPolicy: "Local",
    selector,
    ports: [{ port: 80, targetPort: 8080 }],
  },
});
const object = (apiVersion: string, kind: string, spec: Json, metadata: Json = {}): Json => ({
  apiVersion,
  kind,
  metadata: { name: "web", namespace: "shop", ...metadata },
  spec,
});
const whole = (more: Json = {}): Json => ({
  replicas: 4,
  selector: { matchLabels: labels },
  template: template(),
  ...more,
});
const rollout = (spec: Json, metadata?: Json) => object("argoproj.io/v1alpha1", "Rollout", spec, metadata);
const deployment = (spec: Json = {}) => object("apps/v1", "Deployment", whole(spec));
const workloadRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const node = (index: number): Json => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: `n${index}`,
    labels: { "kubernetes.io/hostname": `n${index}`, "topology.kubernetes.io/zone": "a" },
  },
  status: { allocatable: { cpu: "4", memory: "16Gi", pods: "110" }, nodeInfo: { kubeletVersion: "v1.34.2" } },
});

function only(...objects: readonly Json[]): Exposure {
  const { exposures, problems } = readKubernetes(
    [1, 2, 3, 4, 5, 6]
      .map(node)
      .concat(objects)
      .map((one) => ({ object: one })),
  );
  expect(problems).toEqual([]);
  const [exposure] = exposures;
  if (!exposure) throw new Error("no exposure");
  return exposure;
}

const counted = ({ workloads }: Exposure) =>
  workloads.map(({ ref, replicas: { count } }) => `${displayName(ref)}: ${String(count)}`);

/** Nodes with a healthy target, as the estimate has it. */
const serving = (exposure: Exposure) =>
  known(estimate(exposure).find(({ side }) => side === "external")?.nodesServing)?.mean;

test.each<[string, Json]>([
  ["a Rollout of Argo", rollout(whole())],
  ["a CloneSet of OpenKruise", object("apps.kruise.io/v1alpha1", "CloneSet", whole())],
  ["an advanced StatefulSet", object("apps.kruise.io/v1beta1", "StatefulSet", whole())],
  ["whatever else has replicas, a selector and a template", object("example.com/v1", "Web", whole())],
  ["a Rollout with the template of a Deployment that runs nothing", rollout({ replicas: 4, workloadRef })],
])("%s is a workload, from the file to the numbers", (_name, one) => {
  const lender = JSON.stringify(one).includes("workloadRef") ? [deployment({ replicas: 0 })] : [];
  const exposure = only(service(), one, ...lender);
  expect(counted(exposure)).toEqual([`${String(one.kind)} shop/web: 4`]);
  expect(exposure.workloads[0]?.template.spec.containers[0]?.ports).toEqual([{ containerPort: 8080 }]);
  expect(exposure.missing.filter(({ what }) => what === "workload")).toEqual([]);
  expect(serving(exposure)).toBe(4);
});

test("an advanced DaemonSet runs on every node", () => {
  const exposure = only(service(), object("apps.kruise.io/v1alpha1", "DaemonSet", whole()));
  expect(exposure.workloads[0]?.runs).toBe("everyNode");
  expect(serving(exposure)).toBe(6);
});

describe("a template that a Rollout borrows", () => {
  const both = ["Rollout shop/web: 2", "Deployment shop/web: 4"];
  const borrowed = (scaleDown?: string) =>
    rollout({ replicas: 2, workloadRef: { ...workloadRef, ...(scaleDown ? { scaleDown } : {}) } });

  test("its lender counts beside it, unless it is to be scaled down", () => {
    expect(counted(only(service(), borrowed(), deployment()))).toEqual(both);
    expect(counted(only(service(), borrowed("never"), deployment()))).toEqual(both);
    for (const scaleDown of ["onsuccess", "progressively"])
      expect(counted(only(service(), borrowed(scaleDown), deployment()))).toEqual(["Rollout shop/web: 2"]);
  });

  test("without its lender in sight it is said what is wanted", () => {
    const { workloads, missing } = only(service(), borrowed());
    expect(workloads).toEqual([]);
    expect(missing.find(({ what }) => what === "workload")?.detail).toBe(
      "no workload in this input is known to have pods with app=web; Rollout shop/web has the template of Deployment web, which was not found in the input",
    );
  });

  test("a Rollout of OpenKruise, which has such a field too, is no workload", () => {
    const kruise = object("rollouts.kruise.io/v1beta1", "Rollout", { workloadRef });
    expect(counted(only(service(), kruise, deployment()))).toEqual(["Deployment shop/web: 4"]);
  });

  test("an autoscaler moves the Rollout", () => {
    const autoscaler = object("autoscaling/v2", "HorizontalPodAutoscaler", {
      scaleTargetRef: { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "web" },
      minReplicas: 3,
      maxReplicas: 9,
    });
    const [one] = only(service(), borrowed(), deployment({ replicas: 0 }), autoscaler).workloads;
    expect(one?.replicas).toMatchObject({ count: 3, range: { min: 3, max: 9 } });
  });
});

describe("a Service that selects one revision, as Argo Rollouts has its stable and canary Services do", () => {
  const hash = "rollouts-pod-template-hash";
  const revision = (name: string, value: string, replicas: number) =>
    object(
      "apps/v1",
      "ReplicaSet",
      {
        replicas,
        selector: { matchLabels: { ...labels, [hash]: value } },
        template: template({ [hash]: value }),
      },
      { name, ownerReferences: [{ kind: "Rollout", name: "web", controller: true }] },
    );
  const running = [
    rollout(whole()),
    revision("web-old", "aaa", 3),
    revision("web-new", "bbb", 1),
    revision("web-gone", "ccc", 0),
  ];

  test("has that revision's pods", () => {
    expect(counted(only(service({ ...labels, [hash]: "aaa" }), ...running))).toEqual([
      "ReplicaSet shop/web-old: 3",
    ]);
    expect(counted(only(service({ ...labels, [hash]: "bbb" }), ...running))).toEqual([
      "ReplicaSet shop/web-new: 1",
    ]);
    expect(counted(only(service({ ...labels, [hash]: "ccc" }), ...running))).toEqual([]);
  });

  test("while any other has the Rollout's, once", () => {
    expect(counted(only(service(), ...running))).toEqual(["Rollout shop/web: 4"]);
  });
});

test.each<[string, Json, RolloutStrategy]>([
  [
    "a canary",
    rollout(
      whole({
        minReadySeconds: 9,
        strategy: { canary: { maxSurge: "10%", maxUnavailable: 0, steps: [{ setWeight: 20 }] } },
      }),
    ),
    { type: "RollingUpdate", maxSurge: "10%", maxUnavailable: 0, minReadySeconds: 9 },
  ],
  [
    "blue and green: all new pods before the first old one goes",
    rollout(whole({ strategy: { blueGreen: { activeService: "web" } } })),
    { type: "RollingUpdate", maxSurge: "100%", maxUnavailable: 0 },
  ],
  [
    "a CloneSet's numbers beside its type",
    object(
      "apps.kruise.io/v1alpha1",
      "CloneSet",
      whole({ updateStrategy: { type: "InPlaceIfPossible", maxUnavailable: 1, maxSurge: 2 } }),
    ),
    { type: "RollingUpdate", maxSurge: 2, maxUnavailable: 1 },
  ],
  [
    "a CloneSet that says nothing",
    object("apps.kruise.io/v1alpha1", "CloneSet", whole()),
    { type: "RollingUpdate", maxSurge: 0, maxUnavailable: "20%" },
  ],
])("how pods are replaced: %s", (_name, one, strategy) => {
  expect(only(service(), one).workloads[0]?.strategy).toEqual(strategy);
});
