import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packUnderTest } from "../test/pack-under-test";
import type { Told } from "../test/pack-process";
import { annotatedService, deployment, LOCAL, ownService, targetGroup, TCP_CHECK } from "../test/resources";
import { urnOf, type WireResource } from "../test/wire";

const pack = packUnderTest();
const folder = mkdtempSync(join(tmpdir(), "elsewhere-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `pulumi stack export` writes of a stack. */
function exported(name: string, resources: readonly WireResource[]): string {
  const file = join(folder, `${name}.json`);
  const state = resources.map(({ type, name: called, inputs, outputs }) => ({
    urn: `urn:pulumi:dev::${name}::${type}::${called}`,
    type,
    custom: true,
    inputs,
    outputs: outputs ?? inputs,
  }));
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources: state } }));
  return file;
}

const brief = (told: readonly Told[]) =>
  told.map(({ policy, level, urn, text }) => [policy, level, urn, text.split(" ")[0]]);

const web = ownService("web", LOCAL);
const group = targetGroup("web-http", {
  healthCheck: TCP_CHECK,
  tags: { "evenkeel.io/service": "shop/web" },
});

test("a Service of another stack is joined with the target group of this one, which is what is to be mended", async () => {
  const joinWith = [exported("services", [web, deployment("web")])];
  expect(brief(await pack().preview([group]))).toEqual([
    ["catalogue", "advisory", urnOf(group), "service-in-input"],
  ]);
  const told = await pack().preview([group], { catalogue: { joinWith } });
  expect(brief(told)).toEqual([
    ["local-needs-http-health-check", "mandatory", urnOf(group), "local-needs-http-health-check"],
  ]);
});

test("what is wrong in the other stack alone is not told here", async () => {
  const joinWith = [exported("other", [annotatedService("api", { "healthcheck-protocol": "tcp" }, LOCAL)])];
  const deployed = [annotatedService("web", {}, LOCAL), deployment("web")];
  expect(await pack().preview(deployed, { catalogue: { joinWith } })).toEqual([]);
});

test("the cluster decides where pods may end up", async () => {
  const deployed = [annotatedService("web", {}, LOCAL), deployment("web")];
  const told = async (cluster: object | string) =>
    (await pack().preview(deployed, { catalogue: { cluster } })).map(({ policy }) => policy);
  expect(await told({ nodes: [{ count: 1 }] })).toContain("local-needs-several-nodes");
  const file = join(folder, "cluster.yaml");
  writeFileSync(file, "nodes:\n  - count: 3\n");
  expect(await told(file)).toEqual([]);
});

test("what is not in sight is told with what can be done about it here", async () => {
  const ranged: WireResource = {
    type: "kubernetes:core/v1:Service",
    name: "ranged",
    inputs: {
      metadata: { name: "ranged", annotations: { "evenkeel.io/in-cluster-clients": "true" } },
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: "metallb",
        ports: [{ port: 80 }],
        loadBalancerSourceRanges: ["203.0.113.0/24"],
      },
    },
  };
  const texts = (await pack().preview([web, group, annotatedService("api", {}, LOCAL), ranged])).map(
    ({ text }) => text,
  );
  expect(texts.join("\n")).not.toMatch(/--with|--cluster/);
  expect(texts).toEqual(
    expect.arrayContaining([
      expect.stringContaining("under joinWith of the policy catalogue"),
      expect.stringContaining("under cluster of the policy catalogue"),
    ]),
  );
});

test("a mistake in it blocks", async () => {
  const told = await pack().preview([web], { catalogue: { joinWith: ["no-such-file.json"] } });
  expect(brief(told).filter(([policy]) => policy === "configuration")).toEqual([
    ["configuration", "mandatory", expect.any(String), "catalogue.joinWith[0]:"],
  ]);
});
