import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  preview,
  secretPaths,
  unknown,
  type PolicyViolation,
  type PreviewOptions,
  type PreviewResult,
} from "../index";
import { Projects } from "../../testing/project";

// Each preview starts processes; on a busy machine that takes its time.
jest.setTimeout(90_000);
const projects = new Projects();
afterAll(() => projects.remove());

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const { Service } = require("@pulumi/kubernetes/core/v1");
const { TargetGroup } = require("@pulumi/aws/lb");
const web = new Service("web", { metadata: { name: "web", labels: { key: pulumi.secret("p0licy") } }, spec: { ports: [{ port: 80 }] } });
new TargetGroup("tg", { port: web.spec.apply(() => pulumi.unknown), protocol: "TCP", vpcId: "vpc-1" }, { protect: true, ignoreChanges: ["port"], customTimeouts: { create: "1m30s" } });
class Box extends pulumi.ComponentResource {
  constructor(name, args) { super("acme:index:Box", name, args); this.registerOutputs({ count: args.count + 1 }); }
}
new Box("box", { count: 2 });
require("@pulumi/aws/ec2").Vpc.get("old", "vpc-1");
`;

const READS = { "aws:ec2/vpc:Vpc": { "vpc-1": { cidrBlock: "10.0.0.0/16" } } };

function run(pack: string, options: Partial<PreviewOptions> = {}, config?: PreviewOptions["policyPacks"]) {
  return preview({
    program: projects.program(PROGRAM),
    reads: READS,
    policyPacks: config ?? [{ dir: projects.pack(pack) }],
    ...options,
  });
}

const texts = (result: PreviewResult): readonly string[] =>
  result.policy.violations.map(({ policy, message }) => `${policy}: ${message.split("\n").pop() ?? ""}`);

const onTargetGroup = (body: string): string =>
  `validateResource: (args, report) => { if (args.type === "aws:lb/targetGroup:TargetGroup") { ${body} } }`;

describe("one pack of many policies", () => {
  const level = (name: string, more = ""): string =>
    `{ name: "${name}", description: "About ${name}.", enforcementLevel: "${name}", ${more} ${onTargetGroup(`report("seen")`)} }`;
  const stack = (name: string, body: string): string =>
    `{ name: "${name}", description: "Look.", enforcementLevel: "mandatory", validateStack: (args, report) => {
       const of = (name) => args.resources.find((resource) => resource.name === name);
       ${body}
     } }`;
  const PACK = `{ policies: [
    ${level("advisory", 'severity: "low",')}, ${level("disabled")}, ${level("mandatory", 'severity: "critical",')},
    { name: "inputs", description: "Look.", ${onTargetGroup("report(JSON.stringify([args.props.protocol, args.props.targetType, args.name, args.props.name.startsWith('tg-'), '__defaults' in args.props]))")} },
    { name: "port", description: "Port.", enforcementLevel: "mandatory", ${onTargetGroup("void args.props.port;")} },
    { name: "context", description: "Look.", validateResource: (args, report) => {
      if (args.type === "aws:lb/targetGroup:TargetGroup")
        report(JSON.stringify([args.opts.protect, args.opts.ignoreChanges, args.opts.customTimeouts.createSeconds, args.opts.aliases, args.provider.props.version, args.opts.parent]));
      if (args.type === "acme:index:Box") report("count " + args.props.count);
      if (args.type === "kubernetes:core/v1:Service") report("key " + args.props.metadata.labels.key.length);
    } },
    { name: "never", description: "Never.", validateResource: (args) => { if (args.type === "acme:index:Box") args.notApplicable("a box"); } },
    ${stack("edges", `report(JSON.stringify([of("tg").propertyDependencies.port.map(({ name }) => name), of("tg").dependencies.map(({ name }) => name), of("tg").parent.name, of("box").props]), of("tg").urn);`)},
    ${stack("urns", `report("about no resource"); report("about another", "urn:pulumi:dev::acme::x:y:Z::nobody");`)},
    ${stack("arn", `void of("tg").props.arn;`)},
    ${stack("all", `report(args.resources.map(({ name }) => name).join(" "));`).replace('"all"', '"managed"')},
  ] }`;
  const root = "urn:pulumi:dev::acme::pulumi:pulumi:Stack::acme-dev";
  const group = "urn:pulumi:dev::acme::aws:lb/targetGroup:TargetGroup::tg";
  let result: PreviewResult;
  const of = (policy: string): readonly PolicyViolation[] =>
    result.policy.violations.filter((violation) => violation.policy === policy);
  const said = (policy: string): readonly string[] =>
    of(policy).map(({ message }) => message.split("\n").pop() ?? "");

  beforeAll(async () => {
    result = await run(PACK);
  });

  test("every level and severity is reported; only mandatory blocks", () => {
    expect(result.outcome).toBe("blocked");
    const common = { pack: "tested", version: "1.2.3", urn: group, stage: "resource" };
    expect([...of("advisory"), ...of("disabled"), ...of("mandatory")]).toEqual([
      {
        ...common,
        policy: "advisory",
        level: "advisory",
        severity: "low",
        description: "About advisory.",
        message: "About advisory.\nseen",
      },
      {
        ...common,
        policy: "mandatory",
        level: "mandatory",
        severity: "critical",
        description: "About mandatory.",
        message: "About mandatory.\nseen",
      },
    ]);
    expect(result.policy.packs).toMatchObject([{ name: "tested", version: "1.2.3" }]);
    expect(result.policy.packs[0]?.policies.slice(0, 3)).toMatchObject([
      { name: "advisory", level: "advisory", type: "resource", severity: "low" },
      { name: "disabled", level: "disabled" },
      { name: "mandatory", level: "mandatory" },
    ]);
  });

  test("a resource is judged by the inputs that the provider's Check left", () => {
    expect(said("inputs")).toEqual([`["TCP","instance","tg",true,false]`]);
  });

  test("a policy that reads an unknown value becomes advisory, with the path", () => {
    expect(of("port")).toMatchObject([{ level: "advisory" }]);
    expect(said("port")[0]).toMatch(/string value at \.port can't be known during preview$/);
  });

  test("policies see options, provider and parent, secrets in the clear, and a component's own arguments", () => {
    expect(said("context")).toEqual(
      expect.arrayContaining([`[true,["port"],90,[],"7.48.0","${root}"]`, "count 2", "key 6"]),
    );
  });

  test("what does not apply is listed with its reason", () => {
    expect(result.policy.notApplicable).toEqual([
      { pack: "tested", policy: "never", urn: "urn:pulumi:dev::acme::acme:index:Box::box", reason: "a box" },
    ]);
  });

  test("the stack is judged by outputs, with parents, dependencies and property dependencies", () => {
    expect(said("edges")).toEqual([`[["web"],["web"],"acme-dev",{"count":3}]`]);
    expect(of("edges")).toMatchObject([{ urn: group, stage: "stack" }]);
  });

  test("a violation of no resource of the stack is the stack's", () => {
    expect(of("urns").map(({ urn }) => urn)).toEqual([root, root]);
  });

  test("computed outputs are unknown to stack policies", () => {
    expect(of("arn")).toMatchObject([{ level: "advisory" }]);
    expect(said("arn")[0]).toContain("string value at .arn can't be known during preview");
  });

  test("resources that were only read are left out", () => {
    expect(said("managed")[0]?.split(" ")).not.toContain("old");
    expect(result.resources.find(({ name }) => name === "old")).toMatchObject({
      external: true,
      id: "vpc-1",
    });
  });
});

describe("remediation", () => {
  const PACK = `{ policies: [{ name: "mend", description: "Mend.", enforcementLevel: "remediate",
    remediateResource: (args) => args.type === "kubernetes:core/v1:Service" ? { ...args.props, spec: { ...args.props.spec, type: "NodePort" } } : undefined,
    validateResource: (args, report) => { if (args.type === "kubernetes:core/v1:Service") report("still " + args.props.spec.type); },
  }] }`;

  test("changes the inputs that follow, keeps secrets, and what is left over blocks", async () => {
    const result = await preview({
      program: projects.program(PROGRAM + `module.exports = { type: web.spec.type };`),
      reads: READS,
      policyPacks: [{ dir: projects.pack(PACK) }],
    });
    expect(result.outputs).toEqual({ type: "NodePort" });
    expect(texts(result)).toEqual(["mend: still NodePort"]);
    expect(result.policy.violations[0]).toMatchObject({ level: "mandatory" });
    const [remediation] = result.policy.remediations;
    expect(remediation).toMatchObject({ policy: "mend", pack: "tested", description: "Mend." });
    expect(secretPaths(remediation?.after ?? {})).toEqual(["metadata.labels.key"]);
    expect(remediation?.before["spec"]).toEqual({ ports: [{ port: 80 }] });
  });

  test("that reads an unknown value is told, and changes nothing", async () => {
    const result =
      await run(`{ policies: [{ name: "mend", description: "Mend.", enforcementLevel: "remediate",
      remediateResource: (args) => args.type === "aws:lb/targetGroup:TargetGroup" ? { ...args.props, port: args.props.port + 1 } : undefined }] }`);
    expect(result.policy.violations).toMatchObject([{ level: "advisory", stage: "remediation" }]);
    expect(result.resources.find(({ name }) => name === "tg")?.inputs["port"]).toBe(unknown);
  });
});

describe("configuration of a pack", () => {
  const PACK = `{ policies: [
    { name: "limit", description: "Limit.", enforcementLevel: "advisory", configSchema: { properties: { most: { type: "integer", default: 5 }, words: { type: "array", items: { type: "string" } } } },
      ${onTargetGroup("report(JSON.stringify(args.getConfig()))")} },
    { name: "other", description: "Other.", enforcementLevel: "advisory", ${onTargetGroup('report("other")')} },
  ] }, { limit: { words: ["initial"] } }`;

  const violations = async (config: NonNullable<PreviewOptions["policyPacks"]>[number]["config"]) =>
    (await run("", {}, [{ dir: projects.pack(PACK), config }])).policy.violations.map(
      ({ policy, level, message }: PolicyViolation) => [policy, level, message.split("\n")[1]],
    );

  test("defaults of the schema, then the author's, then the caller's", async () => {
    expect(await violations(undefined)).toEqual([
      ["limit", "advisory", `{"most":5,"words":["initial"]}`],
      ["other", "advisory", "other"],
    ]);
    expect(await violations({ all: "mandatory", limit: { most: 7 }, other: "disabled" })).toEqual([
      ["limit", "mandatory", `{"most":7,"words":["initial"]}`],
    ]);
  });

  test("from a file", async () => {
    const dir = projects.pack(PACK);
    const file = join(dir, "config.json");
    writeFileSync(file, `{ "limit": { "enforcementLevel": "mandatory", "most": 9 } }`);
    const result = await run("", {}, [{ dir, config: file }]);
    expect(result.policy.violations[0]).toMatchObject({
      policy: "limit",
      level: "mandatory",
      message: `Limit.\n{"most":9,"words":["initial"]}`,
    });
  });

  test.each([
    [{ limit: { most: "many" } }, /limit: most must be integer$/],
    [
      { limit: "sometimes" },
      /limit: "sometimes" is no enforcement level; wanted advisory, mandatory, remediate, disabled$/,
    ],
    [{ limt: { most: 7 } }, /limt: no policy has this name, and no enforcementLevel is given$/],
    ["missing.json", /missing\.json/],
  ])("that is wrong is told in a line: %j", async (config, message) => {
    await expect(run("", {}, [{ dir: projects.pack(PACK), config }])).rejects.toMatchObject({
      kind: "policyPack",
      message: expect.stringMatching(message),
    });
  });

  test("that names a policy which is not there is remarked upon", async () => {
    const result = await run("", {}, [{ dir: projects.pack(PACK), config: { limt: "mandatory" } }]);
    expect(result.diagnostics).toEqual([
      {
        severity: "warning",
        message: "policy pack 'tested' has no policy 'limt', which its configuration names",
      },
    ]);
  });
});

test("the version of PulumiPolicy.yaml wins over package.json's", async () => {
  const dir = projects.pack(`{ policies: [] }`, { "PulumiPolicy.yaml": "runtime: nodejs\nversion: 9.9.9\n" });
  const result = await run("", {}, [{ dir }]);
  expect(result.policy.packs).toMatchObject([{ version: "9.9.9" }]);
});

test("several packs speak in their order, resource by resource", async () => {
  const pack = (word: string) =>
    projects.pack(
      `{ policies: [{ name: "${word}", description: "${word}", ${onTargetGroup(`report("${word}")`)} }] }`,
    );
  const result = await run("", {}, [{ dir: pack("first") }, { dir: pack("second") }]);
  expect(texts(result)).toEqual(["first: first", "second: second"]);
});
