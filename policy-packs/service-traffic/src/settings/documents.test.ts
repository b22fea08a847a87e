import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentsIn } from "./documents";

const root = mkdtempSync(join(tmpdir(), "documents-"));
const [shell, pack] = ["shell", "pack"].map((name) => join(root, name)) as [string, string];

beforeAll(() => {
  for (const folder of [shell, pack]) mkdirSync(folder);
  writeFileSync(join(shell, "cluster.yaml"), 'kubernetesVersion: "1.36"\nnodes: [{ count: 3 }]\n');
  writeFileSync(join(pack, "cluster.yaml"), "nodes: []\n");
  writeFileSync(join(pack, "state.json"), '{"version": 3}');
  writeFileSync(join(pack, "broken.json"), '{"password": "hunter2"');
  writeFileSync(join(pack, "broken.yaml"), "password: hunter2: 3\n");
});
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  [
    "YAML in the first folder that has it",
    "cluster.yaml",
    { kubernetesVersion: "1.36", nodes: [{ count: 3 }] },
  ],
  ["JSON in another", "state.json", { version: 3 }],
  ["an absolute path", join(pack, "cluster.yaml"), { nodes: [] }],
])("%s", (_, path, value) => {
  expect(documentsIn([shell, pack])(path)).toEqual({ value });
});

test.each([
  ["a file that is nowhere", "state.yaml", `no such file in ${shell} or ${pack}`],
  ["an absolute path to nothing", join(root, "no.json"), "no such file"],
  ["no JSON", "broken.json", "cannot be read: no JSON"],
  ["no YAML", "broken.yaml", expect.stringMatching(/^cannot be read: no YAML: /)],
  ["a folder", join(root, "pack"), "cannot be read: EISDIR"],
])("%s is told, without what stands in it", (_, path, problem) => {
  const document = documentsIn([shell, pack])(path);
  expect(document).toEqual({ problem });
  expect(JSON.stringify(document)).not.toContain("hunter2");
});

test("a file is read once", () => {
  const read = documentsIn([pack]);
  writeFileSync(join(pack, "once.json"), "1");
  expect(read("once.json")).toEqual({ value: 1 });
  writeFileSync(join(pack, "once.json"), "2");
  expect(read("once.json")).toEqual({ value: 1 });
});
