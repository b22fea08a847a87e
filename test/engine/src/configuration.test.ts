import { preview } from "@evenkeel/offline";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixturePack, fixtureProject } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack, type Stack } from "./engine/stack";

/** What a pack is given of `--policy-pack-config`, by the real engine and by `packages/offline`. */
describe("the configuration of a pack", () => {
  let sandbox: Sandbox;
  let stack: Stack;
  let pack: string;
  const told = (): string => join(sandbox.root, "configured.json");

  beforeAll(async () => {
    sandbox = openSandbox();
    stack = await initStack(sandbox, fixtureProject(sandbox, "configured", "two-ports"), "dev");
    expectCode(await stack.up(), 0);
    pack = fixturePack(sandbox, "configured", "configured");
  });
  afterAll(() => sandbox.close());

  const written = (): unknown => {
    const text = existsSync(told()) ? readFileSync(told(), "utf8") : "null";
    rmSync(told(), { force: true });
    return JSON.parse(text);
  };
  const ofEngine = async (config: object) => {
    const policyConfig = join(sandbox.root, "policy.json");
    writeFileSync(policyConfig, JSON.stringify(config));
    const run = await stack.analyze({
      policyPacks: [pack],
      policyConfig,
      env: { EVENKEEL_CONFIGURED: told() },
    });
    return { code: run.code, told: written() };
  };
  const offline = async (config: object) => {
    const result = preview({
      program: stack.directory,
      stack: stack.name,
      // As it is read from a file.
      policyPacks: [{ dir: pack, config: JSON.parse(JSON.stringify(config)) }],
      env: { EVENKEEL_CONFIGURED: told(), PULUMI_CONFIG_PASSPHRASE: "" },
    });
    const failure = await result.then(
      () => undefined,
      (error: unknown) => String(error),
    );
    return { failure, told: written() };
  };

  it.each<[string, object]>([
    ["nothing", {}],
    [
      "a level for all, over what the author said, with settings that are nobody's; one by itself, and one that is not there",
      { all: { enforcementLevel: "mandatory", note: "all" }, plain: "remediate", nobody: "disabled" },
    ],
    [
      "settings over the schema's and the author's, and an empty record",
      { authored: { lowest: 9 }, plain: {} },
    ],
  ])("%s", async (_, config) => {
    const engine = await ofEngine(config);
    expect(engine).toMatchObject({ code: 0, told: { plain: {}, authored: {} } });
    expect(await offline(config)).toEqual({ failure: undefined, told: engine.told });
  });

  it.each<[string, object]>([
    ["settings without a level for a name that no policy has", { nobody: { note: "user" } }],
    ["settings without a level for all", { all: { note: "all" } }],
    ["no such level", { plain: "madatory" }],
  ])("%s ends before anything is asked", async (_, config) => {
    const engine = await ofEngine(config);
    expect([engine.code !== 0, engine.told]).toEqual([true, null]);
    expect(await offline(config)).toEqual({ failure: expect.any(String), told: null });
  });
});
