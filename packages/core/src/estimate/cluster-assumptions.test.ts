import type { Cluster, Workload } from "../model";
import { clusterAssumptions } from "./cluster-assumptions";
import { equalNodes } from "./shapes";

const cluster = (more: Partial<Cluster> = {}): Cluster => ({
  dataplane: "iptables",
  nodes: equalNodes(3, 3),
  pods: [],
  ...more,
});
const database = (claims?: readonly string[]): Workload => ({
  ref: { kind: "StatefulSet", namespace: "shop", name: "db" },
  runs: "replicas",
  replicas: { count: 3, by: "given" },
  template: { labels: { app: "db" }, spec: { containers: [] } },
  ...(claims ? { claims } : {}),
});
const said = (of: Cluster, workload = database()) =>
  clusterAssumptions({ cluster: of, workloads: [workload] }).map(
    ({ code, sentence }) => `${code}: ${sentence}`,
  );

test("what volumes allow is said, not guessed; free storage counts from 1.37 on", () => {
  expect(said(cluster())).toEqual([]);
  const [at136] = said(cluster({ kubernetesVersion: "1.36" }), database(["data"]));
  expect(at136).toMatch(
    /^claims-not-modelled: pods of StatefulSet db claim volumes \(data\): .*WaitForFirstConsumer claim$/,
  );
  const [at137] = said(cluster({ kubernetesVersion: "1.37" }), database(["data"]));
  expect(at137).toContain("prefers nodes with more free storage");
});

// k/k cmd/kube-proxy/app/server_linux.go, event IPVSDeprecation; KEP-5495.
test("ipvs is not proved, and leaves from 1.40 on", () => {
  const at = (kubernetesVersion: string) => said(cluster({ dataplane: "ipvs", kubernetesVersion }));
  expect(at("1.34")).toHaveLength(1);
  expect(at("1.35")[1]).toBe(
    "ipvs-is-leaving: kube-proxy's ipvs mode is deprecated since Kubernetes 1.35, disabled by default in 1.40 and removed in 1.43: migrate to nftables, the default mode from 1.40 on",
  );
});
