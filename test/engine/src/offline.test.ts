import { join } from "node:path";
import { secret, type InvokeTable, type PropertyMap } from "@evenkeel/offline";
import { fixturePack, fixtureProject, REPOSITORY } from "./engine/project";
import { expectCode } from "./engine/pulumi";
import { expectSameAnswer, previewTwice } from "./engine/same-answer";
import { openSandbox, type Sandbox } from "./engine/sandbox";
import { initStack } from "./engine/stack";
import { startStandIns, type StandIns } from "./providers";

const invokes: InvokeTable = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: ["eu-central-1a", "eu-central-1b"],
    state: "available",
  },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
};
const stackReferences: Record<string, PropertyMap> = {
  "organization/base/dev": { vpcId: "vpc-0a1b2c3d4e5f60718", token: secret("base token") },
};

describe("packages/offline tells packs what the engine tells them", () => {
  let sandbox: Sandbox;
  let standIns: StandIns;

  beforeAll(async () => {
    sandbox = openSandbox();
    standIns = await startStandIns({ reachable: false, invokes });
    const base = await initStack(sandbox, fixtureProject(sandbox, "base", "base"), "dev");
    expectCode(await base.up(), 0);
  });
  afterAll(() => {
    standIns.close();
    sandbox.close();
  });

  it.each([
    { program: "semantics", pack: "ports", code: 0 },
    { program: "world", pack: "remedy", code: 1 },
    { program: "wiring", pack: "remedy", code: 1 },
    { program: "two-ports", pack: "ports", code: 1 },
  ])("for the program $program with the pack $pack", async ({ program, pack, code }) => {
    const stack = await initStack(sandbox, fixtureProject(sandbox, program, program), "dev", standIns.env);
    const previews = await previewTwice(sandbox, stack, [fixturePack(sandbox, pack, pack)], {
      invokes,
      stackReferences,
    });
    expectCode(previews.engine, code);
    expectSameAnswer(previews);
  });

  it("for a cluster that the program itself makes, and our pack finds nothing to block in it", async () => {
    const project = fixtureProject(sandbox, "later-cluster", "later-cluster");
    const stack = await initStack(sandbox, project, "dev", standIns.env);
    const previews = await previewTwice(sandbox, stack, [join(REPOSITORY, "policy-packs/service-traffic")]);
    expectCode(previews.engine, 0);
    expectSameAnswer(previews);
  });
});
