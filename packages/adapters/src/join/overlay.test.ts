import type { ObjectRef } from "@evenkeel/core/model";
import { inOverlay, nearness, rivalsAmong } from "./overlay";
import { readKubernetes } from "./kubernetes";

const ref = (file: string | undefined, name = "web", kind = "Deployment"): ObjectRef => ({
  kind,
  namespace: "shop",
  name,
  ...(file === undefined ? {} : { source: { file, document: 0 } }),
});
const service = (file: string) => ref(file, "web", "Service");

test("the same file is nearest, then the same folder, then the deepest common one", () => {
  const own = ref("app/prod/web.yaml");
  const others = [
    "app/prod/web.yaml",
    "app/prod/api.yaml",
    "app/prod/more/api.yaml",
    "app/dev/web.yaml",
    "lib/a.yaml",
  ];
  const found = others.map((file) => nearness(own, ref(file)));
  expect(found).toEqual([Infinity, 5, 4, 2, 0]);
  expect(nearness(ref("a.yaml"), ref("b.yaml"))).toBe(1);
  expect(nearness(own, ref(undefined))).toBe(0);
});

describe("of what matches, an object gets", () => {
  const pick = (files: readonly (string | undefined)[], own: string, ...rivals: readonly string[]) =>
    inOverlay(
      files.map((file) => ref(file)),
      (one) => one,
      service(own),
      rivals.map(service),
    ).map(({ source }) => source?.file);

  test("nothing of a rival's folder or file", () => {
    expect(pick(["dev/d.yaml"], "prod/s.yaml", "dev/s.yaml")).toEqual([]);
    expect(pick(["dev.yaml"], "prod.yaml", "dev.yaml")).toEqual([]);
    expect(pick(["dev/d.yaml"], "prod/s.yaml")).toEqual(["dev/d.yaml"]);
  });

  test("what is as near to all of them", () => {
    expect(pick(["base/d.yaml"], "prod/s.yaml", "dev/s.yaml")).toEqual(["base/d.yaml"]);
    expect(pick([undefined], "prod/s.yaml", "dev/s.yaml")).toEqual([undefined]);
  });

  test("of one name the nearest, of other names all", () => {
    expect(pick(["a/dev/d.yaml", "a/prod/d.yaml"], "a/prod/s.yaml")).toEqual(["a/prod/d.yaml"]);
    const two = [ref("a/dev/d.yaml", "blue"), ref("a/prod/d.yaml", "green")];
    expect(inOverlay(two, (one) => one, service("a/prod/s.yaml"), [])).toEqual(two);
  });
});

test("rivals have the same name in another file", () => {
  const rivalsOf = rivalsAmong([service("a.yaml"), service("b.yaml"), ref("c.yaml"), service("a.yaml")]);
  expect(rivalsOf(service("a.yaml"))).toEqual([service("b.yaml")]);
  expect(rivalsOf(ref(undefined, "web", "Service"))).toEqual([]);
});

describe("overlays in one reading", () => {
  const at = (file: string) => ({ source: { file, document: 0 } });
  const metadata = { name: "web", namespace: "shop" };
  const web = (file: string, more: object = {}) => ({
    object: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { ...metadata, ...more },
      spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
    },
    ...at(file),
  });
  const workload = (kind: string, file: string, more: object = {}) => ({
    object: {
      apiVersion: "apps/v1",
      kind,
      metadata: { ...metadata, ...more },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: { metadata: { labels: { app: "web" } }, spec: { containers: [] } },
      },
    },
    ...at(file),
  });
  const autoscaler = (file: string, minReplicas: number) => ({
    object: {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata,
      spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas, maxReplicas: 9 },
    },
    ...at(file),
  });
  const joined = (...sources: Parameters<typeof readKubernetes>[0]) =>
    readKubernetes(sources).exposures.map(({ workloads }) =>
      workloads.map(({ ref: { kind, source }, replicas }) => [kind, source?.file, replicas.count]),
    );

  test("each Service has the workloads of its own folder", () => {
    expect(
      joined(
        web("dev/s.yaml"),
        workload("Deployment", "dev/w.yaml"),
        web("prod/s.yaml"),
        workload("DaemonSet", "prod/w.yaml"),
      ),
    ).toEqual([[["Deployment", "dev/w.yaml", 1]], [["DaemonSet", "prod/w.yaml", 1]]]);
  });

  test("and autoscalers are those of their own folder", () => {
    expect(
      joined(
        ...["dev", "prod"].flatMap((folder, index) => [
          web(`${folder}/s.yaml`),
          workload("Deployment", `${folder}/w.yaml`),
          autoscaler(`${folder}/h.yaml`, index + 2),
        ]),
      ),
    ).toEqual([[["Deployment", "dev/w.yaml", 2]], [["Deployment", "prod/w.yaml", 3]]]);
  });

  test("a workload of another overlay is named and not joined", () => {
    const { exposures } = readKubernetes([
      web("dev/s.yaml"),
      workload("Deployment", "dev/w.yaml"),
      web("prod/s.yaml"),
    ]);
    expect(exposures[1]?.workloads).toEqual([]);
    expect(exposures[1]?.missing).toContainEqual(
      expect.objectContaining({
        what: "workload",
        detail:
          "no workload beside Service shop/web has pods with app=web; Deployment shop/web in dev/w.yaml belongs to another Service of that name",
      }),
    );
  });

  test("what runs is no overlay of what is written", () => {
    const live = { uid: "1" };
    expect(joined(web("s.yaml"), web("live.json", live), workload("Deployment", "live.json", live))).toEqual([
      [["Deployment", "live.json", 1]],
      [["Deployment", "live.json", 1]],
    ]);
  });

  const pod = (file: string, name: string) => ({
    object: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata, name, labels: { app: "web" } },
      spec: { containers: [] },
    },
    ...at(file),
  });

  test("bare pods are those of the own folder, and pods that are near to nobody are everybody's", () => {
    const pods = [pod("dev/p.yaml", "a"), pod("prod/p.yaml", "b"), pod("prod/q.yaml", "c")];
    const counts = (...more: readonly ReturnType<typeof pod>[]) =>
      joined(web("dev/s.yaml"), web("prod/s.yaml"), ...pods, ...more).map(([first]) => first?.[2]);
    expect(counts()).toEqual([1, 2]);
    expect(counts(pod("live.json", "d"))).toEqual([2, 3]);
  });

  test("EndpointSlices are those of the own folder", () => {
    const slice = (file: string, address: string) => ({
      object: {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { ...metadata, name: `web-${address}`, labels: { "kubernetes.io/service-name": "web" } },
        addressType: "IPv4",
        ports: [{ port: 80 }],
        endpoints: [{ addresses: [address] }],
      },
      ...at(file),
    });
    const node = { object: { apiVersion: "v1", kind: "Node", metadata: { name: "n" } } };
    const addresses = (...sources: Parameters<typeof readKubernetes>[0]) =>
      readKubernetes([node, ...sources]).exposures.map(({ endpoints }) =>
        endpoints?.[""]?.map(({ addresses: [first] }) => first),
      );
    const both = [web("dev/s.yaml"), web("prod/s.yaml"), slice("dev/e.json", "10.0.0.1")];
    expect(addresses(...both)).toEqual([["10.0.0.1"], undefined]);
    expect(addresses(...both, slice("prod/e.json", "10.0.0.2"))).toEqual([["10.0.0.1"], ["10.0.0.2"]]);
    expect(addresses(...both, slice("live.json", "10.0.0.3"))).toEqual([
      ["10.0.0.1", "10.0.0.3"],
      ["10.0.0.3"],
    ]);
    expect(addresses(web("dev/s.yaml"), slice("live.json", "10.0.0.3"))).toEqual([["10.0.0.3"]]);
  });
});
