import { decide, estimate } from "@evenkeel/test-generators";
import { withOpenQuestions } from "../estimate";
import { unknownAt, type Exposure } from "../model";
import { SUPPORTED_VERSIONS } from "../releases";
import { openQuestionsOf } from ".";
import { cluster, exposure, workload } from "./scene.fixture";

const asked = { seed: 1, trials: 40 };
const questions = (scene: Exposure) => openQuestionsOf(scene, decide(scene, asked)[0]!, asked);
const vague = (more: Partial<Exposure> = {}): Exposure =>
  exposure(15, 0, { cluster: cluster(0, { kubernetesVersion: undefined }), ...more });

test("everything said, nothing asked", () => {
  const told = exposure(10, 10, { cluster: cluster(10, { backgroundLoad: 0.5 }) });
  expect(questions(told)).toEqual([]);
  expect(withOpenQuestions(estimate(told), told)).toEqual(estimate(told));
});

test("observed endpoints are no guess", () => {
  const endpoints = { "": [{ addresses: ["10.0.0.1"], nodeName: "node-1" }] };
  expect(questions(exposure(10, 10, { endpoints }))).toEqual([]);
});

test("without a cluster: nodes, load and version are asked, and what each would change is said", () => {
  const said = questions(vague());
  expect(said.map(({ what }) => what)).toEqual(["nodes", "load", "version"]);
  const nodes = said[0]!;
  // Fifteen pods: on three nodes even, on ten the worst of it, on thirty one each.
  expect(nodes.answers.map(({ value }) => value)).toEqual([3, 10, 30]);
  for (const { what, answers, changes } of said)
    expect([what, changes]).toEqual([what, new Set(answers.map(({ answer }) => answer)).size > 1]);
  // The answers are those of deciding on each by itself.
  for (const { value, answer } of nodes.answers) {
    const alone = exposure(15, 0, {
      cluster: { ...vague().cluster, ...sized(Number(value)), backgroundLoad: 0.5 },
    });
    expect([value, answer]).toEqual([value, decide(alone, asked)[0]?.chosen.externalTrafficPolicy]);
  }
});

const sized = (nodes: number) => ({
  nodes: cluster(nodes).nodes.map((node, index) => ({
    ...node,
    labels: { ...node.labels, "topology.kubernetes.io/zone": `zone-${"abc"[index % 3]}` },
  })),
});

test("replicas that are not set, or not known yet", () => {
  const unset = questions(vague({ workloads: [workload(1, { by: "default" })] }));
  expect(unset.find(({ what }) => what === "replicas")?.statement.sentence).toMatch(
    /^the number of replicas is not specified and would change the choice: Cluster with 1 replica; Local with 2 replicas, .*\(assumed: one, since spec.replicas is not set\)$/,
  );
  const later = questions(vague({ workloads: [workload(1, { count: unknownAt("replicas") })] }));
  expect(later.find(({ what }) => what === "replicas")?.assumed.sentence).toBe(
    "one, since the count is not known yet",
  );
});

test("the version, where the client's address does not matter and near-local routing is there to take", () => {
  const scene = exposure(19, 10, {
    cluster: cluster(10, { kubernetesVersion: undefined, backgroundLoad: 0 }),
  });
  const options = { ...asked, requirements: { clientAddress: "ignored" as const } };
  const [version] = openQuestionsOf(scene, decide(scene, options)[0]!, options);
  expect(version).toMatchObject({
    what: "version",
    answers: [{ value: SUPPORTED_VERSIONS.oldest }, { value: SUPPORTED_VERSIONS.newest }],
  });
  expect(version?.statement.sentence).toMatch(/^the Kubernetes version is not specified/);
});

test("an estimate is asked what would make its hottest pod another", () => {
  const scene = exposure(10, 10, {
    service: { ...exposure(1, 1).service, externalTrafficPolicy: "Local", healthCheckNodePort: 31_000 },
  });
  const [external, internal] = withOpenQuestions(estimate(scene, asked), scene, asked);
  expect(external?.openQuestions?.[0]?.statement.sentence).toMatch(
    /^what the nodes already run is not specified and would change the hottest pod: 1\.00 with idle nodes; 1\.[1-9]\d with .*up to 80 % requested \(assumed: idle nodes\)$/,
  );
  // Under Cluster every pod gets alike, whatever the nodes run.
  expect(internal?.openQuestions?.[0]).toMatchObject({
    changes: false,
    statement: {
      code: "open-question-does-not-matter",
      sentence:
        "what the nodes already run is not specified but would not change the hottest pod (evaluated with idle nodes, up to 50 % requested and up to 80 % requested)",
    },
  });
});
