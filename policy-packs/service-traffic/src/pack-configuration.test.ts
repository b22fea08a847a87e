import { packUnderTest } from "../test/pack-under-test";
import type { Config } from "../test/pack-process";
import { annotatedService, LOCAL } from "../test/resources";
import { secret, STACK, urnOf } from "../test/wire";
import { POLICY_NAMES, POLICY_RULES } from "./settings/names";

const RULE = "local-needs-http-health-check";

const pack = packUnderTest();

describe("what the pack says of itself", () => {
  test("a policy for each rule, with all that the rule says, and two of its own", () => {
    const policies = new Map(
      pack()
        .info.getPoliciesList()
        .map((policy) => [policy.getName(), policy]),
    );
    expect([...policies.keys()].sort()).toEqual([...POLICY_NAMES].sort());
    for (const { id, law, fix, level } of POLICY_RULES) {
      const policy = policies.get(id);
      expect([policy?.getDescription(), policy?.getRemediationSteps()]).toEqual([law, fix]);
      expect(policy?.getEnforcementlevel()).toBe(level === "mandatory" ? 1 : 0);
      expect(policy?.getUrl()).toContain(id);
      expect(policy?.getDisplayname()).not.toBe("");
      expect(policy?.getTagsList()).toContain("kubernetes");
      expect(Object.keys(policy?.getConfigschema()?.getProperties()?.toJavaScript() ?? {}).sort()).toEqual([
        "exemptions",
        "onUnknown",
      ]);
    }
  });
});

describe("a configuration that is not what it looks like blocks", () => {
  test.each<[string, Config, string]>([
    [
      "a misspelled rule",
      { "local-need-http-health-check": "mandatory" },
      `unknown rule; did you mean "${RULE}"?`,
    ],
    [
      "a misspelled property",
      { [RULE]: { onUnkown: "block" } },
      `${RULE}.onUnkown: unknown property; did you mean "onUnknown"?`,
    ],
    [
      "a misspelled value",
      { catalogue: { onUnknown: "worn" } },
      'catalogue.onUnknown: worn; wanted ignore, warn, block; did you mean "warn"?',
    ],
    [
      "an exemption without a reason",
      { [RULE]: { exemptions: [{ pattern: "*" }] } },
      `${RULE}.exemptions[0].reason: missing`,
    ],
    ["also when all is disabled", { all: "disabled", [`${RULE}s`]: "mandatory" }, `did you mean "${RULE}"?`],
    ["also when all is advisory", { all: "advisory", [`${RULE}s`]: "mandatory" }, `did you mean "${RULE}"?`],
  ])("%s", async (_, config, problem) => {
    const told = await pack().preview([], config);
    expect(told).toMatchObject([
      { policy: "configuration", level: "mandatory", urn: urnOf(STACK), stage: "resource" },
    ]);
    expect(told[0]?.text).toContain(problem);
  });

  test("each problem is told once, at the stack stage if nothing was asked before", async () => {
    await pack().configure({ nope: "mandatory", [RULE]: { nope: 1 } });
    expect(await pack().analyzeStack([STACK])).toMatchObject([
      { policy: "configuration", urn: urnOf(STACK), stage: "stack" },
      { policy: "configuration", urn: urnOf(STACK), stage: "stack" },
    ]);
    expect(await pack().analyzeStack([STACK])).toEqual([]);
  });

  test("a configuration that is right says nothing", async () => {
    expect(
      await pack().preview([], {
        all: "advisory",
        [RULE]: { onUnknown: "block", exemptions: [] },
        catalogue: { kubernetesVersion: "1.36" },
      }),
    ).toEqual([]);
  });
});

describe("exemptions on an object itself", () => {
  const exempted = (list: unknown) =>
    annotatedService(
      "web",
      {
        "healthcheck-protocol": "tcp",
        "evenkeel.io/exempt": typeof list === "string" ? list : JSON.stringify(list),
      },
      LOCAL,
    );
  const service = exempted([{ rule: RULE, reason: "probed from outside", approver: "sre" }]);
  const config = { all: "disabled", [RULE]: "mandatory" };
  const allowing = { ...config, catalogue: { enforcementLevel: "advisory", objectExemptions: true } };

  test("do not count, and that is told, unless the configuration allows them", async () => {
    const told = await pack().preview([service], config);
    expect(told.map(({ policy, level }) => [policy, level]).sort()).toEqual([
      ["catalogue", "advisory"],
      [RULE, "mandatory"],
    ]);
    expect(told.find(({ policy }) => policy === "catalogue")?.text).toContain(
      "evenkeel.io/exempt has no effect",
    );
  });

  test("count where the configuration allows them", async () => {
    const told = await pack().preview([service], allowing);
    expect(told).toMatchObject([{ policy: "catalogue", level: "advisory", urn: urnOf(service) }]);
    expect(told[0]?.text).toContain("exempted by sre: probed from outside");
  });

  test("for their own object only", async () => {
    const other = annotatedService("api", { "healthcheck-protocol": "tcp" }, LOCAL);
    const told = await pack().preview([service, other], allowing);
    expect(told.filter(({ policy }) => policy === RULE)).toMatchObject([
      { urn: urnOf(other), level: "mandatory" },
    ]);
  });

  test.each([
    ["text that is no JSON", "please", "no JSON list"],
    ["an exemption of no rule", [{ rule: "nlb-local", reason: "r" }], "unknown rule nlb-local"],
  ])("with %s are told, and do not count", async (_, list, problem) => {
    const told = await pack().preview([exempted(list)], allowing);
    expect(told.map(({ policy }) => policy).sort()).toEqual(["catalogue", RULE]);
    expect(told.find(({ policy }) => policy === "catalogue")?.text).toContain(problem);
  });
});

describe("remediation", () => {
  const LB = "service.beta.kubernetes.io/aws-load-balancer-";
  const inIp = annotatedService("web", { "nlb-target-type": "ip" }, LOCAL);

  test("mends what is unambiguous, and the result passes the rule", async () => {
    const rule = "pod-targets-need-no-local";
    await pack().configure({ [rule]: "remediate" });
    const { [rule]: inputs } = await pack().remediate(inIp);
    const { spec } = inputs as { spec: Record<string, unknown> };
    const { healthCheckNodePort: _port, ...kept } = (inIp.inputs as { spec: Record<string, unknown> }).spec;
    expect(spec).toEqual({ ...kept, externalTrafficPolicy: "Cluster" });
    expect(await pack().remediate({ ...inIp, inputs: inputs as object })).toEqual({});
    expect(
      (await pack().analyze({ ...inIp, inputs: inputs as object })).filter(({ policy }) => policy === rule),
    ).toEqual([]);
  });

  test("removes what somebody wrote, and keeps secrets secret", async () => {
    await pack().configure({ [RULE]: "remediate" });
    const service = annotatedService(
      "web",
      { "healthcheck-protocol": "tcp", "acme.example/token": secret("t0ken-of-ours") },
      LOCAL,
    );
    const { [RULE]: inputs } = await pack().remediate(service);
    const { annotations } = (inputs as { metadata: { annotations: object } }).metadata;
    expect(annotations).not.toHaveProperty([`${LB}healthcheck-protocol`]);
    expect(annotations).toHaveProperty(["acme.example/token"], secret("t0ken-of-ours"));
  });

  test("leaves alone what rests on an assumption, what is exempted, and what is right", async () => {
    const assumed = annotatedService(
      "web",
      { "healthcheck-protocol": "http", "healthcheck-port": "8086" },
      LOCAL,
    );
    await pack().configure({
      [RULE]: { enforcementLevel: "remediate", exemptions: [{ pattern: "shop/api", reason: "r" }] },
    });
    expect(await pack().remediate(assumed)).toEqual({});
    expect(await pack().remediate(annotatedService("api", { "healthcheck-protocol": "tcp" }, LOCAL))).toEqual(
      {},
    );
    expect(await pack().remediate(annotatedService("web", {}, LOCAL))).toEqual({});
  });

  test("what it cannot mend is mandatory", async () => {
    const rule = "health-check-carries-no-proxy-header";
    const told = await pack().preview([annotatedService("web", { "proxy-protocol": "*" }, LOCAL)], {
      all: "disabled",
      [rule]: "remediate",
    });
    expect(told).toMatchObject([{ policy: rule, level: "mandatory" }]);
  });
});
