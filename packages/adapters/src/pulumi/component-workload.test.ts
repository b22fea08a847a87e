import { validateWorkload } from "@evenkeel/core/api";
import { unknownAt } from "@evenkeel/core/model";
import { workloadsOf } from "./component-workload";

const labels = { app: "web" };
const identity = { name: "Web Shop", urn: "urn:web" };

function refused(inputs: Readonly<Record<string, unknown>>): readonly string[] {
  const [workload] = workloadsOf(inputs, identity).workloads;
  if (!workload) throw new Error("no workload");
  return validateWorkload(workload.written)?.errors.map(({ text }) => text) ?? ["nothing written"];
}

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["labels alone", { labels }],
  ["containers without images", { labels, spec: { containers: [{ name: "web" }] } }],
  ["a DaemonSet", { kind: "DaemonSet", labels, spec: { tolerations: [{ operator: "Exists" }] } }],
  ["a name of the program's own", { name: "web", labels, replicas: unknownAt("replicas") }],
])("a record with %s is a whole workload for the API server", (_name, workload) => {
  expect(refused({ workload })).toEqual([]);
});

test("what the record has is what the API server is asked to take", () => {
  const spec = { containers: [{ name: "web" }], tolerations: [{ key: "spot", operator: "Is" }] };
  expect(refused({ workload: { labels, spec } })).toEqual([
    'spec.template.spec.tolerations[0].operator: Unsupported value: "Is": supported values: "Equal", "Exists"',
  ]);
  expect(refused({ workload: { name: "Web", labels, replicas: -1 } })).toEqual([
    expect.stringContaining('metadata.name: Invalid value: "Web"'),
    "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
  ]);
});

test("a resource that exists has been taken already", () => {
  const template = { metadata: { labels }, spec: { containers: [{ name: "web" }] } };
  const spec = { replicas: -1, selector: { matchLabels: labels }, template };
  expect(refused({ deployment: { spec } })).toHaveLength(1);
  const [stored] = workloadsOf(
    { deployment: { metadata: { name: "web", uid: "1" }, spec } },
    identity,
  ).workloads;
  expect(stored?.written).toBeUndefined();
});
