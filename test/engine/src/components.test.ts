import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { packAndUnpack } from "./engine/packed";
import { fixtureProject, REPOSITORY } from "./engine/project";
import { expectCode, pulumi } from "./engine/pulumi";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack } from "./engine/stack";
import { undefinedPaths } from "./engine/undefined";
import { startStandIns, type StandIns } from "./providers";

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly inputProperties?: Readonly<Record<string, Described>>;
}

interface Schema {
  readonly name: string;
  readonly resources: Readonly<Record<string, Described>>;
  readonly types: Readonly<
    Record<string, Described & { readonly enum?: readonly { readonly value: string }[] }>
  >;
}

describe("packages/components, packed by npm", () => {
  let sandbox: Sandbox;
  let standIns: StandIns;
  let plugin: string;

  beforeAll(async () => {
    sandbox = openSandbox();
    standIns = await startStandIns({ reachable: true });
    plugin = join(packAndUnpack(sandbox, join(REPOSITORY, "packages/components")), "plugin");
  });
  afterAll(() => {
    standIns.close();
    sandbox.close();
  });

  it("has a schema in which every component, argument and output is described", async () => {
    const outcome = await pulumi(sandbox, ["package", "get-schema", plugin], {
      cwd: sandbox.root,
      env: standIns.env,
    });
    // What the engine printed is a package schema (pulumi/pulumi pkg/codegen/schema/pulumi.json).
    const schema = JSON.parse(expectCode(outcome, 0).stdout) as Schema;
    expect(schema.name).toBe("evenkeel");
    expect(Object.keys(schema.resources).sort()).toEqual([
      "evenkeel:index:InternalService",
      "evenkeel:index:NlbInstanceService",
      "evenkeel:index:NlbIpService",
    ]);
    expect(schema.types["evenkeel:index:TrafficPolicy"]?.enum?.map(({ value }) => value).sort()).toEqual([
      "Auto",
      "Cluster",
      "Local",
    ]);
    expect(undescribed(schema)).toEqual([]);
  });

  it("is hosted by the engine for a program that knows only the token", async () => {
    const directory = fixtureProject(sandbox, "remote-nlb", "remote-nlb");
    appendFileSync(
      join(directory, "Pulumi.yaml"),
      `plugins:\n  providers:\n    - name: evenkeel\n      path: ${plugin}\n`,
    );
    const stack = await initStack(sandbox, directory, "dev", standIns.env);
    expectCode(await stack.preview(), 0);
    expectCode(await stack.up(), 0);
    const resources = (await stack.state()).deployment.resources ?? [];
    const component = resources.find(({ type }) => type === "evenkeel:index:NlbIpService");
    expect(component?.outputs).toMatchObject({ hostname: expect.stringMatching(/amazonaws\.com$/) });
    const children = resources.filter(({ parent }) => parent === component?.urn).map(({ type }) => type);
    expect(new Set(children)).toEqual(
      new Set([
        "kubernetes:core/v1:Service",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:lb/targetGroup:TargetGroup",
        "aws:lb/listener:Listener",
        "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
      ]),
    );
    expect(undefinedPaths(resources)).toEqual([]);
    expectCode(await stack.destroy(), 0);
  });
});

/** Names of what carries no description. The schema inference drops those of records; those of their fields it keeps. */
function undescribed({ resources, types }: Schema): readonly string[] {
  const missing = (name: string, fields: Readonly<Record<string, Described>> = {}): readonly string[] =>
    Object.entries(fields).flatMap(([field, { description }]) => (description ? [] : [`${name}.${field}`]));
  return [
    ...Object.entries(resources).flatMap(([name, { description, properties, inputProperties }]) => [
      ...(description ? [] : [name]),
      ...missing(name, properties),
      ...missing(name, inputProperties),
    ]),
    ...Object.entries(types).flatMap(([name, { properties }]) => missing(name, properties)),
  ];
}
