import { packUnderTest } from "../test/pack-under-test";
import type { Told } from "../test/pack-process";
import {
  annotatedService,
  deployment,
  KUBE_PROXY_CHECK,
  LOCAL,
  ownService,
  targetGroup,
  TCP_CHECK,
} from "../test/resources";
import { secret, UNKNOWN, urnOf, type WireResource } from "../test/wire";

const RULE = "local-needs-http-health-check";

const pack = packUnderTest();

const ofRule = (told: readonly Told[]) =>
  told
    .filter(({ policy, text }) => policy === RULE || text.startsWith(RULE))
    .map(({ policy, level, urn }) => [policy, level, urn]);

const web = ownService("web", LOCAL);

describe("what joins", () => {
  test.each(["lb", "alb"] as const)("target groups under the token of aws:%s", async (module) => {
    const group = targetGroup("web-http", { healthCheck: TCP_CHECK }, { from: web, module });
    expect(ofRule(await pack().preview([web, deployment("web"), group]))).toEqual([
      [RULE, "mandatory", urnOf(group)],
    ]);
  });

  test("a target group that repeats the node port, without a recorded dependency", async () => {
    const group = targetGroup("web-http", { port: 30080, healthCheck: TCP_CHECK });
    expect(ofRule(await pack().preview([web, deployment("web"), group]))).toEqual([
      [RULE, "mandatory", urnOf(group)],
    ]);
  });

  test("what the provider computes where nobody wrote a health check is the default, not an unknown", async () => {
    const group = targetGroup("web-http", {}, { from: web });
    const computed = { ...group, outputs: { ...group.inputs, arn: UNKNOWN, healthCheck: UNKNOWN } };
    expect(ofRule(await pack().preview([web, deployment("web"), computed]))).toEqual([
      [RULE, "mandatory", urnOf(group)],
    ]);
  });

  test("what nobody remembers of the inputs is told as unknown, never passed over", async () => {
    const group = targetGroup("web-http", {}, { from: web });
    await pack().configure({});
    const told = await pack().analyzeStack([
      web,
      deployment("web"),
      { ...group, outputs: { ...group.inputs, healthCheck: UNKNOWN } },
    ]);
    expect(ofRule(told)).toEqual([["catalogue", "advisory", urnOf(group)]]);
  });
});

describe("a target group whose Service lives in another stack", () => {
  // The port is a number: the other stack's output, or copied from there.
  const group = targetGroup("web-http", { healthCheck: TCP_CHECK });

  test("says that it cannot be judged alone, and what would bring the Service in", async () => {
    const told = await pack().preview([group]);
    expect(told).toMatchObject([
      { policy: "catalogue", level: "advisory", urn: urnOf(group), stage: "stack" },
    ]);
    expect(told[0]?.text).toContain("was not found in the input");
    expect(told[0]?.text).toContain("evenkeel.io/service");
  });

  test("names the Service where the tag does", async () => {
    const tagged = targetGroup("web-http", {
      healthCheck: TCP_CHECK,
      tags: { "evenkeel.io/service": "shop/web" },
    });
    const told = await pack().preview([tagged]);
    expect(told).toMatchObject([{ policy: "catalogue", level: "advisory", urn: urnOf(tagged) }]);
    expect(told[0]?.text).toContain("shop/web");
  });

  test("is joined by the tag where the Service is in the stack after all, whatever the port", async () => {
    const tagged = targetGroup("web-http", {
      port: 31999,
      healthCheck: TCP_CHECK,
      tags: { "evenkeel.io/service": "shop/web" },
    });
    expect(ofRule(await pack().preview([web, deployment("web"), tagged]))).toEqual([
      [RULE, "mandatory", urnOf(tagged)],
    ]);
  });

  test("is kept quiet in stacks that have nothing to do with Kubernetes", async () => {
    expect(await pack().preview([group], { "service-in-input": "disabled" })).toEqual([]);
  });
});

describe("secrets", () => {
  const hidden = "s3cr3t-path-7f2c";

  /** Everything the pack says, on the wire. */
  const said = async (resources: readonly WireResource[]) => JSON.stringify(await pack().preview(resources));

  test("are read, and not shown, at either stage", async () => {
    const group = targetGroup(
      "web-http",
      { healthCheck: { protocol: "HTTPS", path: secret(`/${hidden}`), port: secret("30443") } },
      { from: web },
    );
    const service = annotatedService(
      "api",
      { "healthcheck-path": secret(`/${hidden}`), "healthcheck-protocol": secret("https") },
      LOCAL,
    );
    const text = await said([web, deployment("web"), deployment("api"), group, service]);
    expect(text).toContain(urnOf(group));
    expect(text).toContain(urnOf(service));
    expect(text).toContain("[secret]");
    expect(text).not.toContain(hidden);
    expect(text).not.toContain("30443");
  });

  test("as part of something larger that is secret as a whole", async () => {
    const { inputs, ...rest } = annotatedService(
      "api",
      { "healthcheck-path": `/${hidden}`, "healthcheck-protocol": "https" },
      LOCAL,
    );
    const text = await said([
      { ...rest, inputs: { ...inputs, metadata: secret((inputs as { metadata: object }).metadata) } },
    ]);
    expect(text).toContain("[secret]");
    expect(text).not.toContain(hidden);
  });

  test("of one resource do not darken what is said of another", async () => {
    const api = annotatedService(
      "api",
      { "healthcheck-protocol": "tcp" },
      { ...LOCAL, loadBalancerSourceRanges: secret(["10.0.0.0/8"]) },
    );
    const other = annotatedService("web", { "healthcheck-protocol": "tcp" }, LOCAL);
    const told = await pack().preview([api, other]);
    expect(told.find(({ urn, policy }) => urn === urnOf(other) && policy === RULE)?.text).toContain("TCP on");
  });
});

describe("findings are told of the right resource", () => {
  test("each URN is one of the stack, and texts are those of every other report", async () => {
    const group = targetGroup("web-http", { healthCheck: TCP_CHECK }, { from: web });
    const told = await pack().preview([web, deployment("web", { replicas: 1 }), group]);
    expect(told.map(({ policy, urn }) => [policy, urn])).toEqual(
      expect.arrayContaining([
        [RULE, urnOf(group)],
        ["local-needs-several-nodes", urnOf(deployment("web"))],
      ]),
    );
    const text = told.find(({ policy }) => policy === RULE)?.text.split("\n");
    expect(text?.[0]).toMatch(
      new RegExp(
        `^${RULE} TargetGroup web-http healthCheck\\.protocol: TCP on traffic-port; wanted HTTP /healthz on 30081; `,
      ),
    );
    expect(text?.slice(1).map((line) => line.split(":")[0])).toEqual(["fix", "docs"]);
  });

  test("a right stack is told nothing", async () => {
    const group = targetGroup("web-http", { healthCheck: KUBE_PROXY_CHECK }, { from: web });
    expect(await pack().preview([web, deployment("web"), group])).toEqual([]);
  });
});

describe("the node groups that the stack itself has", () => {
  const workers = (desiredSize: number): WireResource => ({
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "workers",
    inputs: { clusterName: "main", scalingConfig: { desiredSize, minSize: 1, maxSize: desiredSize } },
  });
  const seen = async (...more: readonly WireResource[]) =>
    (await pack().preview([annotatedService("web", {}, LOCAL), deployment("web"), ...more]))
      .map(({ policy, text }) => `${policy}: ${text}`)
      .filter((text) => text.startsWith("local-needs-several-nodes"));

  test("of a version that is not modelled are answered for by the nearest one, which is said once", async () => {
    const main: WireResource = {
      type: "aws:eks/cluster:Cluster",
      name: "main",
      inputs: { name: "main", version: "1.99" },
    };
    const told = await pack().preview([
      annotatedService("web", {}, LOCAL),
      deployment("web"),
      main,
      workers(4),
    ]);
    const remarks = told.filter(({ text }) => text.includes("1.99"));
    expect(remarks.map(({ policy, level }) => [policy, level])).toEqual([["catalogue", "advisory"]]);
    expect(remarks[0]?.text).toMatch(/^Kubernetes 1\.99 is newer than what is modelled: answered as for 1\./);
  });

  test("tell that pods which could be on several nodes have but one", async () => {
    expect(await seen(workers(1))).toEqual([expect.stringContaining("20 of 20 placements on 1 node;")]);
    expect(await seen(workers(4))).toEqual([]);
    expect(await seen()).toEqual([]);
  });
});
