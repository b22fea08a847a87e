import { packFolder, type PackFolder } from "../test/pack-folder";
import { PackProcess, type Config } from "../test/pack-process";
import { arbitraryResource, seeded } from "../test/arbitrary";
import {
  annotatedService,
  deployment,
  KUBE_PROXY_CHECK,
  LOCAL,
  ownService,
  targetGroup,
  TCP_CHECK,
} from "../test/resources";
import { UNKNOWN, urnOf, type WireResource } from "../test/wire";

// The pack, and the pack that runs every policy on every request: what they say must be the same.
let folders: readonly PackFolder[] = [];
let packs: readonly PackProcess[] = [];
beforeAll(async () => {
  folders = [packFolder(), packFolder("every-policy.ts")];
  packs = await Promise.all(folders.map(({ path }) => PackProcess.start(path)));
});
afterAll(async () => {
  await Promise.all(packs.map((pack) => pack.stop()));
  for (const folder of folders) folder.remove();
});

const web = ownService("web", LOCAL);
const wrong = annotatedService("api", { "healthcheck-protocol": "tcp", scheme: null }, LOCAL);
const resources: readonly WireResource[] = [
  web,
  deployment("web", { replicas: 1 }),
  targetGroup("web-http", { healthCheck: TCP_CHECK }, { from: web }),
  targetGroup("web-https", { healthCheck: { ...KUBE_PROXY_CHECK, port: UNKNOWN } }, { from: web }),
  wrong,
  annotatedService("assumed", { "healthcheck-port": "8086" }, LOCAL),
];

async function saidByBoth(stack: readonly WireResource[], config: Config): Promise<readonly unknown[]> {
  const [quick, thorough] = await Promise.all(packs.map((pack) => pack.preview(stack, config)));
  expect(quick).toEqual(thorough);
  return quick ?? [];
}

test.each<[string, Config]>([
  ["as it comes", {}],
  ["all mandatory", { all: "mandatory", catalogue: { onUnknown: "block" } }],
  ["all but one disabled", { all: "disabled", "local-needs-several-nodes": "advisory" }],
  ["without the catalogue", { catalogue: "disabled" }],
  ["misconfigured", { all: "advisory", nope: "mandatory" }],
  ["with an exemption", { catalogue: { exemptions: [{ rule: "*", pattern: "shop/api", reason: "r" }] } }],
])("%s", async (_, config) => {
  expect((await saidByBoth(resources, config)).length).toBeGreaterThan(0);
});

test("on arbitrary stacks", async () => {
  let told = 0;
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = seeded(seed);
    const byUrn = new Map(
      Array.from({ length: 20 }, () => arbitraryResource(random, "text")).map((one) => [urnOf(one), one]),
    );
    told += (await saidByBoth([...byUrn.values()], {})).length;
  }
  expect(told).toBeGreaterThan(20);
});

test("requests that mingle are kept apart: the engine analyses many resources at a time", async () => {
  const services = Array.from({ length: 40 }, (_, index) =>
    annotatedService(`s-${index}`, index % 2 === 0 ? { "healthcheck-protocol": "tcp" } : {}, LOCAL),
  );
  for (const pack of packs) {
    await pack.configure({});
    const told = (await Promise.all(services.map((service) => pack.analyze(service)))).flat();
    const blocked = told
      .filter(({ policy }) => policy === "nlb-local-needs-http-health-check")
      .map(({ urn }) => urn);
    expect(blocked.sort()).toEqual(
      services
        .filter((_, index) => index % 2 === 0)
        .map(urnOf)
        .sort(),
    );
  }
});

test("a policy with nothing to say is passed over by the SDK, not run", async () => {
  const [quick, thorough] = packs;
  if (!quick || !thorough) throw new Error("no packs");
  for (const [pack, passedOver] of [
    [quick, true],
    [thorough, false],
  ] as const) {
    await pack.configure({});
    const reasons = await pack.notApplicable(deployment("web"));
    expect(reasons.length > 0).toBe(passedOver);
  }
});
