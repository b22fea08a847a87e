import { unknownAt, type Exposure } from "@evenkeel/core/model";
import type { PulumiResource } from "../pulumi/resource";
import { readPulumi } from "./pulumi";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const SERVICE = "kubernetes:core/v1:Service";

function resource(
  type: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
  more: Partial<PulumiResource> = {},
): PulumiResource {
  return { type, name, urn: urn(type, name), properties, ...more };
}

const service = (name: string, ports: readonly object[], spec: object = {}) =>
  resource(SERVICE, name, {
    metadata: { name, namespace: "shop" },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: "evenkeel.io/unmanaged",
      selector: { app: name },
      ports,
      ...spec,
    },
  });
const deployment = (name: string) =>
  resource("kubernetes:apps/v1:Deployment", name, {
    metadata: { name, namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [] } },
    },
  });
const targetGroup = (
  name: string,
  properties: object,
  feeders: Readonly<Record<string, readonly string[]>> = {},
  family = "lb",
) =>
  resource(
    `aws:${family}/targetGroup:TargetGroup`,
    name,
    { targetType: "instance", protocol: "TCP", ...properties },
    { propertyDependencies: feeders },
  );
const listener = (name: string, port: number, group: PulumiResource, balancer?: PulumiResource) =>
  resource(
    "aws:lb/listener:Listener",
    name,
    {
      port,
      protocol: "TCP",
      loadBalancerArn: unknownAt("loadBalancerArn"),
      defaultActions: [{ type: "forward", targetGroupArn: unknownAt("x") }],
    },
    {
      propertyDependencies: { defaultActions: [group.urn], loadBalancerArn: balancer ? [balancer.urn] : [] },
    },
  );
const loadBalancer = (properties: object = {}) =>
  resource("aws:lb/loadBalancer:LoadBalancer", "nlb", {
    loadBalancerType: "network",
    internal: true,
    enableCrossZoneLoadBalancing: true,
    ...properties,
  });

function exposureOf(name: string, resources: readonly PulumiResource[], options = {}): Exposure {
  const found = readPulumi(resources, options).exposures.find(({ service: { ref } }) => ref.name === name);
  if (!found) throw new Error(`no exposure of ${name}`);
  return found;
}

const WEB = urn(SERVICE, "web");

describe("a target group and its Service", () => {
  const web = service("web", [{ name: "http", port: 80, nodePort: 30080 }], {
    externalTrafficPolicy: "Local",
    healthCheckNodePort: 30081,
  });

  test("by what its port was computed from, though nothing is known of the number", () => {
    const group = targetGroup(
      "web",
      { port: unknownAt("port"), healthCheck: { protocol: "TCP", port: unknownAt("healthCheck.port") } },
      { port: [WEB], healthCheck: [WEB] },
    );
    const balancer = loadBalancer();
    const { fronts, missing } = exposureOf("web", [
      web,
      deployment("web"),
      group,
      balancer,
      listener("web", 80, group, balancer),
    ]);
    expect(fronts).toMatchObject([
      {
        balancer: "nlb",
        controller: { name: "pulumi" },
        resource: { kind: "TargetGroup", name: "web" },
        related: [{ kind: "LoadBalancer" }, { kind: "Listener" }],
        servicePort: 80,
        listener: { port: { value: 80 }, protocol: { value: "TCP" } },
        scheme: { value: "internal", by: "given" },
        healthCheck: {
          protocol: { value: "TCP" },
          port: { value: unknownAt("healthCheck.port", { resource: WEB }) },
        },
        targetPort: { value: unknownAt("port", { resource: WEB }) },
      },
    ]);
    expect(fronts[0]?.attributes["load_balancing.cross_zone.enabled"]?.value).toBe(true);
    expect(missing).toEqual([]);
  });

  test.each<[string, object, Readonly<Record<string, readonly string[]>>]>([
    ["by a pinned node port", { port: 30080 }, {}],
    [
      "by a pinned health-check node port",
      { port: 31111, healthCheck: { protocol: "TCP", port: "30081" } },
      {},
    ],
    [
      "by what its health check was computed from",
      { healthCheck: { protocol: "HTTP", port: "undefined" } },
      { healthCheck: [WEB] },
    ],
    ["by a tag", { port: unknownAt("port"), tags: { "evenkeel.io/service": "shop/web" } }, {}],
  ])("%s", (_name, properties, feeders) => {
    const resources = [
      web,
      service("other", [{ port: 80, nodePort: 30090 }]),
      targetGroup("web", properties, feeders),
    ];
    expect(exposureOf("web", resources).fronts).toMatchObject([
      { resource: { kind: "TargetGroup" }, servicePort: 80 },
    ]);
    expect(exposureOf("other", resources).fronts).toEqual([]);
    expect(readPulumi(resources).unjoined).toEqual([]);
  });

  test("in the other family of tokens", () => {
    expect(exposureOf("web", [web, targetGroup("web", { port: 30080 }, {}, "alb")]).fronts).toHaveLength(1);
  });

  test("without listener, or without its load balancer, says so", () => {
    const group = targetGroup("web", { port: 30080 });
    expect(exposureOf("web", [web, deployment("web"), group]).missing).toMatchObject([
      { what: "loadBalancer", detail: "no listener in this input forwards to TargetGroup web" },
    ]);
    expect(
      exposureOf("web", [web, deployment("web"), group, listener("web", 80, group)]).missing,
    ).toMatchObject([
      { what: "loadBalancer", detail: "the load balancer of Listener web is not in this input" },
    ]);
  });

  test("an Auto Scaling attachment goes along", () => {
    const group = targetGroup("web", { port: 30080 });
    const attachment = resource(
      "aws:autoscaling/attachment:Attachment",
      "web",
      {},
      { propertyDependencies: { lbTargetGroupArn: [group.urn] } },
    );
    expect(exposureOf("web", [web, group, attachment]).fronts[0]?.related).toMatchObject([
      { kind: "Attachment" },
    ]);
  });

  test("by the port that its targets are registered with, whatever its own", () => {
    const group = targetGroup("web", { port: 80 });
    const attached = (name: string, port: Readonly<Record<string, unknown>>) =>
      resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", name, port, {
        propertyDependencies: { targetGroupArn: [group.urn] },
      });
    const own = [web, group, attached("a", { port: 30080 })];
    expect(exposureOf("web", [...own, attached("b", { port: 30080 })]).fronts).toMatchObject([
      { servicePort: 80, targetPort: { value: 30080, at: { resource: { kind: "TargetGroupAttachment" } } } },
    ]);
    expect(exposureOf("web", [...own, attached("b", { port: 30081 })]).fronts).toEqual([]);
    expect(exposureOf("web", [...own, attached("b", {})]).fronts).toEqual([]);
  });

  test.each([
    ["by the name that a binding says", { targetGroupName: "web-tg" }, 1],
    ["not by another name", { targetGroupName: "api-tg" }, 0],
    [
      "not by a name beside an ARN, which wins",
      { targetGroupName: "web-tg", targetGroupARN: "arn:other" },
      0,
    ],
  ])("%s", (_, spec, count) => {
    const group = targetGroup("web", { port: 80, name: "web-tg", arn: "arn:web" });
    const binding = resource("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "web", {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: "web", namespace: "shop" },
      spec: { serviceRef: { name: "web", port: 80 }, targetType: "instance", ...spec },
    });
    expect(exposureOf("web", [web, group, binding]).fronts).toHaveLength(count);
  });

  test("of an application load balancer is none of ours", () => {
    const { exposures, unjoined } = readPulumi([web, targetGroup("web", { protocol: "HTTP", port: 30080 })]);
    expect(exposures[0]?.fronts).toEqual([]);
    expect(unjoined).toEqual([]);
  });
});

describe("two ports", () => {
  const web = service("web", [
    { name: "http", port: 80 },
    { name: "https", port: 443 },
  ]);

  test("an unknown in one hides nothing of the other; the listener's number tells which is which", () => {
    const a = targetGroup(
      "a",
      { port: unknownAt("port"), healthCheck: unknownAt("healthCheck") },
      { port: [WEB], healthCheck: [WEB] },
    );
    const b = targetGroup(
      "b",
      { port: unknownAt("port"), healthCheck: { protocol: "TCP" } },
      { port: [WEB] },
    );
    const { fronts } = exposureOf("web", [web, a, b, listener("a", 80, a), listener("b", 443, b)]);
    expect(fronts).toMatchObject([
      { resource: { name: "a" }, servicePort: 80, healthCheck: { protocol: { value: { unknown: true } } } },
      { resource: { name: "b" }, servicePort: 443, healthCheck: { protocol: { value: "TCP" } } },
    ]);
  });

  test("with no sign which port it is, that is not known", () => {
    const group = targetGroup("a", { port: unknownAt("port") }, { port: [WEB] });
    expect(exposureOf("web", [web, group]).fronts).toMatchObject([
      { servicePort: { unknown: true, origin: { resource: WEB } } },
    ]);
  });
});

describe("a TargetGroupBinding", () => {
  const web = service("web", [{ name: "http", port: 80, nodePort: 30080, targetPort: 8080 }]);
  const binding = (group: PulumiResource, spec: object = {}) =>
    resource(
      "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
      "web",
      {
        metadata: { name: "web", namespace: "shop" },
        spec: {
          serviceRef: { name: "web", port: 80 },
          targetGroupARN: unknownAt("spec.targetGroupARN"),
          ...spec,
        },
      },
      { propertyDependencies: { spec: [group.urn] } },
    );

  test("joins, and its targets are registered at the Service's node port whatever the target group says", () => {
    const group = targetGroup("web", { port: 9999 });
    const { fronts } = exposureOf("web", [web, group, binding(group)]);
    expect(fronts).toMatchObject([
      {
        resource: { kind: "TargetGroup" },
        related: [{ kind: "TargetGroupBinding" }],
        servicePort: 80,
        targetPort: { value: 30080 },
      },
    ]);
  });

  test("at the pod's port with IP targets", () => {
    const group = targetGroup("web", { targetType: "ip", port: 1 });
    expect(exposureOf("web", [web, group, binding(group)]).fronts).toMatchObject([
      { targets: { value: "ip" }, targetPort: { value: 8080 } },
    ]);
  });

  test("by ARN once it is known", () => {
    const arn = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/0123456789abcdef";
    const group = targetGroup("web", { port: 9999, arn });
    const other = targetGroup("other", { port: 9998, arn: `${arn}0` });
    const bound = { ...binding(group, { targetGroupARN: arn }), propertyDependencies: {} };
    const { exposures, unjoined } = readPulumi([web, group, other, bound]);
    expect(exposures[0]?.fronts.map(({ resource: { name } }) => name)).toEqual(["web"]);
    expect(unjoined.map(({ ref }) => ref.name)).toEqual(["other"]);
  });

  test("without target group and Service in sight, or in front of a Service that asks for none, speaks for itself", () => {
    const bound = binding(targetGroup("web", {}), { targetGroupARN: "arn:x" });
    expect(readPulumi([bound]).unjoined).toMatchObject([
      {
        ref: { kind: "TargetGroupBinding", name: "web" },
        missing: {
          what: "service",
          detail: "the Service of TargetGroupBinding shop/web was not found in the input: it is shop/web",
        },
      },
    ]);
    const detail =
      "the target group of TargetGroupBinding shop/web was not found in the input, nor was its health check";
    const nodePort = service("web", [{ port: 80 }], { type: "NodePort", loadBalancerClass: undefined });
    expect(readPulumi([nodePort, bound]).unjoined).toMatchObject([{ missing: { what: "front", detail } }]);
    const asking = readPulumi([web, bound]);
    expect(asking.unjoined).toEqual([]);
    expect(asking.exposures[0]?.missing.filter(({ what }) => what === "front")).toMatchObject([{ detail }]);
  });

  test("to a Service of another stack says whose it is", () => {
    const group = targetGroup("web", { port: 9999 });
    const { exposures, unjoined } = readPulumi([group, binding(group)]);
    expect(exposures).toEqual([]);
    expect(unjoined[0]?.missing).toMatchObject({
      what: "service",
      detail:
        "the Service behind TargetGroup web was not found in the input: TargetGroupBinding shop/web names Service shop/web, which is not in this input",
    });
  });
});

describe("a Service in another stack", () => {
  const stack = "urn:pulumi:dev::net::pulumi:pulumi:StackReference::cluster";
  const group = targetGroup("web", { port: unknownAt("port") }, { port: [stack] });
  const web = service("web", [{ port: 80, nodePort: 30080 }]);

  test("is said aloud, with where the values come from", () => {
    expect(readPulumi([group]).unjoined).toMatchObject([
      {
        ref: { kind: "TargetGroup", name: "web" },
        missing: {
          what: "service",
          detail: `the Service behind TargetGroup web was not found in the input: its values come from ${stack}, which is no Service of this input`,
          how: { means: "bringIn", or: expect.stringContaining("evenkeel.io/service") },
        },
      },
    ]);
  });

  test("joins with that stack's resources, which are not themselves the subject", () => {
    const tagged = targetGroup("web", {
      port: unknownAt("port"),
      tags: { "evenkeel.io/service": "shop/web" },
    });
    const { exposures, unjoined } = readPulumi([tagged], { joinWith: [web, service("api", [{ port: 81 }])] });
    expect(unjoined).toEqual([]);
    expect(exposures.map(({ service: { ref } }) => ref.name)).toEqual(["web"]);
    expect(exposures[0]?.fronts).toHaveLength(1);
  });

  test("two that could be behind are none", () => {
    const twin = { ...web, urn: `${web.urn}-twin` };
    const { unjoined } = readPulumi([web, twin, targetGroup("web", { port: 30080 })]);
    expect(unjoined[0]?.missing.detail).toBe(
      "the Service behind TargetGroup web was not found in the input: Service shop/web and Service shop/web could be behind it",
    );
  });
});

describe("objects of a program", () => {
  const web = service("web", [{ port: 80 }]);

  test("of a custom resource, a chart or a patch only what is an object counts", () => {
    const rollout = resource("kubernetes:argoproj.io/v1alpha1:Rollout", "web", deployment("web").properties);
    expect(exposureOf("web", [web, rollout]).workloads).toMatchObject([
      { ref: { kind: "Rollout", urn: rollout.urn } },
    ]);
    const chart = resource("kubernetes:helm.sh/v3:Chart", "web", web.properties);
    const patch = resource("kubernetes:core/v1:ServicePatch", "web", web.properties);
    expect(readPulumi([chart, patch]).exposures).toEqual([]);
  });

  test("a selector that is not known yet is that of the workload it was computed from", () => {
    const properties = {
      ...web.properties,
      spec: { type: "LoadBalancer", selector: unknownAt("spec.selector"), ports: [{ port: 80 }] },
    };
    const fed = { ...web, properties, propertyDependencies: { spec: [deployment("web").urn] } };
    expect(exposureOf("web", [fed, deployment("web"), deployment("api")]).workloads).toHaveLength(1);
    expect(
      exposureOf("web", [{ ...fed, propertyDependencies: {} }, deployment("web")]).missing[0]?.detail,
    ).toBe("the selector of Service shop/web is not known yet (spec.selector)");
  });

  test("of two clusters each stays within its own", () => {
    const inEast = (one: PulumiResource) => ({ ...one, urn: `${one.urn}-east`, provider: "east" });
    const inWest = (one: PulumiResource) => ({ ...one, urn: `${one.urn}-west`, provider: "west" });
    const { exposures } = readPulumi([
      inEast(web),
      inWest(web),
      inEast(deployment("web")),
      inWest(deployment("web")),
    ]);
    expect(exposures.map(({ workloads }) => workloads.map(({ ref }) => ref.urn?.slice(-4)))).toEqual([
      ["east"],
      ["west"],
    ]);
  });

  test("two provider instances of one cluster still join", () => {
    const exposure = exposureOf("web", [
      { ...web, provider: "a" },
      { ...deployment("web"), provider: "b" },
    ]);
    expect(exposure.workloads).toHaveLength(1);
  });

  test("a Kubernetes object without an answer is what was asked for; with one, it is the answer", () => {
    const { properties: inputs } = service("web", [{ port: 80 }], { trafficDistribution: "PreferClose" });
    const unanswered = { ...service("web", []), properties: { __inputs: {} }, inputs };
    const [open] = readPulumi([unanswered]).exposures;
    expect(open?.service).toMatchObject({ ports: [{ port: 80 }], trafficDistribution: "PreferClose" });
    // An older API server drops the field without a word.
    const answered = { ...service("web", [{ port: 80 }]), inputs };
    expect(readPulumi([answered]).exposures[0]?.service.trafficDistribution).toBeUndefined();
  });

  test("where inputs are at hand, what nobody wrote is a default and no unknown", () => {
    const properties = {
      targetType: "instance",
      protocol: "TCP",
      port: 30080,
      healthCheck: unknownAt("healthCheck"),
      preserveClientIp: unknownAt("preserveClientIp"),
    };
    const inputs = { targetType: "instance", protocol: "TCP", port: 30080 };
    const group = { ...targetGroup("web", properties), inputs };
    const [front] = exposureOf("web", [service("web", [{ port: 80, nodePort: 30080 }]), group]).fronts;
    expect(front?.healthCheck?.protocol).toMatchObject({ value: "TCP", by: "default" });
    expect(front?.preservesClientAddress).toMatchObject({ value: true, by: "default" });
  });
});

test("a component speaks for the Service below it", () => {
  const type = "evenkeel:index:NlbIpService";
  const component = resource(type, "api", {
    ports: [{ name: "http", port: 80 }],
    scheme: "internal",
    controllerOwned: {},
    workload: { name: "api", labels: { app: "api" } },
  });
  const child = { ...service("api", [{ port: 80 }]), parent: component.urn };
  const { exposures } = readPulumi([component, child, service("web", [{ port: 80 }])]);
  expect(exposures.map(({ service: { ref }, fronts }) => [ref.name, fronts[0]?.resource.kind])).toEqual([
    ["api", "NlbIpService"],
    ["web", undefined],
  ]);
});

test("single resources for rules of their own", () => {
  const group = targetGroup("web", { port: 30080 });
  const { resources } = readPulumi([group, loadBalancer(), listener("web", 80, group)]);
  expect(resources.targetGroup).toMatchObject([
    { ref: { kind: "TargetGroup", name: "web" }, properties: { port: 30080 } },
  ]);
  expect(resources.loadBalancer).toHaveLength(1);
  expect(resources.listener).toHaveLength(1);
});

describe("a component that is given a workload resource", () => {
  const COMPONENT = "evenkeel:index:NlbInstanceService";
  const inputs = {
    scheme: "internal",
    ports: [{ name: "http", port: 80 }],
    cluster: { nodes: [{ count: 3 }] },
  };
  const workload = { ...deployment("web"), inputs: deployment("web").properties };
  const read = (given: unknown, more: Partial<PulumiResource> = {}) =>
    readPulumi([workload, resource(COMPONENT, "web", { ...inputs, deployment: given }, more)]).exposures.find(
      ({ fronts }) => fronts.length > 0,
    );

  test.each<[string, unknown, Partial<PulumiResource>]>([
    ["a URN", workload.urn, {}],
    [
      "an id, which the property's dependencies explain",
      "shop/web",
      { propertyDependencies: { deployment: [workload.urn] } },
    ],
    [
      "an unknown, likewise",
      unknownAt("deployment"),
      { propertyDependencies: { deployment: [workload.urn] } },
    ],
  ])("is read with that resource: %s", (_, given, more) => {
    const exposure = read(given, more);
    expect(exposure?.workloads).toMatchObject([{ ref: { kind: "Deployment", name: "web" } }]);
    expect(exposure?.service.selector).toEqual({ app: "web" });
  });

  test("waits for a resource that is not at hand", () => {
    const exposure = read("urn:pulumi:dev::other::kubernetes:apps/v1:Deployment::web");
    expect(exposure?.workloads).toEqual([]);
    expect(exposure?.missing).toMatchObject([{ what: "workload" }]);
  });
});
