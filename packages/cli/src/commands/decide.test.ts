import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployment, evenkeel, folder } from "../run.fixture";

const manifest = (replicas: number): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  selector: { app: web }
  ports: [{ port: 80 }]
---
${deployment(replicas)}`;
const files = folder({ "cluster.yaml": 'kubernetesVersion: "1.33"\nnodes: [{ count: 10, zones: [a] }]\n' });
const cluster = ["--cluster", join(files.path, "cluster.yaml")];
afterAll(() => files.remove());

test("the margin is reported", async () => {
  expect((await evenkeel(["decide", "-", ...cluster], manifest(14))).out).toMatch(
    /the choice changes to Cluster at 1[567] replicas, [123] away/,
  );
});

test("what is not specified is asked, and whether it would change the choice", async () => {
  const { out } = await evenkeel(["decide", "-", "--trials", "20"], manifest(15));
  expect(out).toMatch(
    /the number of nodes is not specified and would change the choice: \w+ with 3 nodes.*; \w+ with 10 nodes/,
  );
  expect(out).toMatch(/the Kubernetes version is not specified (and|but) would (not )?change the choice/);
  const { decisions } = JSON.parse(
    (await evenkeel(["decide", "-", ...cluster, "--trials", "20", "--format", "json"], manifest(15))).out,
  );
  expect(decisions[0].openQuestions.map(({ what }: { what: string }) => what)).toEqual(["load"]);
});

test("--pin keeps the choice from run to run, and says when another is better", async () => {
  const pins = join(files.path, "choices.json");
  const first = await evenkeel(["decide", "-", ...cluster, "--pin", pins], manifest(19));
  expect(first.out).toContain("✓ Cluster");
  expect(JSON.parse(readFileSync(pins, "utf8"))).toEqual({
    version: 1,
    choices: { "shop/web": { externalTrafficPolicy: "Cluster", trafficDistribution: null } },
  });
  const second = await evenkeel(["decide", "-", ...cluster, "--pin", pins], manifest(10));
  expect(second.out).toContain("Cluster is pinned and meets the requirements");
  expect(second.out).toContain("Local would now be better");
});

test("--compare weighs nodes against pods as targets", async () => {
  const { out } = await evenkeel(["decide", "-", ...cluster, "--compare"], manifest(10));
  expect(out).toMatch(/1\. AWS NLB with \w+ targets with \w+/);
});

test("--compare-with weighs another load balancer in its place, in text and JSON", async () => {
  const asked = [
    "decide",
    "-",
    ...cluster,
    "--compare-with",
    "haproxy",
    "--require",
    "clientAddress=required",
  ];
  const { out } = await evenkeel(asked, manifest(10));
  expect(out).toMatch(
    /1\. AWS NLB with instance targets with Local\n +the hottest pod gets 1\.00 .*\n +2\. HAProxy with \w+, which does not meet/,
  );
  expect(out).toMatch(
    /is preferred to HAProxy: only it meets every requirement \(with the other, the pods see (the load balancer|a node)'s address/,
  );
  const { comparisons } = JSON.parse((await evenkeel([...asked, "--format", "json"], manifest(10))).out);
  expect(comparisons).toMatchObject([
    { service: { name: "web" }, alternatives: [{ balancer: "nlb-instance" }, { balancer: "haproxy" }] },
  ]);
});

test("--compare-with a balancer that nobody knows", async () => {
  const { code, err } = await evenkeel(["decide", "-", "--compare-with", "haprxy"], manifest(3));
  expect(code).toBe(2);
  expect(err).toMatch(/haprxy: wanted nlb-instance, .*; did you mean "haproxy"\?/);
});

test("--side internal decides for clients inside", async () => {
  const { out } = await evenkeel(["decide", "-", ...cluster, "--side", "internal"], manifest(3));
  expect(out).toContain("internal");
  expect(out).toContain("✗ Local: 70 % of new connections are dropped");
});

describe("a file that --pin names", () => {
  const said = async (text: string): Promise<{ code: number; err: string }> => {
    const pinned = folder({ "choices.json": text });
    const file = join(pinned.path, "choices.json");
    const { code, err } = await evenkeel(
      ["decide", "-", ...cluster, "--trials", "1", "--pin", file],
      manifest(3),
    );
    pinned.remove();
    return { code, err: err.replaceAll(file, "choices.json") };
  };

  test.each<[string, string, string]>([
    ["no JSON", "choices: {}", "choices.json: no JSON: "],
    ["a list", "[]", "choices.json: a list; wanted what evenkeel decide --pin writes"],
    ["another version", '{"version":2,"choices":{}}', "choices.json: version: 2; wanted 1"],
    ["nothing chosen", '{"version":1}', "choices.json: choices: missing; wanted what"],
    [
      "a misspelled policy",
      '{"version":1,"choices":{"shop/web":{"externalTrafficPolicy":"Lokal","trafficDistribution":null}}}',
      'choices.json: choices["shop/web"].externalTrafficPolicy: Lokal; wanted Cluster, Local; did you mean "Local"?',
    ],
    [
      "a misspelled distribution",
      '{"version":1,"internal":{"shop/web":{"internalTrafficPolicy":"Local","trafficDistribution":"PreferSameNod"}}}',
      'choices.json: internal["shop/web"].trafficDistribution: PreferSameNod; wanted PreferClose, PreferSameZone, PreferSameNode; did you mean "PreferSameNode"?',
    ],
    [
      "a misspelled key",
      '{"version":1,"choises":{}}',
      'choices.json: choises: unknown key; wanted version, choices, internal; did you mean "choices"?',
    ],
    [
      "a name without its namespace",
      '{"version":1,"choices":{"web":{"externalTrafficPolicy":"Local"}}}',
      'choices.json: choices["web"]: wanted namespace/name, such as shop/web',
    ],
  ])("is refused with %s", async (_, text, says) => {
    const { code, err } = await said(text);
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err).not.toContain("    at ");
  });

  test("may name Services that are not there, and one that is misspelled is told", async () => {
    const choice = '{"externalTrafficPolicy":"Local","trafficDistribution":null}';
    const { code, err } = await said(
      `{"version":1,"choices":{"shop/wbe":${choice},"other/thing":${choice}}}`,
    );
    expect(code).toBe(0);
    expect(err).toContain(
      'note: choices.json: "shop/wbe": no such Service in this input; did you mean "shop/web"?',
    );
    expect(err).toContain(
      "note: choices.json: 1 choice of Services that are not in this input stays as written",
    );
  });
});

test("--pin keeps both sides apart", async () => {
  const pins = join(files.path, "both.json");
  const run = (more: string[] = []) =>
    evenkeel(["decide", "-", ...cluster, "--side", "both", "--pin", pins, ...more], manifest(10));
  await run();
  expect(JSON.parse(readFileSync(pins, "utf8"))).toEqual({
    version: 1,
    choices: { "shop/web": { externalTrafficPolicy: "Local", trafficDistribution: null } },
    internal: { "shop/web": { internalTrafficPolicy: "Cluster", trafficDistribution: null } },
  });
  const { out } = await run();
  expect(out).toContain("Local is pinned and meets the requirements");
  expect(out).toContain("Cluster is pinned and meets the requirements");
});

test("--better-by sets what is worth telling", async () => {
  const pins = join(files.path, "margin.json");
  const run = async (replicas: number, ...more: string[]) =>
    (
      await evenkeel(
        ["decide", "-", ...cluster, "--pin", pins, "--require", "clientAddress=ignored", ...more],
        manifest(replicas),
      )
    ).out;
  await run(1);
  // Under Cluster 90 % take an extra hop, under Local nobody.
  expect(await run(10, "--better-by", "1")).toContain("would now be better by 100 %");
  expect(await evenkeel(["decide", "-", "--better-by", "10%"], manifest(3))).toMatchObject({
    code: 2,
    err: expect.stringContaining("wanted a fraction from 0 to 1"),
  });
});
