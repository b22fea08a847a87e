import type { Pod } from "@evenkeel/core/model";
import type { ReadNode } from "../kubernetes/node";
import { clusterFrom } from "./cluster-from";
import { dataplaneOf } from "./dataplane";

const node = (name: string, kubeletVersion?: string): ReadNode => ({
  node: { name, labels: {}, taints: [], unschedulable: false, allocatable: {} },
  kubeletVersion,
});
const pod = (more: Partial<Pod> = {}): Pod => ({
  namespace: "shop",
  name: "web",
  labels: {},
  spec: { containers: [], nodeName: "n1" },
  ...more,
});

test("pods that are over or were never placed are no background", () => {
  const pods = [
    pod(),
    pod({ phase: "Succeeded" }),
    pod({ phase: "Failed" }),
    pod({ spec: { containers: [] } }),
  ];
  expect(clusterFrom([node("n1")], pods).pods).toHaveLength(1);
});

test("a cluster that is given stands for nodes and pods; version and data plane may be given over it", () => {
  const cluster = {
    kubernetesVersion: "1.31",
    dataplane: "ipvs" as const,
    nodes: [],
    pods: [],
    backgroundLoad: 0.3,
  };
  expect(clusterFrom([node("n1")], [pod()], { cluster, kubernetesVersion: "1.33" })).toEqual({
    ...cluster,
    kubernetesVersion: "1.33",
  });
});

test("the version is the oldest kubelet's", () => {
  expect(
    clusterFrom([node("a", "v1.34.2"), node("b", "v1.33.9-eks-1"), node("c", "odd")], []).kubernetesVersion,
  ).toBe("1.33");
});

test.each<[string, readonly Pod[], string | undefined]>([
  ["kube-proxy", [pod({ labels: { "k8s-app": "kube-proxy" } })], "iptables"],
  [
    "kube-proxy in a mode of its own",
    [
      pod({
        labels: { "k8s-app": "kube-proxy" },
        spec: { containers: [{ name: "p", requests: {}, args: ["--proxy-mode=nftables"] }] },
      }),
    ],
    "nftables",
  ],
  [
    "Cilium beside kube-proxy",
    [pod({ labels: { "k8s-app": "cilium" } }), pod({ labels: { "k8s-app": "kube-proxy" } })],
    "iptables",
  ],
  ["Cilium in its place", [pod({ labels: { "k8s-app": "cilium" } })], "cilium"],
  ["OVN-Kubernetes", [pod({ labels: { app: "ovnkube-node" } })], "ovn"],
  ["nothing to see", [pod()], undefined],
])("data plane: %s", (_name, pods, dataplane) => {
  expect(dataplaneOf(pods)).toBe(dataplane);
});
