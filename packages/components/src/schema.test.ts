import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { REQUIREMENTS } from "@evenkeel/core/decide";
import * as library from ".";

const PACKAGE = resolve(__dirname, "..");
const COMPONENTS = Object.keys(library).filter((name) => name.endsWith("Service"));

jest.setTimeout(180_000);

/**
 * What a user of another language gets is inferred from the published package: its sources, its tsconfig, without the workspace
 * around it.
 */
describe("the schema of the packed package", () => {
  let root: string;
  let unpacked: string;
  let schema: ReturnType<typeof generateSchema>;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "evenkeel-schema-"));
    unpacked = join(root, "package");
    run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", root], PACKAGE);
    run("tar", ["xzf", "evenkeel-pulumi-0.1.0.tgz"], root);
    symlinkSync(resolve(PACKAGE, "../../node_modules"), join(unpacked, "node_modules"));
    const manifest = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
    const analyzer = new Analyzer(unpacked, "evenkeel", manifest, new Set(COMPONENTS));
    const { components, typeDefinitions, dependencies } = analyzer.analyze();
    schema = generateSchema(
      "evenkeel",
      manifest.version,
      manifest.description,
      components,
      typeDefinitions,
      dependencies,
    );
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("has every component under its token", () => {
    expect(COMPONENTS).toEqual(["InternalService", "NlbInstanceService", "NlbIpService"]);
    expect(Object.keys(schema.resources).sort()).toEqual(COMPONENTS.map((name) => `evenkeel:index:${name}`));
  });

  it("describes every component, argument and output", () => {
    const undescribed = [
      ...Object.entries(schema.resources).flatMap(([token, { description, inputProperties, properties }]) => [
        ...(description ? [] : [token]),
        ...withoutDescription(token, inputProperties),
        ...withoutDescription(token, properties),
      ]),
      ...Object.entries(schema.types).flatMap(([token, type]) =>
        type.properties
          ? withoutDescription(token, type.properties)
          : (type.enum ?? []).flatMap(({ name, description }) => (description ? [] : [`${token}.${name}`])),
      ),
    ];
    expect(undescribed).toEqual([]);
  });

  it("names enums, nested arguments and output records", () => {
    expect(schema.types["evenkeel:index:TrafficPolicy"]).toMatchObject({
      type: "string",
      enum: [{ value: "Auto" }, { value: "Cluster" }, { value: "Local" }],
    });
    expect(schema.resources["evenkeel:index:NlbInstanceService"]).toMatchObject({
      isComponent: true,
      requiredInputs: ["ports", "scheme"],
      inputProperties: {
        trafficPolicy: { $ref: "#/types/evenkeel:index:TrafficPolicy" },
        ports: { items: { $ref: "#/types/evenkeel:index:NlbInstancePortArgs" } },
        deployment: { $ref: expect.stringContaining("kubernetes:apps%2Fv1:Deployment") },
      },
      properties: {
        service: { $ref: expect.stringContaining("kubernetes:core%2Fv1:Service") },
        targetGroups: { items: { $ref: expect.stringContaining("aws:lb%2FtargetGroup:TargetGroup") } },
        decision: { $ref: "#/types/evenkeel:index:Decision" },
        estimate: { items: { $ref: "#/types/evenkeel:index:Estimate" } },
      },
    });
  });

  it("says of each requirement what core says", () => {
    const described = (type: string): Readonly<Record<string, string>> =>
      Object.fromEntries(
        Object.entries(schema.types[`evenkeel:index:${type}`]?.properties ?? {}).map(
          ([name, { description = "" }]) => [name, description.replace(/\s+/g, " ").trim()],
        ),
      );
    const told = (sides: readonly string[]): Readonly<Record<string, string>> =>
      Object.fromEntries(
        Object.entries(REQUIREMENTS)
          .filter(([, requirement]) => sides.includes(requirement.sides))
          .map(([name, { says, default: fallback }]) => [
            name,
            fallback === undefined ? says : `${says} Default ${String(fallback)}.`,
          ]),
      );
    expect(described("RequirementsArgs")).toEqual(told(["both", "external"]));
    expect(described("InternalRequirementsArgs")).toEqual(told(["both"]));
  });

  it("ships the plugin's entry and no tests", () => {
    const files = spawnSync("tar", ["tzf", join(root, "evenkeel-pulumi-0.1.0.tgz")], {
      encoding: "utf8",
    }).stdout.split("\n");
    expect(files).toEqual(
      expect.arrayContaining([
        "package/plugin/PulumiPlugin.yaml",
        "package/plugin/index.js",
        "package/tsconfig.json",
        "package/src/index.ts",
      ]),
    );
    expect(files.filter((file) => /\.test\.|testing\//.test(file))).toEqual([]);
  });
});

function withoutDescription(
  token: string,
  properties: Readonly<Record<string, { description?: string }>> = {},
): readonly string[] {
  return Object.entries(properties).flatMap(([name, { description }]) =>
    description ? [] : [`${token}.${name}`],
  );
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
}
