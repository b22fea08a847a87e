import { unknownAt } from "@evenkeel/core/model";
import { openObject, type SourceObject } from "./object";
import { isWorkload, readWorkload } from "./workload";

function open(object: object, more: Partial<SourceObject> = {}) {
  const opened = openObject({ object, ...more });
  if (!opened) throw new Error("not opened");
  return opened;
}

const template = {
  metadata: { labels: { app: "web" } },
  spec: { containers: [{ name: "web", image: "web:1" }] },
};

function deployment(spec: object = {}, kind = "Deployment", apiVersion = "apps/v1") {
  return {
    apiVersion,
    kind,
    metadata: { name: "web", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "web" } }, template, ...spec },
  };
}

test.each([
  ["Deployment", "apps/v1", true],
  ["StatefulSet", "apps/v1", true],
  ["DaemonSet", "apps/v1", true],
  ["ReplicaSet", "apps/v1", true],
  ["Rollout", "argoproj.io/v1alpha1", true],
  ["CloneSet", "apps.kruise.io/v1alpha1", true],
  ["Job", "batch/v1", false],
])("%s is a workload: %s %s", (kind, apiVersion, expected) => {
  expect(isWorkload(open(deployment({}, kind, apiVersion)))).toBe(expected);
});

test("an unset replica count is one pod that nobody asked for", () => {
  expect(readWorkload(open(deployment())).workload.replicas).toEqual({ count: 1, by: "default" });
  expect(readWorkload(open(deployment({ replicas: 0 }))).workload.replicas).toEqual({
    count: 0,
    by: "given",
  });
  const replicas = unknownAt("spec.replicas");
  expect(readWorkload(open(deployment({ replicas }))).workload.replicas).toEqual({
    count: replicas,
    by: "given",
  });
});

test("a DaemonSet runs on every node", () => {
  expect(readWorkload(open(deployment({}, "DaemonSet"))).workload.runs).toBe("everyNode");
});

test("the plain selector of a ReplicationController", () => {
  const object = deployment({ selector: { app: "web" } }, "ReplicationController", "v1");
  expect(readWorkload(open(object)).workload.selector).toEqual({ matchLabels: { app: "web" } });
});

test("strategies, and the rollouts of others", () => {
  const of = (spec: object) => readWorkload(open(deployment(spec))).workload.strategy;
  expect(of({})).toBeUndefined();
  expect(of({ strategy: { type: "Recreate" } })).toEqual({ type: "Recreate" });
  expect(
    of({ strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } }, minReadySeconds: 5 }),
  ).toEqual({
    type: "RollingUpdate",
    maxSurge: "25%",
    maxUnavailable: 0,
    minReadySeconds: 5,
  });
  expect(of({ strategy: { canary: { steps: [] } } })).toEqual({ type: "RollingUpdate" });
});

test("the pod template in the units of the model", () => {
  const spec = {
    containers: [
      {
        name: "web",
        image: "web:1",
        resources: { requests: { cpu: "250m" }, limits: { cpu: "1", memory: "1Gi" } },
        ports: [{ name: "http", containerPort: 8080, hostPort: 80 }],
        readinessProbe: { httpGet: { path: "/" } },
      },
    ],
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { app: "web" } }, topologyKey: "kubernetes.io/hostname" },
        ],
      },
    },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
    ],
    tolerations: [{ operator: "Exists", effect: "" }],
    readinessGates: [{ conditionType: "target-health.elbv2.k8s.aws/web" }],
  };
  const { workload } = readWorkload(open(deployment({ template: { ...template, spec } })));
  expect(workload.template.spec).toEqual({
    containers: [
      {
        name: "web",
        image: "web:1",
        requests: { cpu: 250, memory: 1024 ** 3 },
        ports: [{ name: "http", containerPort: 8080, hostPort: 80 }],
        hasReadinessProbe: true,
      },
    ],
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { app: "web" } }, topologyKey: "kubernetes.io/hostname" },
        ],
      },
    },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
    ],
    tolerations: [{ operator: "Exists" }],
    readinessGates: ["target-health.elbv2.k8s.aws/web"],
  });
});

test.each([
  ["the sleep action", { sleep: { seconds: 25 } }, 25],
  ["a command of words", { exec: { command: ["sleep", "20"] } }, 20],
  ["within a shell", { exec: { command: ["/bin/sh", "-c", "nginx -s quit; sleep 15; exit"] } }, 15],
  ["by its path", { exec: { command: ["/bin/sleep", "30s"] } }, 30],
  ["another command", { exec: { command: ["/wait-shutdown"] } }, undefined],
  ["a word that only ends alike", { exec: { command: ["oversleep", "5"] } }, undefined],
])("preStop: %s", (_name, preStop, seconds) => {
  const spec = { containers: [{ name: "web", lifecycle: { preStop } }] };
  const { workload } = readWorkload(open(deployment({ template: { ...template, spec } })));
  expect(workload.template.spec.containers[0]?.preStopSleepSeconds).toBe(seconds);
});

test("what is unknown in the template is read as absent and told", () => {
  const spec = { containers: [], nodeSelector: unknownAt("spec.template.spec.nodeSelector") };
  const { workload, unknown } = readWorkload(open(deployment({ template: { ...template, spec } })));
  expect(workload.template.spec.nodeSelector).toEqual({});
  expect(unknown.map(({ path }) => path)).toEqual(["spec.template.spec.nodeSelector"]);
});

test("wrong types are left out and named", () => {
  const opened = open(
    deployment({ replicas: "three", template: { ...template, spec: { containers: {}, tolerations: [1] } } }),
  );
  const { workload } = readWorkload(opened);
  expect(workload.template.spec.containers).toEqual([]);
  expect(workload.replicas).toEqual({ count: 1, by: "default" });
  expect(opened.notes.misread.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      "spec.replicas",
      "spec.template.spec.containers",
      "spec.template.spec.tolerations[0]",
    ]),
  );
});

test("the object as written goes with a workload of apps/v1 that the API server has not taken yet", () => {
  const written = deployment();
  expect(readWorkload(open(written)).workload.written).toEqual(written);
  const stored = { ...written, metadata: { ...written.metadata, uid: "0b5f" } };
  expect(readWorkload(open(stored)).workload.written).toBeUndefined();
  expect(
    readWorkload(open(deployment({}, "Rollout", "argoproj.io/v1alpha1"))).workload.written,
  ).toBeUndefined();
});

test("a whole template without a selector is a workload, for the API server to refuse; a patch is none", () => {
  expect(isWorkload(open(deployment({ selector: undefined })))).toBe(true);
  const patch = { ...template, spec: { containers: [{ name: "web", resources: {} }] } };
  expect(isWorkload(open(deployment({ selector: undefined, template: patch })))).toBe(false);
  expect(isWorkload(open(deployment({ selector: undefined }, "Rollout", "argoproj.io/v1alpha1")))).toBe(
    false,
  );
});

test("a StatefulSet says how it renews its pods, and which volumes they claim", () => {
  const of = (spec: object) => readWorkload(open(deployment(spec, "StatefulSet"))).workload;
  expect(of({}).claims).toBeUndefined();
  expect(of({ podManagementPolicy: "Parallel" }).strategy).toEqual({
    type: "RollingUpdate",
    podManagement: "Parallel",
  });
  expect(of({ updateStrategy: { rollingUpdate: { partition: 2, maxUnavailable: "50%" } } }).strategy).toEqual(
    { type: "RollingUpdate", partition: 2, maxUnavailable: "50%" },
  );
  const volumes = [
    { name: "shared", persistentVolumeClaim: { claimName: "shared" } },
    { name: "scratch", ephemeral: { volumeClaimTemplate: {} } },
    { name: "config", configMap: { name: "web" } },
  ];
  expect(
    of({
      volumeClaimTemplates: [{ metadata: { name: "data" } }],
      template: { ...template, spec: { ...template.spec, volumes } },
    }).claims,
  ).toEqual(["data", "shared", "scratch"]);
});
