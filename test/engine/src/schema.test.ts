import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
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
    plugin = join(packAndUnpack(sandbox), "plugin");
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

/** What a user of the registry gets: the fixture built, packed, unpacked elsewhere, with its dependencies beside it. */
function packAndUnpack({ root }: Sandbox): string {
  const source = join(root, "source");
  const unpacked = join(root, "unpacked");
  cpSync(FIXTURE, source, { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(source, "node_modules"));
  mkdirSync(unpacked);
  run(process.execPath, [join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", "."], source);
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", root], source);
  run("tar", ["xzf", join(root, "evenkeel-schema-proof-1.2.3.tgz"), "-C", unpacked], root);
  symlinkSync(join(REPOSITORY, "node_modules"), join(unpacked, "node_modules"));
  return join(unpacked, "package");
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed in ${cwd}:\n${stdout}${stderr}`);
}
