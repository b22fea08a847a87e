import type { Config } from "../test/pack-process";
import { packUnderTest } from "../test/pack-under-test";
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
import { POLICY_NAMES } from "./settings/names";
import { UNKNOWN, urnOf, type WireResource } from "../test/wire";

// The pack, and the pack that runs every policy on every request: what they say must be the same.
const quick = packUnderTest();
const thorough = packUnderTest("every-policy.ts");

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
  const told = await quick().preview(stack, config);
  expect(told).toEqual(await thorough().preview(stack, config));
  return told;
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
  for (const pack of [quick(), thorough()]) {
    await pack.configure({});
    const told = (await Promise.all(services.map((service) => pack.analyze(service)))).flat();
    const blocked = told
      .filter(({ policy }) => policy === "local-needs-http-health-check")
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
  for (const pack of [quick(), thorough()]) await pack.configure({});
  expect([...(await quick().notApplicable(deployment("web")))].sort()).toEqual([...POLICY_NAMES].sort());
  expect(await thorough().notApplicable(deployment("web"))).toEqual([]);
});
