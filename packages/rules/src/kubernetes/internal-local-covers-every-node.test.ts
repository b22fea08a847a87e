import { readKubernetes } from "@evenkeel/adapters";
import { daemonSet, deployment, webService } from "../examples";
import type { ExampleObject } from "../frame/example";
import { internalLocalCoversEveryNode } from "./internal-local-covers-every-node";

function outcomesOf(...objects: readonly ExampleObject[]) {
  const given = [webService({ internalTrafficPolicy: "Local" }), ...objects].map((object) => ({
    object,
  }));
  const [exposure] = readKubernetes(given).exposures;
  if (!exposure) throw new Error("no exposure");
  return [...internalLocalCoversEveryNode.check(exposure, {})];
}

const onlyNode = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "a" },
  status: { allocatable: { cpu: "4", memory: "16Gi", pods: "110" } },
};

test("one workload on every node is enough, whatever runs beside it", () => {
  expect(outcomesOf(deployment({ replicas: 1 }, "canary"), daemonSet())).toEqual([{ verdict: "ok" }]);
});

test("several that are none get one verdict that names them all", () => {
  expect(outcomesOf(deployment({}, "blue"), deployment({}, "green"))).toMatchObject([
    {
      verdict: "violated",
      seen: "Local in front of Deployment shop/blue and Deployment shop/green",
      related: [{ name: "blue" }, { name: "green" }],
    },
  ]);
});

test("pods that cover the cluster described make it an assumption", () => {
  expect(outcomesOf(deployment({ replicas: 1 }), onlyNode)).toMatchObject([
    { verdict: "violated", assumption: expect.stringContaining("every node of the cluster keeps a pod") },
  ]);
  expect(outcomesOf(deployment({ replicas: 1 }), onlyNode, { ...onlyNode, metadata: { name: "b" } })).toEqual(
    [expect.not.objectContaining({ assumption: expect.anything() })],
  );
});
