import { openObject } from "./object";
import { isAutoscaler, readAutoscaler } from "./autoscaler";

function read(kind: string, apiVersion: string, spec: object) {
  const opened = openObject({
    object: { apiVersion, kind, metadata: { name: "web", namespace: "shop" }, spec },
  });
  if (!opened || !isAutoscaler(opened)) throw new Error("not an autoscaler");
  return readAutoscaler(opened);
}

const hpa = (spec: object) => read("HorizontalPodAutoscaler", "autoscaling/v2", spec);
const keda = (spec: object) => read("ScaledObject", "keda.sh/v1alpha1", spec);
const target = { kind: "Deployment", name: "web" };

test.each([
  ["an HPA runs one pod at least", hpa({ scaleTargetRef: target, maxReplicas: 10 }), 1, 10],
  ["an HPA with both ends", hpa({ scaleTargetRef: target, minReplicas: 3, maxReplicas: 10 }), 3, 10],
  ["KEDA goes from none to a hundred", keda({ scaleTargetRef: { name: "web" } }), 0, 100],
  [
    "KEDA with both ends",
    keda({ scaleTargetRef: { name: "web" }, minReplicaCount: 2, maxReplicaCount: 8 }),
    2,
    8,
  ],
  [
    "KEDA idles lower",
    keda({ scaleTargetRef: { name: "web" }, minReplicaCount: 2, idleReplicaCount: 0 }),
    0,
    100,
  ],
])("%s", (_name, read, min, max) => {
  expect(read?.target).toEqual({ kind: "Deployment", namespace: "shop", name: "web" });
  expect(read?.range).toMatchObject({ min, max });
});

const external = { type: "External", external: {} };
const zero = (metrics: readonly object[], kubernetesVersion?: string) => {
  const opened = openObject({
    object: {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web" },
      spec: { scaleTargetRef: target, minReplicas: 0, maxReplicas: 5, metrics },
    },
  });
  if (!opened) throw new Error("not an object");
  const { range } =
    readAutoscaler(opened, kubernetesVersion === undefined ? {} : { kubernetesVersion }) ?? {};
  return { min: range?.min, wanted: opened.notes.misread.map(({ wanted }) => wanted) };
};

// k/k pkg/apis/autoscaling/validation; gate HPAScaleToZero is on by default from 1.37.
test("an HPA may scale to zero from 1.37 on, by an Object or External metric", () => {
  expect(zero([external], "1.36")).toEqual({ min: 1, wanted: ["at least 1, or Kubernetes 1.37"] });
  expect(zero([external], "1.37")).toEqual({ min: 0, wanted: [] });
  expect(zero([{ type: "Resource" }], "1.37")).toEqual({
    min: 1,
    wanted: ["at least one Object or External metric to scale to zero, or at least 1 replica"],
  });
});

test("without a target or an upper end there is no range", () => {
  expect(hpa({ maxReplicas: 10 })).toBeUndefined();
  expect(hpa({ scaleTargetRef: target })).toBeUndefined();
  expect(
    hpa({ scaleTargetRef: target, maxReplicas: { unknown: true, path: "spec.maxReplicas" } }),
  ).toBeUndefined();
});
