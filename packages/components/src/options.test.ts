import type { PreviewResult, Resource } from "@evenkeel/offline";
import { previewProgram } from "../testing/program";

// Each preview starts a process of its own.
jest.setTimeout(120_000);

const COMPONENT = "urn:pulumi:dev::acme::evenkeel:index:NlbInstanceService";

function find({ resources }: PreviewResult, type: string, name: string): Resource {
  const found = resources.find((one) => one.type === type && one.name === name);
  if (!found) throw new Error(`no ${type} ${name}`);
  return found;
}

describe("options of a component reach its children as on any Pulumi component", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewProgram(`
      import { Provider as Aws } from "@pulumi/aws";
      import { Provider as Kubernetes } from "@pulumi/kubernetes";
      import { Namespace } from "@pulumi/kubernetes/core/v1";
      const namespace = new Namespace("shop");
      new NlbInstanceService("web", { ...instanceArgs, namespace: namespace.metadata.name }, {
        protect: true,
        aliases: [{ name: "shop" }, { type: "evenkeel:index:NlbIpService" }],
        dependsOn: [namespace],
        providers: [new Aws("ireland", { region: "eu-west-1" }), new Kubernetes("blue", {})],
        transforms: [({ type, props, opts }) =>
          type === "aws:lb/targetGroup:TargetGroup" ? { props: { ...props, deregistrationDelay: 60 }, opts } : undefined],
      });
    `);
  });

  const targetGroup = () => find(result, "aws:lb/targetGroup:TargetGroup", "web-http");
  const service = () => find(result, "kubernetes:core/v1:Service", "web");

  it("parent: every child hangs below the component", () => {
    const children = result.resources.filter(({ type }) =>
      /^(aws:lb|kubernetes:(core\/v1:Service|elbv2))/.test(type),
    );
    expect(children).toHaveLength(8);
    for (const { urn, parent } of children) {
      expect(parent).toBe(`${COMPONENT}::web`);
      expect(urn).toContain(`${COMPONENT}$`);
    }
  });

  it("protect", () => {
    expect([targetGroup().protect, service().protect]).toEqual([true, true]);
  });

  it("aliases: another name, and the sibling class, for the component and for its children", () => {
    expect(find(result, "evenkeel:index:NlbInstanceService", "web").aliases).toEqual([
      `${COMPONENT}::shop`,
      "urn:pulumi:dev::acme::evenkeel:index:NlbIpService::web",
    ]);
    expect(targetGroup().aliases).toEqual(
      expect.arrayContaining([
        `${COMPONENT}$aws:lb/targetGroup:TargetGroup::shop-http`,
        "urn:pulumi:dev::acme::evenkeel:index:NlbIpService$aws:lb/targetGroup:TargetGroup::web-http",
      ]),
    );
  });

  it("providers: each child has the one of its package", () => {
    expect(targetGroup().provider).toContain("pulumi:providers:aws::ireland");
    expect(service().provider).toContain("pulumi:providers:kubernetes::blue");
  });

  it("dependsOn: the component waits", () => {
    expect(find(result, "evenkeel:index:NlbInstanceService", "web").dependencies).toContain(
      find(result, "kubernetes:core/v1:Namespace", "shop").urn,
    );
  });

  it("transforms: a user's change wins", () => {
    expect(targetGroup().inputs["deregistrationDelay"]).toBe(60);
  });

  it("and the component says what it decided", () => {
    expect(find(result, "evenkeel:index:NlbInstanceService", "web").outputs).toMatchObject({
      decision: { externalTrafficPolicy: "Local", chosen: true, met: true },
      estimate: [{ side: "external", pods: 6 }, { side: "internal" }],
    });
  });
});

describe("an InternalService", () => {
  it("passes options on to its Service, and says what it decided", async () => {
    const result = await previewProgram(`
      import { Provider } from "@pulumi/kubernetes";
      new InternalService("web", internalArgs, {
        protect: true,
        aliases: [{ name: "shop" }],
        providers: [new Provider("blue", {})],
        transforms: [({ type, props, opts }) =>
          type === "kubernetes:core/v1:Service" ? { props: { ...props, metadata: { name: "shop" } }, opts } : undefined],
      });
    `);
    const component = find(result, "evenkeel:index:InternalService", "web");
    const service = find(result, "kubernetes:core/v1:Service", "web");
    expect(component.outputs).toMatchObject({
      decision: { internalTrafficPolicy: "Cluster", trafficDistribution: "PreferSameNode", chosen: true },
      estimate: [{ side: "internal", pods: 6 }],
    });
    expect(service.parent).toBe(component.urn);
    expect(service.protect).toBe(true);
    expect(service.provider).toContain("pulumi:providers:kubernetes::blue");
    expect(service.aliases).toContain(
      "urn:pulumi:dev::acme::evenkeel:index:InternalService$kubernetes:core/v1:Service::shop",
    );
    expect(service.inputs["metadata"]).toMatchObject({ name: "shop" });
  });
});

describe("siblings share the names of their children", () => {
  it("so that one alias moves a program from nodes to pods", async () => {
    const { resources } = await previewProgram(`
      new NlbInstanceService("web", instanceArgs);
      new NlbIpService("web", ipArgs);
    `);
    const below = (type: string) =>
      resources
        .filter(({ parent }) => parent?.endsWith(`:${type}::web`))
        .map(({ type: kind, name }) => `${kind} ${name}`)
        .sort();
    expect(below("NlbIpService")).toHaveLength(8);
    expect(below("NlbIpService")).toEqual(below("NlbInstanceService"));
  });
});

describe("what fails a program", () => {
  const failure = async (source: string): Promise<string> => {
    const result = await previewProgram(source).catch((error: unknown) => error);
    if (!(result instanceof Error)) throw new Error("the program did not fail");
    return result.message;
  };

  it("plain arguments: one line, no stack trace", async () => {
    const said = await failure(`new NlbIpService("api", { ...ipArgs, scheme: "extern" as never });`);
    expect(said).toContain('NlbIpService api scheme: "extern"; wanted internal, internet-facing');
    expect(said).not.toMatch(/^\s+at /m);
  });

  it("an output: the same line once it is there", async () => {
    const said = await failure(
      `new NlbInstanceService("web", { ...instanceArgs, trafficPolicy: pulumi.output("Lokal") as never });`,
    );
    expect(said).toContain(
      'NlbInstanceService web trafficPolicy: "Lokal"; wanted Auto, Cluster, Local; did you mean "Local"?',
    );
    expect(said).not.toMatch(/^\s+at /m);
  });

  it("an output that breaks a rule: the rule's text", async () => {
    const said = await failure(
      `new NlbInstanceService("web", { ...instanceArgs, trafficPolicy: "Local", proxyProtocol: pulumi.output(true) });`,
    );
    expect(said).toContain(
      "health-check-carries-no-proxy-header NlbInstanceService web proxyProtocol: PROXY protocol v2",
    );
  });

  it("an output that breaks a rule inside the cluster: the rule's text", async () => {
    const said = await failure(
      `new InternalService("web", {
        ...internalArgs,
        workload: { ...workload, replicas: pulumi.output(3) },
        internalTrafficPolicy: "Local",
      });`,
    );
    expect(said).toContain("internal-local-covers-every-node");
    expect(said).not.toMatch(/^\s+at /m);
  });

  it("a secret is not said", async () => {
    const said = await failure(
      `new NlbInstanceService("web", { ...instanceArgs, trafficPolicy: pulumi.secret("hunter2") as never });`,
    );
    expect(said).toContain("NlbInstanceService web: refused; why is not shown");
    expect(said).not.toContain("hunter2");
  });
});
