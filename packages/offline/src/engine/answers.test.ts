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
      what: "invoke",
      subject: "aws:ec2/getVpc:getVpc",
      message:
        'the program calls the function aws:ec2/getVpc:getVpc, which only its provider can answer; give the result in invokes: { "aws:ec2/getVpc:getVpc": … }',
    });
  });

  test("a resource", async () => {
    await expect(run(`require("@pulumi/aws/ec2").Vpc.get("main", "vpc-1");`)).rejects.toMatchObject({
      what: "read",
      subject: "aws:ec2/vpc:Vpc",
      message:
        'the program reads main (aws:ec2/vpc:Vpc, id vpc-1), which only a cloud can answer; give its outputs in reads: { "aws:ec2/vpc:Vpc": { "vpc-1": … } }',
    });
  });

  test("another stack", async () => {
    await expect(run(`new pulumi.StackReference("acme/network/prod");`)).rejects.toMatchObject({
      what: "stackReference",
      subject: "acme/network/prod",
      message:
        'the program reads the outputs of stack acme/network/prod; give them in stackReferences: { "acme/network/prod": … }',
    });
  });

  test("a method of a resource", async () => {
    const source = `
      class Box extends pulumi.ComponentResource { constructor() { super("acme:index:Box", "box"); } }
      pulumi.runtime.call("acme:index:Box/open", {}, new Box());`;
    await expect(run(source)).rejects.toMatchObject({ what: "call", subject: "acme:index:Box/open" });
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
