import { fixtureProject } from "./engine/project";
import { expectCode, pulumi } from "./engine/pulumi";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack } from "./engine/stack";

describe("the language host", () => {
  let sandbox: Sandbox;

  beforeAll(() => (sandbox = openSandbox()));
  afterAll(() => sandbox.close());

  it("tells the engine about Node and about the program's dependencies and plugins", async () => {
    const directory = fixtureProject(sandbox, "about", "two-ports");
    await initStack(sandbox, directory, "dev");
    const outcome = await pulumi(sandbox, ["about", "--json", "--transitive"], { cwd: directory });
    expect(JSON.parse(expectCode(outcome, 0).stdout)).toMatchObject({
      runtime: { executable: process.execPath, version: process.version },
      dependencies: expect.arrayContaining([{ name: "@pulumi/kubernetes", version: "4.34.2" }]),
      plugins: expect.arrayContaining([expect.objectContaining({ name: "nodejs", version: "3.230.0" })]),
    });
  });

  it("reports a program that throws once, in the program's own words", async () => {
    const directory = fixtureProject(sandbox, "throws", "throws");
    const stack = await initStack(sandbox, directory, "dev");
    const run = await stack.preview();
    expect(run.code).not.toBe(0);
    expect(run.stdout.match(/the program has nothing to do/g)).toHaveLength(1);
    // Exit code 32 of the program means: reported already.
    expect(run.stdout).not.toContain("non-zero exit code");
  });

  it("passes on a program that ends with a code of its own", async () => {
    const directory = fixtureProject(sandbox, "exits", "exits");
    const stack = await initStack(sandbox, directory, "dev");
    const run = await stack.preview();
    expect(run.code).not.toBe(0);
    expect(run.stdout).toContain("Program exited with non-zero exit code: 7");
  });
});
