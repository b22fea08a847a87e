import { readKubernetes } from "@evenkeel/adapters";
import { unknownAt, type Finding } from "@evenkeel/core/model";
import { CATALOGUE, check, readEnforcement } from "..";
import { deployment, webService } from "../examples";

const enforcement = readEnforcement({ today: "2026-11-22" }, []).value;

function findingsOf(objects: readonly object[], kubernetesVersion?: string): readonly Finding[] {
  const options = kubernetesVersion === undefined ? {} : { kubernetesVersion };
  const material = readKubernetes(
    objects.map((object) => ({ object })),
    options,
  );
  return check(CATALOGUE, material, enforcement).findings.filter(
    ({ rule }) => rule === "workload-accepted-by-api-server",
  );
}

const restarted = deployment({
  template: {
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "web", image: "web:1", restartPolicy: "Never" }] },
  },
});

test("what only some of the supported versions refuse rests on the version", () => {
  expect(findingsOf([webService(), restarted])).toMatchObject([
    { level: "advisory", assumption: "the cluster runs Kubernetes 1.30, or a version that behaves alike" },
  ]);
  expect(findingsOf([webService(), restarted], "1.33")).toMatchObject([{ level: "mandatory" }]);
  expect(findingsOf([webService(), restarted], "1.36")).toEqual([]);
});

test("of what is not known yet, the spec is spoken of and names are not", () => {
  const open = deployment({ replicas: unknownAt("spec.replicas") });
  const metadata = { name: "web", namespace: "shop", labels: unknownAt("metadata.labels") };
  expect(findingsOf([webService(), { ...open, metadata }])).toMatchObject([
    { verdict: "unknown", level: "advisory", path: "spec.replicas" },
  ]);
});

test("a workload that is stored is not spoken of, one that no Service selects is", () => {
  const bad = deployment({ replicas: -1 });
  const stored = { ...bad, metadata: { name: "web", namespace: "shop", uid: "1" } };
  expect(findingsOf([webService(), bad])).toHaveLength(1);
  expect(findingsOf([webService(), stored])).toEqual([]);
  expect(findingsOf([stored])).toEqual([]);
  expect(findingsOf([bad])).toHaveLength(1);
  expect(findingsOf([bad, deployment({ replicas: -1 }, "api")])).toHaveLength(2);
  expect(
    findingsOf([{ ...bad, spec: { replicas: -1, template: { spec: { containers: [{ name: "web" }] } } } }]),
  ).toEqual([]);
});

test("a workload behind two Services is reported once", () => {
  const second = { ...webService(), metadata: { name: "web-internal", namespace: "shop" } };
  expect(findingsOf([webService(), second, deployment({ replicas: -1 })])).toHaveLength(1);
});
