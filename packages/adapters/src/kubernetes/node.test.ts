import { openObject } from "./object";
import { readNode } from "./node";

function read(object: object) {
  const opened = openObject({ object: { apiVersion: "v1", kind: "Node", ...object } });
  if (!opened) throw new Error("not opened");
  return { ...readNode(opened), problems: opened.notes.misread };
}

test("a Node as the API has it", () => {
  const { node, kubeletVersion } = read({
    metadata: { name: "ip-10-0-0-1", labels: { "topology.kubernetes.io/zone": "eu-west-1a" } },
    spec: {
      taints: [{ key: "dedicated", value: "gpu", effect: "NoSchedule" }],
      unschedulable: true,
      providerID: "aws:///eu-west-1a/i-0123456789abcdef0",
      podCIDRs: ["10.1.0.0/24"],
    },
    status: {
      allocatable: { cpu: "3920m", memory: "15Gi", pods: "58", "nvidia.com/gpu": "1" },
      conditions: [
        { type: "MemoryPressure", status: "False" },
        { type: "Ready", status: "True" },
      ],
      addresses: [{ type: "InternalIP", address: "10.0.0.1" }],
      nodeInfo: { kubeletVersion: "v1.34.2-eks-1a2b3c4" },
      images: [{ names: ["web:1"], sizeBytes: 1000 }],
    },
  });
  expect(kubeletVersion).toBe("v1.34.2-eks-1a2b3c4");
  expect(node).toEqual({
    name: "ip-10-0-0-1",
    labels: { "topology.kubernetes.io/zone": "eu-west-1a" },
    taints: [{ key: "dedicated", value: "gpu", effect: "NoSchedule" }],
    unschedulable: true,
    allocatable: { cpu: 3920, memory: 15 * 1024 ** 3, pods: 58, "nvidia.com/gpu": 1 },
    images: [{ names: ["web:1"], sizeBytes: 1000 }],
    ready: true,
    providerID: "aws:///eu-west-1a/i-0123456789abcdef0",
    addresses: [{ type: "InternalIP", address: "10.0.0.1" }],
    podCIDRs: ["10.1.0.0/24"],
  });
});

test("Ready is true only for True, and not known without conditions", () => {
  const of = (status: string) =>
    read({ metadata: { name: "n" }, status: { conditions: [{ type: "Ready", status }] } }).node.ready;
  expect([of("True"), of("False"), of("Unknown")]).toEqual([true, false, "unknown"]);
  expect(read({ metadata: { name: "n" } }).node.ready).toBeUndefined();
  expect(read({ metadata: { name: "n" }, status: { conditions: [] } }).node.ready).toBe(false);
});

test("allocatable comes from capacity where the kubelet says nothing", () => {
  expect(read({ metadata: { name: "n" }, status: { capacity: { pods: 110 } } }).node.allocatable).toEqual({
    pods: 110,
  });
});

test("a quantity that is none is left out and named", () => {
  const { node, problems } = read({
    metadata: { name: "n" },
    status: { allocatable: { cpu: "4 cores", memory: "1Gi" } },
  });
  expect(node.allocatable).toEqual({ memory: 1024 ** 3 });
  expect(problems).toEqual([
    { path: "status.allocatable.cpu", seen: "other text", wanted: "a quantity such as 500m or 1Gi" },
  ]);
});
