import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { evenkeel, folder } from "../run.fixture";
import { asOptions, readAnswers, withPlaces } from "./preview-answers";

const GET_VPC = "aws:ec2/getVpc:getVpc";
const files = folder({
  "good.yaml": `
invokes:
  ${GET_VPC}:
    - { args: { default: true }, result: { id: vpc-default } }
    - { args: { id: vpc-1 }, result: { id: vpc-1 } }
  aws:index/getRegion:getRegion: { name: eu-west-1 }
config: { size: 3 }
`,
  "kind.yaml": "invoke: {}\n",
  "result.yaml": `invokes: { "${GET_VPC}": [{ id: vpc-1 }] }\n`,
  "list.yaml": "[]\n",
});
afterAll(() => files.remove());
const at = (name: string): string => join(files.path, name);

describe("a file of answers", () => {
  test("has results by token, also by arguments", async () => {
    const { invokes, config } = asOptions(await readAnswers(at("good.yaml")));
    const answer = invokes?.[GET_VPC];
    if (typeof answer !== "function") throw new Error("the answer does not depend on the arguments");
    expect(answer({ default: true, tags: {} })).toEqual({ id: "vpc-default" });
    expect(answer({ id: "vpc-1" })).toEqual({ id: "vpc-1" });
    expect(answer({ id: "vpc-2" })).toBeUndefined();
    expect(invokes?.["aws:index/getRegion:getRegion"]).toEqual({ name: "eu-west-1" });
    expect(config).toEqual({ size: 3 });
  });

  test.each([
    [
      "kind.yaml",
      'invoke: no such kind of answer; wanted invokes, reads, stackReferences, config, secrets; did you mean "invokes"?',
    ],
    ["result.yaml", `invokes["${GET_VPC}"]: wanted the result as a map, or a list of { args, result }`],
    ["list.yaml", "wanted a map with invokes, reads, stackReferences, config, secrets"],
    ["none.yaml", "no such file or directory"],
  ])("%s is refused", async (name, reason) => {
    await expect(readAnswers(at(name))).rejects.toThrow(reason);
  });

  test("keeps what is answered and has a place for what is not", () => {
    const given = {
      invokes: { [GET_VPC]: [{ args: { id: "a" }, result: { id: "a" } }] },
      config: { size: 3 },
    };
    expect(
      withPlaces(given, [
        { what: "invoke", subject: GET_VPC, args: { default: true } },
        { what: "read", subject: "aws:ec2/vpc:Vpc", id: "vpc-1" },
        { what: "stackReference", subject: "acme/network/prod" },
      ]),
    ).toEqual({
      invokes: {
        [GET_VPC]: [
          { args: { id: "a" }, result: { id: "a" } },
          { args: { default: true }, result: {} },
        ],
      },
      reads: { "aws:ec2/vpc:Vpc": { "vpc-1": {} } },
      stackReferences: { "acme/network/prod": {} },
      config: { size: 3 },
    });
  });
});

describe("evenkeel preview", () => {
  // Within the workspace, so that the program finds the SDKs; the folder is ignored by git.
  const cache = join(__dirname, "../../.cache");
  mkdirSync(cache, { recursive: true });
  const project = mkdtempSync(join(cache, "answers-"));
  afterAll(() => rmSync(project, { recursive: true }));
  const write = (name: string, text: string): void => writeFileSync(join(project, name), text);
  write("Pulumi.yaml", "name: acme\nruntime: nodejs\n");
  write("package.json", '{ "private": true, "main": "index.js" }');
  write(
    "index.js",
    `const pulumi = require("@pulumi/pulumi");
     const { getVpcOutput } = require("@pulumi/aws/ec2");
     const network = new pulumi.StackReference("acme/network/prod");
     const { id } = getVpcOutput({ default: true });
     const size = new pulumi.Config().require("size");
     module.exports = { id, subnet: network.getOutput("subnet"), size };`,
  );

  test("prints all that is missing as a file, and takes it filled in", async () => {
    const first = await evenkeel(["preview", project]);
    expect([first.code, JSON.parse(first.out)]).toEqual([
      2,
      {
        invokes: { [GET_VPC]: [{ args: { default: true }, result: {} }] },
        stackReferences: { "acme/network/prod": {} },
        config: { "acme:size": "" },
      },
    ]);
    const filled = {
      invokes: { [GET_VPC]: [{ args: { default: true }, result: { id: "vpc-1" } }] },
      stackReferences: { "acme/network/prod": { subnet: "subnet-1" } },
      config: { "acme:size": "3" },
    };
    write("answers.json", JSON.stringify(filled));
    const second = await evenkeel(["preview", project, "--answers", join(project, "answers.json")]);
    expect(second).toMatchObject({ code: 0, err: "" });
    expect(second.out).toContain("acme-dev");
  }, 120_000);
});
