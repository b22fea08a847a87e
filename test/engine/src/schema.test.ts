import { appendFileSync, cpSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { packAndUnpack, run } from "./engine/packed";
import { fixtureProject, REPOSITORY } from "./engine/project";
import { expectCode, pulumi } from "./engine/pulumi";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack } from "./engine/stack";

const FIXTURE = resolve(__dirname, "../fixtures/component-package");

describe("a component package, packed by npm", () => {
  let sandbox: Sandbox;
  let plugin: string;

  beforeAll(() => {
    sandbox = openSandbox();
    plugin = join(packAndUnpack(sandbox, built(sandbox)), "plugin");
  });
  afterAll(() => sandbox.close());

  it("has a schema in which enum, nested arguments and output record keep their names and descriptions", async () => {
    const outcome = await pulumi(sandbox, ["package", "get-schema", plugin], { cwd: sandbox.root });
    const schema: unknown = JSON.parse(expectCode(outcome, 0).stdout);
    expect(schema).toMatchObject({
      name: "evenkeel",
      version: "1.2.3",
      types: {
        "evenkeel:index:Grade": {
          type: "string",
          enum: [
            { name: "Fine", value: "Fine", description: "To the tenth of a millimetre." },
            { name: "Coarse", value: "Coarse", description: "To the millimetre." },
          ],
        },
        "evenkeel:index:Tolerance": {
          properties: {
            millimetres: { type: "number", description: "Largest deviation in millimetres." },
            grade: { $ref: "#/types/evenkeel:index:Grade" },
          },
          required: ["millimetres"],
        },
        "evenkeel:index:Reading": {
          properties: { sentence: { type: "string" }, off: { type: "array", items: { type: "string" } } },
          required: ["off", "sentence"],
        },
      },
      resources: {
        "evenkeel:index:Level": {
          isComponent: true,
          description: "A level across marks.",
          inputProperties: {
            tolerance: { $ref: "#/types/evenkeel:index:Tolerance" },
            marks: { type: "array", items: { type: "string" } },
          },
          requiredInputs: ["tolerance"],
          properties: { reading: { $ref: "#/types/evenkeel:index:Reading", description: "What was read." } },
        },
      },
    });
  });

  it("is hosted by the engine under its own token for a program that knows only the token", async () => {
    const directory = fixtureProject(sandbox, "remote", "remote-level");
    appendFileSync(
      join(directory, "Pulumi.yaml"),
      `plugins:\n  providers:\n    - name: evenkeel\n      path: ${plugin}\n`,
    );
    const stack = await initStack(sandbox, directory, "dev");
    expectCode(await stack.preview(), 0);
    expectCode(await stack.up(), 0);
    const resources = (await stack.state()).deployment.resources ?? [];
    expect(resources.find(({ type }) => type === "evenkeel:index:Level")).toMatchObject({
      urn: "urn:pulumi:dev::remote::evenkeel:index:Level::floor",
      outputs: { reading: { sentence: "within 2 mm, read Fine", off: ["window", "wall"] } },
    });
    expectCode(await stack.preview({ flags: ["--expect-no-changes"] }), 0);
    expectCode(await stack.destroy(), 0);
    await stack.remove();
  });
});

/** A copy of the fixture, compiled: the repository keeps its sources alone. */
function built({ root }: Sandbox): string {
  const source = join(root, "source");
  cpSync(FIXTURE, source, { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(source, "node_modules"));
  run(process.execPath, [join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", "."], source);
  return source;
}
