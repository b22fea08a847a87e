import { packUnderTest } from "../test/pack-under-test";
import type { Config, Told } from "../test/pack-process";
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

const RULE = "local-needs-http-health-check";

const pack = packUnderTest();

const preview = (resources: readonly WireResource[], config?: Config) => pack().preview(resources, config);
const levelled = (told: readonly Told[]) =>
  told.map(({ policy, level, urn, stage }) => [policy, level, urn, stage]);
const about = (told: readonly Told[], rule: string) =>
  told.filter(({ policy, text }) => policy === rule || text.startsWith(rule));

describe("one rule, several ports", () => {
  const web = ownService("web", {
    ...LOCAL,
    ports: [
      { name: "http", port: 80, targetPort: 8080, nodePort: 30080 },
      { name: "https", port: 443, targetPort: 8443, nodePort: 30443 },
    ],
  });
  const http = targetGroup("web-http", { port: 30080, healthCheck: TCP_CHECK }, { from: web });

  test("unknown in one and violated in another: the violation blocks, the unknown is told beside it", async () => {
    const https = targetGroup(
      "web-https",
      { port: 30443, healthCheck: { ...KUBE_PROXY_CHECK, port: UNKNOWN } },
      { from: web },
    );
    const told = about(await preview([web, deployment("web"), http, https]), RULE);
    expect(levelled(told)).toEqual([
      [RULE, "mandatory", urnOf(http), "stack"],
      ["catalogue", "advisory", urnOf(https), "stack"],
    ]);
    expect(told[0]?.text).toContain(
      "TargetGroup web-http healthCheck.protocol: TCP on traffic-port; wanted HTTP /healthz on 30081",
    );
    expect(told[1]?.text).toContain("healthCheck.port");
    expect(told[1]?.text).toContain(urnOf(web));
  });

  test("right in one and violated in another: only that one is told", async () => {
    const https = targetGroup("web-https", { port: 30443, healthCheck: KUBE_PROXY_CHECK }, { from: web });
    const told = about(await preview([web, deployment("web"), http, https]), RULE);
    expect(levelled(told)).toEqual([[RULE, "mandatory", urnOf(http), "stack"]]);
  });
});

describe("levels and settings by the rule's name", () => {
  // Told of one resource by itself.
  const implicit = annotatedService("api", { scheme: null });
  // Told of the stack.
  const web = ownService("web", LOCAL);
  const group = targetGroup("web-http", { healthCheck: TCP_CHECK }, { from: web });
  const resources = [implicit, web, deployment("web"), deployment("api"), group];

  test("at their own levels", async () => {
    const told = await preview(resources);
    expect(levelled(about(told, "nlb-scheme-is-explicit"))).toEqual([
      ["nlb-scheme-is-explicit", "advisory", urnOf(implicit), "resource"],
    ]);
    expect(levelled(about(told, RULE))).toEqual([[RULE, "mandatory", urnOf(group), "stack"]]);
    expect(about(told, RULE)[0]?.severity).toBe("critical");
  });

  test("at levels that somebody gave", async () => {
    const told = await preview(resources, {
      "nlb-scheme-is-explicit": "mandatory",
      [RULE]: { enforcementLevel: "advisory" },
    });
    expect(levelled(about(told, "nlb-scheme-is-explicit"))).toEqual([
      ["nlb-scheme-is-explicit", "mandatory", urnOf(implicit), "resource"],
    ]);
    expect(levelled(about(told, RULE))).toEqual([[RULE, "advisory", urnOf(group), "stack"]]);
  });

  test("disabled rules say nothing, through no policy", async () => {
    const told = await preview(resources, { "nlb-scheme-is-explicit": "disabled", [RULE]: "disabled" });
    expect([...about(told, "nlb-scheme-is-explicit"), ...about(told, RULE)]).toEqual([]);
  });

  test("an exemption of one rule leaves the other alone", async () => {
    const exemption = {
      pattern: "shop/api",
      reason: "internal by default here",
      approver: "sre",
      expires: "2999-12-31",
    };
    const told = await preview(resources, { "nlb-scheme-is-explicit": { exemptions: [exemption] } });
    const [scheme] = about(told, "nlb-scheme-is-explicit");
    expect(scheme).toMatchObject({ policy: "catalogue", level: "advisory", urn: urnOf(implicit) });
    expect(scheme?.text).toContain("exempted by sre until 2999-12-31: internal by default here");
    expect(levelled(about(told, RULE))).toEqual([[RULE, "mandatory", urnOf(group), "stack"]]);
  });

  test("an expired exemption is a violation that says so", async () => {
    const exemption = { pattern: "*", reason: "migration", expires: "2001-01-31" };
    const [told] = about(await preview(resources, { [RULE]: { exemptions: [exemption] } }), RULE);
    expect(told).toMatchObject({ policy: RULE, level: "mandatory" });
    expect(told?.text).toContain("its exemption expired on 2001-01-31");
  });
});

describe("what a mandatory rule cannot decide", () => {
  const web = ownService("web", LOCAL);
  const group = targetGroup(
    "web-http",
    { healthCheck: { ...KUBE_PROXY_CHECK, port: UNKNOWN } },
    { from: web },
  );
  const resources = [web, deployment("web"), group];

  test("is an advisory of the catalogue and names the field", async () => {
    const told = about(await preview(resources), RULE);
    expect(levelled(told)).toEqual([["catalogue", "advisory", urnOf(group), "stack"]]);
    expect(told[0]?.text).toContain(
      `cannot tell: healthCheck.port is not known (it will come from ${urnOf(web)})`,
    );
  });

  test("blocks through the rule's own policy where that is wished", async () => {
    const told = await preview(resources, { [RULE]: { onUnknown: "block" } });
    expect(levelled(about(told, RULE))).toEqual([[RULE, "mandatory", urnOf(group), "stack"]]);
  });

  test("is kept quiet where that is wished, for one rule or all but one", async () => {
    expect(about(await preview(resources, { [RULE]: { onUnknown: "ignore" } }), RULE)).toEqual([]);
    expect(about(await preview(resources, { catalogue: { onUnknown: "ignore" } }), RULE)).toEqual([]);
    const config = { catalogue: { onUnknown: "ignore" }, [RULE]: { onUnknown: "warn" } };
    expect(about(await preview(resources, config), RULE)).toHaveLength(1);
  });

  test.each([
    ["all: mandatory does not make it block", { all: "mandatory" }],
    ["all: disabled does not silence it while its rule is on", { all: "disabled", [RULE]: "mandatory" }],
  ])("%s", async (_, config) => {
    const told = about(await preview(resources, config), RULE);
    expect(levelled(told)).toEqual([["catalogue", "advisory", urnOf(group), "stack"]]);
  });

  test("whoever disables the catalogue by name hears of it no more", async () => {
    expect(about(await preview(resources, { catalogue: "disabled" }), RULE)).toEqual([]);
  });

  test("a finding that rests on an assumption is an advisory of the catalogue", async () => {
    const assumed = annotatedService(
      "web",
      { "healthcheck-protocol": "http", "healthcheck-port": "8086" },
      LOCAL,
    );
    const [told] = about(await preview([assumed]), RULE);
    expect(told).toMatchObject({
      policy: "catalogue",
      level: "advisory",
      urn: urnOf(assumed),
      stage: "resource",
    });
    expect(told?.text).toContain("assumed: ");
  });
});

describe("each mistake is told once, at the earliest stage", () => {
  const service = annotatedService("web", { "healthcheck-protocol": "tcp" }, LOCAL);

  test("of an annotated Service, before it is created", async () => {
    const told = about(await preview([service, deployment("web")]), RULE);
    expect(levelled(told)).toEqual([[RULE, "mandatory", urnOf(service), "resource"]]);
  });

  test("at the stack stage, where the first stage did not see it", async () => {
    await pack().configure({});
    const told = about(await pack().analyzeStack([service, deployment("web")]), RULE);
    expect(levelled(told)).toEqual([[RULE, "mandatory", urnOf(service), "stack"]]);
  });

  test("again in the next run, and in each of several", async () => {
    for (let run = 0; run < 3; run += 1)
      expect(about(await preview([service, deployment("web")]), RULE)).toHaveLength(1);
    const again = [await pack().analyze(service), await pack().analyze(service)].flat();
    expect(about(again, RULE)).toHaveLength(2);
  });

  test("what one resource leaves open waits for the stack, which may bring the missing side", async () => {
    const rule = "local-needs-several-nodes";
    const right = annotatedService("web", {}, LOCAL);
    const alone = about(await preview([right]), rule);
    expect(alone).toMatchObject([
      { policy: "catalogue", level: "advisory", urn: urnOf(right), stage: "stack" },
    ]);
    expect(alone[0]?.text).toContain("cannot tell");
    expect(about(await preview([right, deployment("web")]), rule)).toEqual([]);
    const one = deployment("web", { replicas: 1 });
    expect(levelled(about(await preview([right, one]), rule))).toEqual([
      [rule, "advisory", urnOf(one), "stack"],
    ]);
  });
});
