import { join } from "node:path";
import { Projects } from "../../testing/project";
import { readConfig, type GivenConfig } from "./config";
import { readProject } from "./project";

const projects = new Projects();
afterAll(() => projects.remove());

const project = (files: Readonly<Record<string, string>>) =>
  projects.write({ "Pulumi.yaml": "name: acme\nruntime: nodejs\n", "package.json": "{}", ...files });

describe("what runs", () => {
  test.each<
    [string, Readonly<Record<string, string>>, { directory: string; entry: string; typescript: boolean }]
  >([
    ["index.js", { "index.js": "" }, { directory: ".", entry: ".", typescript: false }],
    ["index.ts", { "index.ts": "" }, { directory: ".", entry: ".", typescript: true }],
    [
      "index.js before index.ts",
      { "index.ts": "", "index.js": "" },
      { directory: ".", entry: ".", typescript: false },
    ],
    [
      "main of package.json",
      { "package.json": `{ "main": "bin/index.js" }`, "bin/index.js": "", "index.ts": "" },
      { directory: ".", entry: ".", typescript: false },
    ],
    [
      "main that is TypeScript",
      { "package.json": `{ "main": "app.ts" }`, "app.ts": "" },
      { directory: ".", entry: ".", typescript: true },
    ],
    [
      "main that is not built falls back, as the SDK does",
      { "package.json": `{ "main": "bin/index.js" }`, "index.ts": "" },
      { directory: ".", entry: ".", typescript: true },
    ],
    [
      "exports before main",
      {
        "package.json": `{ "main": "a.ts", "exports": { ".": { "default": "./b.js" } } }`,
        "a.ts": "",
        "b.js": "",
      },
      { directory: ".", entry: ".", typescript: false },
    ],
    [
      "main of Pulumi.yaml, a file",
      { "Pulumi.yaml": "name: acme\nruntime: nodejs\nmain: src/app.ts", "src/app.ts": "" },
      { directory: "src", entry: "app.ts", typescript: true },
    ],
    [
      "main of Pulumi.yaml, a directory",
      { "Pulumi.yaml": "name: acme\nruntime: nodejs\nmain: src/", "src/index.js": "" },
      { directory: "src", entry: ".", typescript: false },
    ],
    [
      "what Pulumi.yaml says of TypeScript",
      {
        "Pulumi.yaml": "name: acme\nruntime: { name: nodejs, options: { typescript: true } }",
        "index.js": "",
      },
      { directory: ".", entry: ".", typescript: true },
    ],
  ])("%s", (_what, files, expected) => {
    const root = project(files);
    expect(readProject(root)).toMatchObject({
      ...expected,
      directory: join(root, expected.directory),
      root,
      name: "acme",
    });
  });

  test("arguments for Node", () => {
    const root = project({
      "index.js": "",
      "Pulumi.yaml": `name: acme\nruntime:\n  name: nodejs\n  options: { nodeargs: "--stack-size=2000  --no-warnings" }`,
    });
    expect(readProject(root).nodeArguments).toEqual(["--stack-size=2000", "--no-warnings"]);
  });
});

test("what of a stack's settings is not read is said", () => {
  const remarks = (files: Readonly<Record<string, string>>) =>
    readConfig(readProject(project({ "index.js": "", ...files })), "dev", {}).remarks;
  expect(remarks({})).toEqual([]);
  expect(remarks({ "Pulumi.prod.yaml": "config: {}\n" })).toEqual([
    "there is no Pulumi.dev.yaml; the stack dev has no configuration of its own (others: prod)",
  ]);
  expect(remarks({ "Pulumi.dev.yaml": "environment: [acme]\n" })).toEqual([
    expect.stringMatching(
      /Pulumi\.dev\.yaml: environment is not read; give the values of the ESC environment/,
    ),
  ]);
});

describe("configuration", () => {
  const config = (files: Readonly<Record<string, string>>, given: GivenConfig = {}) =>
    readConfig(readProject(project({ "index.js": "", ...files })), "dev", given);

  test("given wins over the stack's file, that over the project's defaults", () => {
    const files = {
      "Pulumi.yaml":
        "name: acme\nruntime: nodejs\nconfig:\n  a: default\n  b: { default: default, type: string }\n  c: { value: default }\n  aws:region: { value: eu-west-1 }\n  e: { type: string }\n",
      "Pulumi.dev.yaml": "config:\n  acme:b: file\n  acme:c: file\n",
      "Pulumi.prod.yaml": "config:\n  acme:a: other\n",
    };
    expect(config(files, { config: { c: "given", "aws:profile": "x" } })).toEqual({
      remarks: [],
      values: {
        "acme:a": "default",
        "acme:b": "file",
        "acme:c": "given",
        "aws:region": "eu-west-1",
        "aws:profile": "x",
      },
      secretKeys: [],
    });
  });

  test("values that are no text travel as JSON", () => {
    expect(
      config({ "Pulumi.dev.yaml": "config:\n  acme:n: 3\n  acme:b: true\n  acme:o: { a: [1] }\n" }).values,
    ).toEqual({
      "acme:n": "3",
      "acme:b": "true",
      "acme:o": `{"a":[1]}`,
    });
  });

  test("secrets are marked; a declared secret is one", () => {
    const files = {
      "Pulumi.yaml": "name: acme\nruntime: nodejs\nconfig:\n  pin: { value: '1', secret: true }\n",
    };
    expect(config(files, { secrets: { key: "s" } }).secretKeys).toEqual(["acme:pin", "acme:key"]);
  });

  test("what the file holds encrypted has to be given", () => {
    const files = {
      "Pulumi.dev.yaml":
        "config:\n  acme:key: { secure: v1:abc }\n  acme:deep: { a: [{ secure: v1:abc }] }\n",
    };
    expect(() => config(files)).toThrow(
      /acme:key, acme:deep are encrypted and cannot be read without the stack's key/,
    );
    expect(config(files, { secrets: { key: "k", deep: { a: ["x"] } } }).values).toEqual({
      "acme:key": "k",
      "acme:deep": `{"a":["x"]}`,
    });
  });

  test("lies where stackConfigDir says", () => {
    const files = {
      "Pulumi.yaml": "name: acme\nruntime: nodejs\nstackConfigDir: stacks\n",
      "stacks/Pulumi.dev.yaml": "config:\n  acme:a: x\n",
    };
    expect(config(files).values).toEqual({ "acme:a": "x" });
  });
});
