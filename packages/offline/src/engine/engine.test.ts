import { preview, ResourceRefused, secretPaths, unknown, type PreviewResult, type Resource } from "../index";
import { Projects } from "../../testing/project";

// Each preview starts processes; on a busy machine that takes its time.
jest.setTimeout(90_000);
const projects = new Projects();
afterAll(() => projects.remove());

const HEAD = `
const pulumi = require("@pulumi/pulumi");
const k8s = { core: { v1: require("@pulumi/kubernetes/core/v1") }, Provider: require("@pulumi/kubernetes/provider").Provider };
class Box extends pulumi.ComponentResource {
  constructor(name, args, opts) { super("acme:index:Box", name, args, opts); }
}
const service = (name, opts, spec) => new k8s.core.v1.Service(name, { metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } }, opts);
`;

const run = (source: string): Promise<PreviewResult> => preview({ program: projects.program(HEAD + source) });

function named(result: PreviewResult, name: string): Resource {
  const found = result.resources.find((resource) => resource.name === name);
  if (!found)
    throw new Error(`no resource ${name} among ${result.resources.map(({ urn }) => urn).join("\n")}`);
  return found;
}

describe("providers", () => {
  test("given explicitly, by a component's list, and inherited from a parent of the same package", async () => {
    const result = await run(`
      const own = new k8s.Provider("own", { namespace: "shop" });
      const other = new k8s.Provider("other", { namespace: "other" });
      service("explicit", { provider: own });
      const outer = new Box("outer", {}, { providers: [other] });
      const inner = new Box("inner", {}, { parent: outer });
      service("listed", { parent: inner });
      service("child", { parent: service("parent", { provider: own }) });
    `);
    const own = `${named(result, "own").urn}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`;
    const other = `${named(result, "other").urn}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`;
    expect(named(result, "explicit").provider).toBe(own);
    expect(named(result, "listed").provider).toBe(other);
    expect(named(result, "child").provider).toBe(own);
    expect(named(result, "listed").inputs["metadata"]).toMatchObject({ namespace: "other" });
    expect(named(result, "own").inputs).toMatchObject({ namespace: "shop", version: "4.34.2" });
    expect(result.resources.filter(({ name }) => name.startsWith("default"))).toEqual([]);
  });

  test("of which a setting is unknown check nothing and know nothing", async () => {
    const result = await run(`
      const kubeconfig = service("first").metadata.apply(() => pulumi.unknown);
      const late = new k8s.Provider("late", { kubeconfig });
      service("second", { provider: late }).spec.type.apply((type) => { throw new Error("known: " + type); });
    `);
    expect(named(result, "late").inputs["kubeconfig"]).toBe(unknown);
    expect(named(result, "second").outputs).toEqual({});
  });

  test("are configured from the stack's configuration", async () => {
    const result = await preview({
      program: projects.program(HEAD + `service("web");`, {
        "Pulumi.dev.yaml": "config:\n  kubernetes:namespace: shop\n",
      }),
    });
    expect(named(result, "default_4_34_2").inputs).toEqual({
      namespace: "shop",
      version: "4.34.2",
      __internal: {},
    });
  });

  test("by default can be denied", async () => {
    const program = projects.program(HEAD + `service("web");`, {
      "Pulumi.dev.yaml": `config:\n  pulumi:disable-default-providers: ["kubernetes"]\n`,
    });
    await expect(preview({ program })).rejects.toThrow(/default provider for 'kubernetes' is disabled/);
  });
});

describe("transforms", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await run(`
      const isService = (args) => args.type.startsWith("kubernetes:core");
      const mark = (step) => ({ props, opts }) => ({
        props: { ...props, spec: { ...props.spec, externalName: (props.spec?.externalName ?? "") + step } },
        opts,
      });
      pulumi.runtime.registerResourceTransform((args) => (isService(args) && args.name === "ordered" ? mark("s")(args) : undefined));
      const parent = new Box("parent", {}, { transforms: [(args) => (isService(args) ? mark("p")(args) : undefined)] });
      service("ordered", { parent, transforms: [(args) => ({ ...mark("o")(args), opts: { ...args.opts, protect: true } })] });

      const a = service("a"), c = service("c");
      service("untouched", { dependsOn: [c], transforms: [() => undefined] }, { externalName: a.metadata.name });
      service("returned", { dependsOn: [c], transforms: [(args) => args] }, { externalName: a.metadata.name });

      const late = a.metadata.apply(() => pulumi.unknown);
      const more = ({ props, opts }) => ({ props: { ...props, more: 1 }, opts });
      service("guarded", { transforms: [more] }, { externalName: pulumi.secret("tr4nsform"), type: late });
      service("older", { transformations: [({ props, opts }) => ({ props: { ...props, spec: { type: "NodePort" } }, opts })] });
    `);
  });

  test("of a resource, of its parents and of the stack run in this order, over properties and options", () => {
    expect(named(result, "ordered").inputs["spec"]).toMatchObject({ externalName: "ops" });
    expect(named(result, "ordered").protect).toBe(true);
  });

  test("that change nothing keep what a property was computed from", () => {
    const [a, c] = ["a", "c"].map((name) => named(result, name).urn);
    expect(named(result, "untouched").propertyDependencies).toMatchObject({ spec: [a], kind: [] });
    expect(new Set(named(result, "untouched").dependencies)).toEqual(new Set([a, c]));
  });

  test("that return properties lose it, as with this SDK on the engine; dependsOn stays", () => {
    const [a, c] = ["a", "c"].map((name) => named(result, name).urn);
    expect(named(result, "returned").propertyDependencies).toMatchObject({ spec: [], kind: [] });
    expect(new Set(named(result, "returned").dependencies)).toEqual(new Set([a, c]));
  });

  test("see secrets and unknown values, and keep them", () => {
    const { inputs } = named(result, "guarded");
    expect(secretPaths(inputs)).toEqual(["spec.externalName"]);
    expect(inputs["spec"]).toMatchObject({ type: unknown });
    expect(inputs["more"]).toBe(1);
  });

  test("of the older kind run in the program", () => {
    expect(named(result, "older").inputs["spec"]).toEqual({ type: "NodePort" });
  });

  test("of invokes change arguments", async () => {
    const { outputs } = await preview({
      program: projects.program(
        `const pulumi = require("@pulumi/pulumi");
         pulumi.runtime.registerInvokeTransform(({ args, opts }) => ({ args: { ...args, most: true }, opts }));
         module.exports = async () => ({ ami: await pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", { owners: ["me"] }) });`,
      ),
      invokes: { "aws:ec2/getAmi:getAmi": (args) => ({ seen: args }) },
    });
    expect(outputs).toEqual({ ami: { seen: { owners: ["me"], most: true } } });
  });
});

describe("aliases and options", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await run(`
      const shop = new Box("shop", {}, { aliases: [{ name: "store" }, { type: "acme:index:Old" }] });
      service("shop-web", { parent: shop, aliases: [{ parent: pulumi.rootStackResource }] });

      const hook = (name, onDryRun) => new pulumi.ResourceHook(name, (args) => {
        pulumi.log.info(name + " " + args.name + " " + (args.newOutputs ? "after" : "before"));
      }, { onDryRun });
      const first = service("first", { hooks: { beforeCreate: [hook("one", true)], afterCreate: [hook("two", true), hook("three", false)] } });
      service("full", {
        deletedWith: first, deleteBeforeReplace: true, ignoreChanges: ["spec.type"], replaceOnChanges: ["metadata"],
        retainOnDelete: true, additionalSecretOutputs: ["spec"], customTimeouts: { create: "5m", delete: "1h" }, import: "default/full",
      });

      const box = new Box("box", {});
      new Box("holder", { box, first });
      service("plain", {}, { externalName: box });
    `);
  });

  test("aliases name, type and parent; children of an aliased parent follow", () => {
    const prefix = "urn:pulumi:dev::acme::";
    expect(named(result, "shop").aliases).toEqual([
      `${prefix}acme:index:Box::store`,
      `${prefix}acme:index:Old::shop`,
    ]);
    const aliases = named(result, "shop-web").aliases;
    expect(aliases).toContain(`${prefix}kubernetes:core/v1:Service::shop-web`);
    expect(aliases).toContain(`${prefix}acme:index:Box$kubernetes:core/v1:Service::store-web`);
    expect(aliases).toContain(`${prefix}acme:index:Old$kubernetes:core/v1:Service::shop-web`);
  });

  test("options are recorded", () => {
    const full = named(result, "full");
    expect(full.id).toBe("default/full");
    expect(full.options).toMatchObject({
      version: "4.34.2",
      deletedWith: named(result, "first").urn,
      deleteBeforeReplace: true,
      ignoreChanges: ["spec.type"],
      replaceOnChanges: ["metadata"],
      retainOnDelete: true,
      customTimeouts: { create: "5m", delete: "1h" },
      import: "default/full",
    });
    expect(secretPaths(full.outputs)).toEqual(["spec"]);
    expect(secretPaths(full.inputs)).toEqual([]);
    expect(result.diagnostics).toContainEqual({
      severity: "warning",
      urn: full.urn,
      message: "full: its import is previewed as a create",
    });
  });

  test("resources passed as values are referred to by id, components by URN", () => {
    const holder = named(result, "holder").inputs;
    expect(holder["box"]).toMatchObject({ kind: "resource", urn: named(result, "box").urn });
    expect(holder["first"]).toMatchObject({ kind: "resource", id: unknown });
    expect(named(result, "plain").inputs["spec"]).toMatchObject({ externalName: named(result, "box").urn });
  });

  test("hooks run at preview if they ask for it", () => {
    const said = result.diagnostics.filter(({ severity }) => severity === "info");
    expect(said.map(({ message }) => message)).toEqual(["one first before", "two first after"]);
  });

  test("a hook that throws refuses the resource", async () => {
    await expect(
      run(
        `service("web", { hooks: { beforeCreate: [new pulumi.ResourceHook("no", () => { throw new Error("not today"); }, { onDryRun: true })] } });`,
      ),
    ).rejects.toThrow("resource hook 'no' failed: not today");
  });
});

describe("what the engine refuses", () => {
  test("two resources of one URN", async () => {
    const failed = run(`new Box("box", {}); new Box("box", {});`);
    await expect(failed).rejects.toThrow(ResourceRefused);
    await expect(failed).rejects.toMatchObject({
      message:
        "duplicate resource URN urn:pulumi:dev::acme::acme:index:Box::box; try giving the resource a unique name",
      urn: "urn:pulumi:dev::acme::acme:index:Box::box",
      kind: "resource",
    });
  });

  test("an input that the provider refuses, with the path of the input", async () => {
    const failed = preview({
      program: projects.program(`
        const { TargetGroup } = require("@pulumi/aws/alb");
        new TargetGroup("tg", { port: 80, protocol: "TCP", vpcId: "v", healthCheck: { protocol: "TCP", path: "/healthz" } });`),
    });
    await expect(failed).rejects.toThrow(
      "aws:alb/targetGroup:TargetGroup 'tg' has a problem: healthCheck.path: cannot be set where healthCheck.protocol is TCP",
    );
  });
});
