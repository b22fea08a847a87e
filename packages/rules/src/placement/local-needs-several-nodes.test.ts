import { readKubernetes } from "@evenkeel/adapters";
import { unknownAt } from "@evenkeel/core/model";
import { nlbService } from "../aws/examples";
import { daemonSet, deployment, LOCAL } from "../examples";
import type { ExampleObject } from "../frame/example";
import { localNeedsSeveralNodes } from "./local-needs-several-nodes";

function outcomesOf(...objects: readonly ExampleObject[]) {
  const given = [nlbService({}, LOCAL), ...objects].map((object) => ({ object }));
  const [exposure] = readKubernetes(given).exposures;
  if (!exposure) throw new Error("no exposure");
  return [...localNeedsSeveralNodes.check(exposure, {})];
}

function node(name: string) {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name } },
    status: { allocatable: { cpu: "4", memory: "16Gi", pods: "110" } },
  };
}

/** Pods that the scheduler can put on one node only. */
function pinnedTo(hostname: string, replicas: number, name?: string) {
  const nodeSelector = { "kubernetes.io/hostname": hostname };
  const template = {
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "web", image: "web:1" }], nodeSelector },
  };
  return deployment({ replicas, template }, name);
}

const unknownReplicas = (name: string) => deployment({ replicas: unknownAt("spec.replicas") }, name);

test("the effect claims only what is known: no node is counted where no cluster is described", () => {
  expect(outcomesOf(deployment({ replicas: 1 }))).toMatchObject([
    {
      verdict: "violated",
      seen: "1 replica",
      effect: expect.stringMatching(
        /^one node carries all traffic and the others answer 503 to the health check; when/,
      ),
    },
  ]);
  expect(outcomesOf(deployment({ replicas: 1 }), node("a"), node("b"), node("c"))).toMatchObject([
    { effect: expect.stringMatching(/^one node of 3 carries all traffic and the others answer 503/) },
  ]);
});

test("no replica is named as such", () => {
  expect(outcomesOf(deployment({ replicas: 0 }))).toMatchObject([
    { seen: "0 replicas", effect: "no node has a pod, so no connection is served" },
  ]);
  expect(outcomesOf(deployment({ replicas: 0 }, "blue"), deployment({ replicas: 0 }, "green"))).toMatchObject(
    [{ seen: "0 replicas in 2 workloads together", at: { resource: { name: "blue" } } }],
  );
});

describe("several workloads behind one Service are judged together", () => {
  test.each<[string, readonly ExampleObject[], readonly string[]]>([
    [
      "stable and canary",
      [deployment({ replicas: 10 }, "stable"), deployment({ replicas: 1 }, "canary")],
      ["ok"],
    ],
    ["one pod each", [deployment({ replicas: 1 }, "blue"), deployment({ replicas: 1 }, "green")], ["ok"]],
    ["a switch", [deployment({ replicas: 2 }, "blue"), deployment({ replicas: 0 }, "green")], ["ok"]],
    ["a DaemonSet and one pod", [daemonSet(), deployment({ replicas: 1 }, "canary")], ["ok"]],
    [
      "enough, whatever the other is",
      [deployment({ replicas: 2 }, "blue"), unknownReplicas("green")],
      ["ok"],
    ],
    ["one, and an unknown", [deployment({ replicas: 1 }, "blue"), unknownReplicas("green")], ["unknown"]],
    [
      "one, and a switched-off one",
      [deployment({ replicas: 0 }, "blue"), deployment({ replicas: 1 }, "green")],
      ["violated"],
    ],
    [
      "pods pinned to one node",
      [pinnedTo("a", 1, "blue"), pinnedTo("a", 1, "green"), node("a"), node("b")],
      ["violated"],
    ],
    [
      "pods pinned to two nodes",
      [pinnedTo("a", 1, "blue"), pinnedTo("b", 1, "green"), node("a"), node("b")],
      ["ok"],
    ],
    ["a DaemonSet on two nodes", [daemonSet(), node("a"), node("b")], ["ok"]],
    ["a DaemonSet on the only node", [daemonSet(), node("a")], ["violated"]],
  ])("%s", (_, objects, verdicts) => {
    expect(outcomesOf(...objects).map(({ verdict }) => verdict)).toEqual(verdicts);
  });

  test("the finding is on the workload that runs most pods, and names the other", () => {
    expect(
      outcomesOf(deployment({ replicas: 0 }, "blue"), deployment({ replicas: 1 }, "green")),
    ).toMatchObject([
      {
        at: { resource: { name: "green" }, path: "spec.replicas" },
        seen: "1 replica in 2 workloads together",
        related: [{ kind: "Service" }, { kind: "Deployment", name: "blue" }],
      },
    ]);
  });
});
