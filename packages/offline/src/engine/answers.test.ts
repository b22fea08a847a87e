import { preview, secret, unknown, type PreviewOptions } from "../index";
import { Projects } from "../../testing/project";

const projects = new Projects();
afterAll(() => projects.remove());

const run = (source: string, options: Partial<PreviewOptions> = {}) =>
  preview({ program: projects.program(`const pulumi = require("@pulumi/pulumi");\n${source}`), ...options });

describe("functions", () => {
  const AMI = `const ec2 = require("@pulumi/aws/ec2");`;

  test("are answered from the table, by value or by arguments", async () => {
    const result = await run(
      `${AMI}
       module.exports = async () => {
         const vpc = await ec2.getVpc({ default: true });
         const ami = ec2.getAmiOutput({ owners: ["self"], nameRegex: "x" });
         return { vpc: vpc.id, ami: ami.id, secret: ec2.getAmiOutput({ owners: [pulumi.secret("me")] }).id };
       };`,
      {
        invokes: {
          "aws:ec2/getVpc:getVpc": { id: "vpc-default" },
          "aws:ec2/getAmi:getAmi": ({ owners }) => ({ id: `ami-${JSON.stringify(owners)}` }),
        },
      },
    );
    expect(result.outputs).toMatchObject({ vpc: "vpc-default", ami: `ami-["self"]` });
    expect(result.outputs["secret"]).toEqual(secret(`ami-["me"]`));
  });

  test("with arguments that are not known are not asked", async () => {
    const result = await run(
      `const { TargetGroup } = require("@pulumi/aws/lb");
       const { getTargetGroupOutput } = require("@pulumi/aws/lb");
       const group = new TargetGroup("tg", { port: 80, protocol: "TCP", vpcId: "v" });
       exports.port = getTargetGroupOutput({ arn: group.arn }).port;`,
    );
    expect(result.outputs).toEqual({ port: unknown });
  });

  test("that nobody answers are named in one line", async () => {
    await expect(run(`${AMI} exports.id = ec2.getVpcOutput({ default: true }).id;`)).rejects.toMatchObject({
      kind: "unanswered",
      what: "invoke",
      subject: "aws:ec2/getVpc:getVpc",
      message:
        'the program calls the function aws:ec2/getVpc:getVpc, which only its provider can answer; give the result in invokes: { "aws:ec2/getVpc:getVpc": … }',
    });
  });

  test("that a provider answers without a cloud need no table: manifests are decoded", async () => {
    const result = await run(`
      const { ConfigGroup } = require("@pulumi/kubernetes/yaml");
      new ConfigGroup("all", { yaml: "apiVersion: v1\\nkind: Service\\nmetadata: { name: web }\\nspec: { ports: [{ port: 80 }] }\\n---\\n" });
    `);
    const web = result.resources.find(({ type }) => type === "kubernetes:core/v1:Service");
    expect(web).toMatchObject({ name: "web", inputs: { metadata: { name: "web", namespace: "default" } } });
  });
});

describe("resources that exist", () => {
  test("are answered from the table, by id", async () => {
    const result = await run(
      `const { Vpc } = require("@pulumi/aws/ec2");
       const vpc = Vpc.get("main", "vpc-1");
       module.exports = { cidr: vpc.cidrBlock, id: vpc.id };`,
      { reads: { "aws:ec2/vpc:Vpc": { "vpc-1": { cidrBlock: "10.0.0.0/16" } } } },
    );
    expect(result.outputs).toEqual({ cidr: "10.0.0.0/16", id: "vpc-1" });
  });

  test("may be computed", async () => {
    const result = await run(
      `const { Service } = require("@pulumi/kubernetes/core/v1");
       exports.ip = Service.get("web", "shop/web").spec.clusterIP;`,
      { reads: { "kubernetes:core/v1:Service": (id) => ({ spec: { clusterIP: `of ${id}` } }) } },
    );
    expect(result.outputs).toEqual({ ip: "of shop/web" });
  });

  test("that nobody answers are named in one line", async () => {
    await expect(run(`require("@pulumi/aws/ec2").Vpc.get("main", "vpc-1");`)).rejects.toMatchObject({
      what: "read",
      subject: "aws:ec2/vpc:Vpc",
      message:
        'the program reads main (aws:ec2/vpc:Vpc, id vpc-1), which only a cloud can answer; give its outputs in reads: { "aws:ec2/vpc:Vpc": { "vpc-1": … } }',
    });
  });
});

describe("stack references", () => {
  const PROGRAM = `
    const network = new pulumi.StackReference("acme/network/prod");
    module.exports = { vpc: network.getOutput("vpcId"), key: network.requireOutput("key") };`;

  test("are answered from the table; what is secret there stays secret", async () => {
    const result = await run(PROGRAM, {
      stackReferences: { "acme/network/prod": { vpcId: "vpc-1", key: secret("k3y") } },
    });
    expect(result.outputs).toEqual({ vpc: "vpc-1", key: secret("k3y") });
  });

  test("that nobody answers are named in one line", async () => {
    await expect(run(PROGRAM)).rejects.toMatchObject({
      what: "stackReference",
      subject: "acme/network/prod",
      message:
        'the program reads the outputs of stack acme/network/prod; give them in stackReferences: { "acme/network/prod": … }',
    });
  });
});

test("a resource passed through a value can be read again", async () => {
  const result = await run(`
    const { Service } = require("@pulumi/kubernetes/core/v1");
    const web = new Service("web", { metadata: { name: "web" }, spec: { type: "NodePort", ports: [{ port: 80 }] } });
    class Box extends pulumi.ComponentResource {
      constructor() { super("acme:index:Box", "box", { web }); this.registerOutputs({ web }); }
    }
    new Box();
    module.exports = { type: Service.get ? pulumi.output(web).spec.type : undefined };
  `);
  expect(result.outputs).toEqual({ type: "NodePort" });
  expect(result.resources.find(({ name }) => name === "box")?.outputs["web"]).toMatchObject({
    kind: "resource",
  });
});

describe("what needs a provider's own process is named", () => {
  test("a dynamic provider", async () => {
    await expect(
      run(`new pulumi.dynamic.Resource({ create: async () => ({ id: "1", outs: {} }) }, "job", {});`),
    ).rejects.toMatchObject({
      kind: "unsupported",
      what: "dynamicProvider",
      message: expect.stringMatching(
        /^job \(pulumi-nodejs:dynamic:Resource\) is a resource of a dynamic provider/,
      ),
    });
  });

  test("a remote component", async () => {
    await expect(
      run(`new pulumi.ComponentResource("eks:index:Cluster", "cluster", {}, {}, true);`),
    ).rejects.toMatchObject({
      what: "remoteComponent",
      message: expect.stringMatching(
        /^cluster \(eks:index:Cluster\) is a remote component, which the provider 'eks' builds/,
      ),
    });
  });
});
