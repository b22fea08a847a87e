import type { Document } from "./documents";
import { givenBy } from "./given";
import { readSettings } from "./settings";

const STATE = {
  version: 3,
  deployment: { resources: [{ urn: "urn:pulumi:dev::net::aws:lb::x", type: "aws:lb" }] },
};
const FILES: Readonly<Record<string, unknown>> = {
  "cluster.yaml": { kubernetesVersion: "1.34", nodes: [{ count: 2 }] },
  "nodes.json": {
    apiVersion: "v1",
    kind: "List",
    items: [{ apiVersion: "v1", kind: "Node", metadata: { name: "a" }, status: {} }],
  },
  "bad.yaml": { nodes: [{ cuont: 2 }] },
  "state.json": STATE,
};

const readDocument = (path: string): Document =>
  Object.hasOwn(FILES, path) ? { value: FILES[path] } : { problem: "no such file" };

function read(catalogue: object) {
  return readSettings(givenBy({ catalogue }).value, { readDocument });
}

test.each<[string, unknown, number]>([
  ["where the setting stands", { nodes: [{ count: 3 }] }, 3],
  ["in a file", "cluster.yaml", 2],
  ["as kubectl prints it", "nodes.json", 1],
])("the cluster %s", (_, cluster, nodes) => {
  const { value, problems } = read({ cluster });
  expect([problems, value.cluster?.nodes.length]).toEqual([[], nodes]);
});

test("the resources of another stack", () => {
  const { value, problems } = read({ joinWith: ["state.json"] });
  expect(problems).toEqual([]);
  expect(value.joinWith).toMatchObject([{ urn: "urn:pulumi:dev::net::aws:lb::x" }]);
});

test.each<[string, object, string | RegExp]>([
  ["no cluster", { cluster: 3 }, "catalogue.cluster: 3; wanted a map with nodes, or the path of a file"],
  [
    "a key of the cluster",
    { cluster: { nodes: [{ cuont: 2 }], dataplan: "ipvs" } },
    /^catalogue\.cluster: dataplan: unknown key; .*did you mean "dataplane"\?/,
  ],
  [
    "a key in its file",
    { cluster: "bad.yaml" },
    /^catalogue\.cluster: bad\.yaml: nodes\[0\]\.cuont: unknown key; .*did you mean "count"\?/,
  ],
  ["a file of it that is nowhere", { cluster: "no.yaml" }, "catalogue.cluster: no.yaml: no such file"],
  ["no list", { joinWith: "state.json" }, "catalogue.joinWith: state.json; wanted a list of paths"],
  ["no path", { joinWith: [7] }, "catalogue.joinWith[0]: 7; wanted the path of a file"],
  ["a state that is nowhere", { joinWith: ["state.json", "x"] }, "catalogue.joinWith[1]: x: no such file"],
  [
    "no state",
    { joinWith: ["cluster.yaml"] },
    "catalogue.joinWith[0]: cluster.yaml: no state; wanted what pulumi stack export writes",
  ],
  ["a property", { joinwith: [] }, 'catalogue.joinwith: unknown property; did you mean "joinWith"?'],
])("%s is told", (_, catalogue, problem) => {
  const [first] = read(catalogue).problems;
  expect(first).toEqual(typeof problem === "string" ? problem : expect.stringMatching(problem));
});
