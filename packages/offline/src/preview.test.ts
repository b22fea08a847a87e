import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  preview,
  secret,
  secretPaths,
  unknown,
  unknownPaths,
  type PreviewResult,
  type Resource,
} from "./index";
import { Projects } from "../testing/project";

// Each preview starts processes; on a busy machine that takes its time.
jest.setTimeout(90_000);
const projects = new Projects();
afterAll(() => projects.remove());

function named(result: PreviewResult, name: string): Resource {
  const found = result.resources.filter((resource) => resource.name === name);
  expect(found).toHaveLength(1);
  return found[0] as Resource;
}

const SHOP = `
const pulumi = require("@pulumi/pulumi");
const { Service } = require("@pulumi/kubernetes/core/v1");
const { TargetGroup } = require("@pulumi/aws/lb");

class Shop extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:shop:Shop", name, args, opts);
    const service = new Service(name + "-web", { spec: { type: "LoadBalancer", ports: [{ port: 80 }] } }, { parent: this });
    const port = service.spec.ports[0].nodePort.apply((p) => p ?? pulumi.unknown);
    const group = new TargetGroup(name + "-tg", { port, protocol: "TCP", vpcId: "vpc-1" }, { parent: this, dependsOn: args.after });
    this.registerOutputs({ arn: group.arn, kind: "shop" });
    this.arn = group.arn;
  }
}
const before = new Service("before", { metadata: { name: "before" }, spec: { ports: [{ port: 80 }] } });
const shop = new Shop("shop", { token: pulumi.secret("s3cr3t"), replicas: 2, after: [before] }, { protect: true });
module.exports = { arn: shop.arn, size: 3, token: pulumi.secret("s3cr3t") };
`;

describe("resources", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({ program: projects.program(SHOP), stack: "prod" });
  });

  test("carry URNs with the types of all their parents", () => {
    expect(result.resources.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:prod::acme::pulumi:pulumi:Stack::acme-prod",
      "urn:pulumi:prod::acme::pulumi:providers:kubernetes::default_4_34_2",
      "urn:pulumi:prod::acme::kubernetes:core/v1:Service::before",
      "urn:pulumi:prod::acme::acme:shop:Shop::shop",
      "urn:pulumi:prod::acme::acme:shop:Shop$kubernetes:core/v1:Service::shop-web",
      "urn:pulumi:prod::acme::pulumi:providers:aws::default_7_48_0",
      "urn:pulumi:prod::acme::acme:shop:Shop$aws:lb/targetGroup:TargetGroup::shop-tg",
    ]);
  });

  test("know their parent, provider and whether they are components", () => {
    const stack = "urn:pulumi:prod::acme::pulumi:pulumi:Stack::acme-prod";
    expect(named(result, "shop")).toMatchObject({ parent: stack, custom: false, provider: undefined });
    expect(named(result, "shop-tg")).toMatchObject({
      parent: "urn:pulumi:prod::acme::acme:shop:Shop::shop",
      custom: true,
      id: unknown,
      provider:
        "urn:pulumi:prod::acme::pulumi:providers:aws::default_7_48_0::04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    });
  });

  test("inherit protection", () => {
    expect(named(result, "shop-web").protect).toBe(true);
    expect(named(result, "before").protect).toBe(false);
  });

  test("know what they, and each of their inputs, depend on", () => {
    const web = named(result, "shop-web").urn;
    const group = named(result, "shop-tg");
    expect(new Set(group.dependencies)).toEqual(new Set([web, named(result, "before").urn]));
    expect(group.propertyDependencies).toEqual({ port: [web], protocol: [], vpcId: [] });
  });

  test("show unknown values and secrets, in inputs and outputs", () => {
    const group = named(result, "shop-tg");
    expect(unknownPaths(group.inputs)).toEqual(["port"]);
    expect(unknownPaths(group.outputs)).toEqual(expect.arrayContaining(["arn", "port", "healthCheck"]));
    expect(secretPaths(named(result, "shop").inputs)).toEqual(["token"]);
  });

  test("carry a component's own inputs, and as outputs what it registers", () => {
    expect(named(result, "shop").inputs).toMatchObject({ replicas: 2 });
    expect(named(result, "shop").outputs).toEqual({ arn: unknown, kind: "shop" });
  });

  test("list the names that they may have had", () => {
    expect(named(result, "shop-tg").aliases).toEqual([
      "urn:pulumi:prod::acme::acme:shop:Shop$aws:elasticloadbalancingv2/targetGroup:TargetGroup::shop-tg",
    ]);
  });

  test("the stack's outputs are what the program exports", () => {
    expect(Object.keys(result.outputs).sort()).toEqual(["arn", "size", "token"]);
    expect(result.outputs).toMatchObject({ arn: unknown, size: 3 });
    expect(secretPaths(result.outputs)).toEqual(["token"]);
  });

  test("neither JSON nor a printed result shows a secret", () => {
    expect(JSON.stringify(result)).not.toContain("s3cr3t");
  });

  test("are the same in a second run", async () => {
    const again = await preview({ program: projects.program(SHOP), stack: "prod" });
    expect(again.resources).toEqual(result.resources);
  });
});

describe("programs", () => {
  test("in TypeScript are compiled by the SDK, type errors included", async () => {
    const files = { "package.json": "{}", "index.js": "", "tsconfig.json": "{}" };
    const typescript = (source: string): string => {
      const directory = projects.program("", { ...files, "index.ts": source });
      rmSync(join(directory, "index.js"));
      return directory;
    };
    const good = typescript(`export const size: number = 1 + 2;`);
    expect((await preview({ program: good })).outputs).toEqual({ size: 3 });
    const bad = typescript(`export const size: number = "three";`);
    await expect(preview({ program: bad })).rejects.toThrow(
      /^the program of acme failed: TSError: ⨯ Unable to compile TypeScript: index\.ts.+Type 'string' is not assignable/,
    );
  });

  test("as ES modules run", async () => {
    const program = projects.program(`export const size = 3;`, {
      "package.json": `{ "type": "module", "main": "index.js" }`,
    });
    expect((await preview({ program })).outputs).toEqual({ size: 3 });
  });

  test("see project, stack, organization, configuration and environment", async () => {
    const program = projects.program(
      `const pulumi = require("@pulumi/pulumi");
       const config = new pulumi.Config();
       module.exports = {
         who: [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack(), pulumi.runtime.isDryRun()],
         where: pulumi.runtime.getRootDirectory() === __dirname && process.cwd() === __dirname,
         count: config.requireNumber("count"), list: config.requireObject("list"), key: config.requireSecret("key"),
         mood: process.env.MOOD,
       };`,
    );
    const result = await preview({
      program,
      stack: "prod",
      organization: "shop",
      config: { count: 3, list: ["a"] },
      secrets: { key: "k3y-k3y" },
      env: { MOOD: "good" },
    });
    expect(result.outputs).toEqual({
      who: ["shop", "acme", "prod", true],
      where: true,
      count: 3,
      list: ["a"],
      key: secret("k3y-k3y"),
      mood: "good",
    });
    expect(result).toMatchObject({ project: "acme", stack: "prod", organization: "shop" });
  });

  test("leave messages, which are collected", async () => {
    const program = projects.program(
      `const pulumi = require("@pulumi/pulumi");
       const box = new pulumi.ComponentResource("acme:index:Box", "box");
       pulumi.log.debug("quiet"); pulumi.log.info("first", box); pulumi.log.warn("second"); pulumi.log.info("passing", undefined, undefined, true);`,
    );
    expect((await preview({ program })).diagnostics).toEqual([
      { severity: "info", message: "first", urn: "urn:pulumi:dev::acme::acme:index:Box::box" },
      { severity: "warning", message: "second", urn: undefined },
    ]);
  });

  test("tell what happens as it happens", async () => {
    const seen: string[] = [];
    await preview({
      program: projects.program(`const pulumi = require("@pulumi/pulumi"); pulumi.log.info("hello");`),
      policyPacks: [
        {
          dir: projects.pack(
            `{ policies: [{ name: "look", description: "Look.", validateStack: (_, report) => report("hm") }] }`,
          ),
        },
      ],
      onEvent: ({ kind }) => seen.push(kind),
    });
    expect([...seen].sort()).toEqual([
      "diagnostic",
      "packReady",
      "programFinished",
      "programStarted",
      "resource",
      "violation",
    ]);
    expect(seen[0]).toBe("programStarted");
    expect(seen.at(-1)).toBe("violation");
  });
});
