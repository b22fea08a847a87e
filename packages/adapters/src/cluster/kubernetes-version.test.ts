import { SUPPORTED_VERSIONS } from "@evenkeel/core/model";
import { readKubernetes } from "../join/kubernetes";
import { resolveVersion, type FoundVersions } from "./kubernetes-version";
import { serverVersionOf } from "./server-version";

test.each<[string, FoundVersions, string, string]>([
  [
    "an option counts first",
    { option: "1.35", cluster: "1.34", server: "v1.33.1", nodes: "1.32" },
    "1.35",
    "option",
  ],
  ["then the description of the cluster", { cluster: "1.34", server: "v1.33.1" }, "1.34", "cluster"],
  [
    "then the API server",
    { server: "v1.33.1-eks-1", nodes: "1.32", stack: "1.31" },
    "v1.33.1-eks-1",
    "server",
  ],
  ["then the nodes", { nodes: "1.32", stack: "1.31" }, "1.32", "nodes"],
  ["then the stack", { stack: "1.31" }, "1.31", "stack"],
  ["what nobody can read says nothing", { server: "devel", stack: "1.31" }, "1.31", "stack"],
])("%s", (_what, found, kubernetesVersion, origin) => {
  expect(resolveVersion(found)).toEqual({ kubernetesVersion, origin });
});

test("nothing found is no version", () => {
  expect(resolveVersion({})).toBeUndefined();
});

test("a version that was given and is not modelled is an error", () => {
  expect(() => resolveVersion({ option: "1.99" })).toThrow(
    `kubernetesVersion: 1.99; wanted a supported version: 1.30 to ${SUPPORTED_VERSIONS.newest}`,
  );
  expect(() => resolveVersion({ cluster: "1.29" })).toThrow(
    "kubernetesVersion: 1.29; wanted a supported version",
  );
});

test("a version that a cluster reports and that is not modelled is answered for by the nearest one, which is stated", () => {
  const { newest } = SUPPORTED_VERSIONS;
  expect(resolveVersion({ nodes: "1.99" })).toEqual({
    kubernetesVersion: newest,
    origin: "nodes",
    assumption: { code: "newerThanModelled", data: { version: "1.99", answeredAs: newest } },
  });
});

test("kubectl version", () => {
  const printed = {
    clientVersion: { major: "1", minor: "36", gitVersion: "v1.36.1" },
    kustomizeVersion: "v5.6.0",
    serverVersion: { major: "1", minor: "33", gitVersion: "v1.33.4" },
  };
  expect(serverVersionOf(printed)).toBe("v1.33.4");
  expect(serverVersionOf({ ...printed, serverVersion: undefined })).toBeUndefined();
  expect(serverVersionOf([])).toBeUndefined();
});

const service = (trafficDistribution: string): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }], trafficDistribution },
});
const node = (kubeletVersion: string): object => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "a" },
  status: { nodeInfo: { kubeletVersion } },
});

test.each<[string, () => ReturnType<typeof readKubernetes>]>([
  ["an option", () => readKubernetes([{ object: service("PreferClose") }], { kubernetesVersion: "1.30" })],
  [
    "the description of the cluster",
    () =>
      readKubernetes([{ object: service("PreferClose") }], {
        cluster: { kubernetesVersion: "1.30", dataplane: "iptables", nodes: [], pods: [] },
      }),
  ],
  [
    "kubectl version",
    () => readKubernetes([{ object: service("PreferClose") }], { serverVersion: "v1.30.14" }),
  ],
  [
    "a node behind the Service in the input",
    () => readKubernetes([{ object: service("PreferClose") }, { object: node("v1.30.14") }]),
  ],
])("1.30 drops trafficDistribution, known by %s", (_where, read) => {
  const [exposure] = read().exposures;
  expect(exposure?.service.trafficDistribution).toBeUndefined();
});

test("a cluster newer than what is modelled says what answers for it", () => {
  const { version, exposures } = readKubernetes([
    { object: service("PreferClose") },
    { object: node("v1.99.0") },
  ]);
  expect(version?.assumption?.code).toBe("newerThanModelled");
  expect(exposures[0]?.cluster).toMatchObject({
    kubernetesVersion: SUPPORTED_VERSIONS.newest,
    versionAssumption: { code: "newerThanModelled" },
  });
});
