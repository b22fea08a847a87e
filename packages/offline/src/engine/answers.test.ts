import { preview, secret, unknown, type PreviewOptions, type PreviewResult } from "../index";
import { Projects } from "../../testing/project";

// Each preview starts processes; on a busy machine that takes its time.
jest.setTimeout(90_000);
const projects = new Projects();
afterAll(() => projects.remove());

const run = (source: string, options: Partial<PreviewOptions> = {}) =>
  preview({ program: projects.program(`const pulumi = require("@pulumi/pulumi");\n${source}`), ...options });

describe("what tables and providers answer", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await run(
      `const ec2 = require("@pulumi/aws/ec2");
       const { TargetGroup, getTargetGroupOutput } = require("@pulumi/aws/lb");
       const { Service } = require("@pulumi/kubernetes/core/v1");
       const { ConfigGroup } = require("@pulumi/kubernetes/yaml");
       module.exports = async () => {
         const network = new pulumi.StackReference("acme/network/prod");
         const main = ec2.Vpc.get("main", "vpc-1");
         const group = new TargetGroup("tg", { port: 80, protocol: "TCP", vpcId: "v" });
         const web = new Service("web", { metadata: { name: "web" }, spec: { type: "NodePort", ports: [{ port: 80 }] } });
         class Box extends pulumi.ComponentResource {
           constructor() { super("acme:index:Box", "box", { web }); this.registerOutputs({ web }); }
         }
         new Box();
         new ConfigGroup("all", { yaml: "apiVersion: v1\\nkind: Service\\nmetadata: { name: decoded }\\nspec: { ports: [{ port: 80 }] }\\n---\\n" });
         return {
           vpc: (await ec2.getVpc({ default: true })).id,
           ami: ec2.getAmiOutput({ owners: ["self"], nameRegex: "x" }).id,
           secret: ec2.getAmiOutput({ owners: [pulumi.secret("me")] }).id,
           notAsked: getTargetGroupOutput({ arn: group.arn }).port,
           read: [main.cidrBlock, main.id],
           computed: Service.get("old", "shop/web").spec.clusterIP,
           other: network.getOutput("vpcId"),
           key: network.requireOutput("key"),
           value: pulumi.output(web).spec.type,
           exists: pulumi.runtime.existsResource("aws:ec2/vpc:Vpc", "vpc-1"),
           mayExist: pulumi.runtime.existsResource("aws:ec2/vpc:Vpc", "vpc-2"),
         };
       };`,
      {
        invokes: {
          "aws:ec2/getVpc:getVpc": { id: "vpc-default" },
          "aws:ec2/getAmi:getAmi": ({ owners }) => ({ id: `ami-${JSON.stringify(owners)}` }),
        },
        reads: {
          "aws:ec2/vpc:Vpc": { "vpc-1": { cidrBlock: "10.0.0.0/16" } },
          "kubernetes:core/v1:Service": (id) => ({ spec: { clusterIP: `of ${id}` } }),
        },
        stackReferences: { "acme/network/prod": { vpcId: "vpc-2", key: secret("k3y") } },
      },
    );
  });

  test("functions, by value or by arguments; with arguments that are not known they are not asked", () => {
    expect(result.outputs).toMatchObject({ vpc: "vpc-default", ami: `ami-["self"]`, notAsked: unknown });
    expect(result.outputs["secret"]).toEqual(secret(`ami-["me"]`));
  });

  test("resources that exist, by id", () => {
    expect(result.outputs).toMatchObject({ read: ["10.0.0.0/16", "vpc-1"], computed: "of shop/web" });
  });

  test("whether a resource exists; of one that no table has, nobody can tell", () => {
    expect(result.outputs).toMatchObject({ exists: true, mayExist: unknown });
  });

  test("outputs of other stacks; what is secret there stays secret", () => {
    expect(result.outputs["other"]).toBe("vpc-2");
    expect(result.outputs["key"]).toEqual(secret("k3y"));
  });

  test("manifests need no table: they are decoded", () => {
    expect(result.resources.find(({ name }) => name === "decoded")).toMatchObject({
      type: "kubernetes:core/v1:Service",
      inputs: { metadata: { name: "decoded", namespace: "default" } },
    });
  });

  test("a resource passed through a value can be read again", () => {
    expect(result.outputs["value"]).toBe("NodePort");
    expect(result.resources.find(({ name }) => name === "box")?.outputs["web"]).toMatchObject({
      kind: "resource",
    });
  });
});

describe("what nobody answers is named in one line", () => {
  test("a function", async () => {
    await expect(
      run(`exports.id = require("@pulumi/aws/ec2").getVpcOutput({ default: true }).id;`),
    ).rejects.toMatchObject({
      kind: "unanswered",
      missing: [{ what: "invoke", subject: "aws:ec2/getVpc:getVpc", args: { default: true } }],
      message:
        'the program calls the function aws:ec2/getVpc:getVpc, which only its provider can answer; give the result in invokes: { "aws:ec2/getVpc:getVpc": … }',
    });
  });

  test("a resource", async () => {
    await expect(run(`require("@pulumi/aws/ec2").Vpc.get("main", "vpc-1");`)).rejects.toMatchObject({
      missing: [{ what: "read", subject: "aws:ec2/vpc:Vpc", id: "vpc-1" }],
      message:
        'the program reads aws:ec2/vpc:Vpc with id vpc-1, which only a cloud can answer; give its outputs in reads: { "aws:ec2/vpc:Vpc": { "vpc-1": … } }',
    });
  });

  test("another stack", async () => {
    await expect(run(`new pulumi.StackReference("acme/network/prod");`)).rejects.toMatchObject({
      missing: [{ what: "stackReference", subject: "acme/network/prod" }],
      message:
        'the program reads the outputs of stack acme/network/prod; give them in stackReferences: { "acme/network/prod": … }',
    });
  });

  test("a method of a resource", async () => {
    const source = `
      class Box extends pulumi.ComponentResource { constructor() { super("acme:index:Box", "box"); } }
      pulumi.runtime.call("acme:index:Box/open", {}, new Box());`;
    await expect(run(source)).rejects.toMatchObject({
      missing: [{ what: "call", subject: "acme:index:Box/open" }],
    });
  });

  test("all of them in one run, also where the program cannot go on without one", async () => {
    const source = `
      const ec2 = require("@pulumi/aws/ec2");
      const network = new pulumi.StackReference("acme/network/prod");
      const vpc = ec2.Vpc.get("main", "vpc-1");
      module.exports = async () => {
        const first = await ec2.getVpc({ default: true });
        const second = await ec2.getVpc({ default: true });
        return { other: network.getOutput("x"), cidr: vpc.cidrBlock, length: first.id.length + second.id.length };
      };`;
    await expect(run(source)).rejects.toMatchObject({
      kind: "unanswered",
      missing: [
        { what: "stackReference", subject: "acme/network/prod" },
        { what: "read", subject: "aws:ec2/vpc:Vpc", id: "vpc-1" },
        { what: "invoke", subject: "aws:ec2/getVpc:getVpc" },
      ],
      message:
        "the program asks for 3 things that only a cloud can answer: the outputs of stack acme/network/prod, aws:ec2/vpc:Vpc with id vpc-1, aws:ec2/getVpc:getVpc",
      detail: expect.stringContaining("the program of acme failed"),
    });
  });
});

test("what is read by an id that is not known yet is unknown, as in the engine", async () => {
  const { outputs, resources } = await run(`
    const { Vpc } = require("@pulumi/aws/ec2");
    const made = new Vpc("made", { cidrBlock: "10.0.0.0/16" });
    const read = Vpc.get("read", made.id);
    exports.read = [read.id, read.cidrBlock];`);
  expect(outputs["read"]).toEqual([unknown, unknown]);
  expect(resources.find(({ name }) => name === "read")).toMatchObject({ id: unknown, external: true });
});

describe("what only a provider's own process knows is previewed without its contents", () => {
  const opaque = async (source: string): Promise<PreviewResult> => {
    const result = await run(source);
    expect(result.outputs["later"]).toBe(unknown);
    const warnings = result.diagnostics.filter(({ severity }) => severity === "warning");
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^not checked, since only their provider knows what they consist of: /),
    ]);
    return result;
  };

  test("a dynamic provider", async () => {
    const result = await opaque(`
      class Job extends pulumi.dynamic.Resource {
        constructor() { super({ create: async () => ({ id: "1", outs: {} }) }, "job", { result: undefined }); }
      }
      exports.later = new Job().result;`);
    expect(result.opaque).toMatchObject([
      { what: "dynamicProvider", name: "job", type: "pulumi-nodejs:dynamic:Resource" },
    ]);
  });

  test("a remote component", async () => {
    const result = await opaque(`
      class Cluster extends pulumi.ComponentResource {
        constructor() { super("eks:index:Cluster", "cluster", { kubeconfig: undefined, size: 3 }, {}, true); }
      }
      exports.later = new Cluster().kubeconfig;`);
    expect(result.opaque).toMatchObject([{ what: "remoteComponent", name: "cluster" }]);
    expect(result.resources.find(({ name }) => name === "cluster")).toMatchObject({
      type: "eks:index:Cluster",
      custom: false,
      inputs: { size: 3 },
    });
  });

  test("a chart that Helm would render, and a release that Helm would install", async () => {
    const result = await opaque(`
      const { Chart, Release } = require("@pulumi/kubernetes/helm/v3");
      new Release("release", { chart: "nginx" });
      const chart = new Chart("shop", { chart: "nginx" });
      exports.later = chart.getResource("v1/Service", "web").spec;`);
    expect(result.opaque.map(({ name, type }) => [name, type])).toEqual(
      expect.arrayContaining([
        ["release", "kubernetes:helm.sh/v3:Release"],
        ["shop", "kubernetes:helm.sh/v3:Chart"],
      ]),
    );
  });
});
