import { cpSync } from "node:fs";
import { join } from "node:path";
import { preview, type PreviewResult } from "@evenkeel/offline";
import { Installations, nestPolicySdk, REPOSITORY, SDK_RANGES, type SdkRange } from "./installation";

// What npm publishes, on the newest SDKs and on the lowest that it accepts. `npm run build` comes first.
jest.setTimeout(120_000);

let installations: Installations;
beforeAll(() => {
  installations = new Installations();
});
afterAll(() => installations.remove());

const PUBLISHED = "node_modules/@evenkeel/service-traffic";

/** A pack of an organisation's own that has our policies among others. */
const COMPOSED = {
  "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
  "pack/package.json": '{ "name": "acme-pack", "version": "1.0.0", "main": "index.js" }',
  "pack/index.js": `
    const { PolicyPack } = require("@pulumi/policy");
    const { policies } = require("@evenkeel/service-traffic");
    new PolicyPack("acme", { policies: policies() });`,
};

const PACKS = { "service-traffic": PUBLISHED, acme: "pack" };

function installed(range: SdkRange, example: string): string {
  const folder = installations.install(range, COMPOSED);
  cpSync(join(REPOSITORY, "examples", example), join(folder, example), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  return folder;
}

describe.each(SDK_RANGES)("on the %s SDKs, the published pack and one composed of its policies", (range) => {
  const previewed = (example: string): Promise<PreviewResult> => {
    const folder = installed(range, example);
    const policyPacks = Object.values(PACKS).map((pack) => ({ dir: join(folder, pack) }));
    return preview({ program: join(folder, example), policyPacks });
  };

  test("pass what is safe, components included", async () => {
    const { outcome, policy } = await previewed("storefront");
    expect(policy.packs.map(({ name }) => name)).toEqual(Object.keys(PACKS));
    expect(policy.violations).toEqual([]);
    expect(outcome).toBe("passed");
  });

  test("block what is unsafe, though values are not known yet", async () => {
    const { outcome, policy } = await previewed("storefront-unsafe");
    expect(outcome).toBe("blocked");
    for (const pack of Object.keys(PACKS))
      expect(blocked(policy, pack)).toEqual(["TargetGroup::web", "TargetGroup::api", "TargetGroup::login"]);
    // What the SDK makes of a policy that reads an unknown value.
    expect(policy.violations.filter(({ message }) => message.startsWith("can't run"))).toEqual([]);
  });

  test("functions are answered, and what exists is read", async () => {
    const folder = installations.install(range, {
      "Pulumi.yaml": "name: asks\nruntime: nodejs\n",
      "package.json": '{ "private": true, "main": "index.js" }',
      "index.js": `
        const { getVpc, Vpc } = require("@pulumi/aws/ec2");
        module.exports = async () => ({
          vpc: (await getVpc({ default: true })).id,
          cidr: Vpc.get("main", "vpc-1").cidrBlock,
        });`,
    });
    const { outputs } = await preview({
      program: folder,
      invokes: { "aws:ec2/getVpc:getVpc": { id: "vpc-default" } },
      reads: { "aws:ec2/vpc:Vpc": { "vpc-1": { cidrBlock: "10.0.0.0/16" } } },
    });
    expect(outputs).toEqual({ vpc: "vpc-default", cidr: "10.0.0.0/16" });
  });
});

test.each([
  ["newest", "lowest"],
  ["lowest", "newest"],
] as const)("a pack on the %s policy SDK beside ours on the %s does not start", async (own, ours) => {
  const folder = installed(own, "storefront-unsafe");
  nestPolicySdk(folder, "@evenkeel/service-traffic", ours);
  const blocked = preview({
    program: join(folder, "storefront-unsafe"),
    policyPacks: [{ dir: join(folder, "pack") }],
  });
  await expect(blocked).rejects.toMatchObject({
    kind: "policyPack",
    message: expect.stringMatching(/2 copies of @pulumi\/policy are loaded: .*npm dedupe/),
  });
});

/** What a pack's mandatory policies report, by the end of the resource's URN. */
function blocked({ violations }: PreviewResult["policy"], pack: string): readonly string[] {
  return violations
    .filter((violation) => violation.pack === pack && violation.level === "mandatory")
    .map(({ urn }) => urn.slice(urn.lastIndexOf(":", urn.lastIndexOf("::") - 1) + 1));
}
