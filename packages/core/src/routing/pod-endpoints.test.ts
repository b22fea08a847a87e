import { type Node, ZONE_LABEL } from "../model/node";
import type { Pod } from "../model/pod";
import { podEndpoints } from "./pod-endpoints";

// Source: k8s.io/endpointslice utils.go podToEndpoint; test/oracle asks the reconciler itself.

const node: Node = {
  name: "n1",
  labels: { [ZONE_LABEL]: "za" },
  taints: [],
  unschedulable: false,
  allocatable: {},
};
const pod = (change: Partial<Pod> = {}, nodeName: string | undefined = "n1"): Pod => ({
  namespace: "shop",
  name: "web-1",
  labels: {},
  podIPs: ["10.244.1.5", "fd00:244::5"],
  spec: { nodeName, containers: [] },
  ...change,
});

test("a running pod, with its node and zone, by family", () => {
  const endpoint = {
    pod: "web-1",
    nodeName: "n1",
    zone: "za",
    ready: true,
    serving: true,
    terminating: false,
  };
  expect(podEndpoints([pod()], [node], false)).toEqual([{ ...endpoint, addresses: ["10.244.1.5"] }]);
  expect(podEndpoints([pod()], [node], false, "IPv6")).toEqual([{ ...endpoint, addresses: ["fd00:244::5"] }]);
});

test.each<[string, Pod, boolean, object[]]>([
  [
    "terminating: still serves, not ready",
    pod({ terminating: true }),
    false,
    [{ ready: false, serving: true, terminating: true }],
  ],
  [
    "terminating, published: ready",
    pod({ terminating: true }),
    true,
    [{ ready: true, serving: true, terminating: true }],
  ],
  [
    "not ready, published: ready, does not serve",
    pod({ ready: false }),
    true,
    [{ ready: true, serving: false }],
  ],
  ["ended", pod({ phase: "Succeeded" }), true, []],
  ["failed", pod({ phase: "Failed" }), false, []],
  ["without an address yet", pod({ podIPs: [] }), true, []],
  ["on a node that is gone", pod({}, "n9"), false, []],
  [
    "on a node that is gone, published: without a zone",
    pod({}, "n9"),
    true,
    [{ nodeName: "n9", zone: undefined }],
  ],
])("%s", (_, one, published, want) => {
  expect(podEndpoints([one], [node], published)).toMatchObject(want);
});
