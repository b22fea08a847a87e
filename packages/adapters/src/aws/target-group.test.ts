import { unknownAt, type HealthCheck } from "@evenkeel/core/model";
import type { PulumiResource } from "../pulumi/resource";
import { readAws } from "./records";

function read(properties: Readonly<Record<string, unknown>>, more: Partial<PulumiResource> = {}) {
  const resource = {
    type: "aws:lb/targetGroup:TargetGroup",
    urn: "urn:tg",
    name: "web",
    properties,
    ...more,
  };
  const { targetGroups, problems } = readAws([resource]);
  const [group] = targetGroups;
  if (!group) throw new Error("no target group");
  return { ...group, problems };
}

const values = (check: HealthCheck) =>
  Object.fromEntries(Object.entries(check).map(([key, setting]) => [key, setting?.value]));
const tcp = { targetType: "instance", protocol: "TCP", port: 30080 };

describe("health check as it reaches AWS", () => {
  test.each<[string, object, object]>([
    [
      "none at all: AWS's own",
      {},
      {
        protocol: "TCP",
        port: "traffic-port",
        intervalSeconds: 30,
        timeoutSeconds: 10,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
      },
    ],
    [
      "a block without protocol: HTTP from the provider, also for TCP",
      { healthCheck: { port: "30081" } },
      {
        protocol: "HTTP",
        port: 30081,
        path: "/",
        matcher: "200-399",
        intervalSeconds: 30,
        timeoutSeconds: 6,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
      },
    ],
    [
      "a block over TCP",
      { healthCheck: { protocol: "TCP", interval: 10 } },
      {
        protocol: "TCP",
        port: "traffic-port",
        intervalSeconds: 10,
        timeoutSeconds: 10,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
      },
    ],
    [
      "all of it",
      {
        healthCheck: {
          protocol: "HTTPS",
          port: 443,
          path: "/r",
          matcher: "200",
          interval: "20",
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 4,
        },
      },
      {
        protocol: "HTTPS",
        port: 443,
        path: "/r",
        matcher: "200",
        intervalSeconds: 20,
        timeoutSeconds: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 4,
      },
    ],
    [
      "as a list of one, in older states",
      { healthCheck: [{ protocol: "TCP" }] },
      {
        protocol: "TCP",
        port: "traffic-port",
        intervalSeconds: 30,
        timeoutSeconds: 10,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
      },
    ],
  ])("%s", (_name, properties, expected) => {
    expect(values(read({ ...tcp, ...properties }).healthCheck)).toEqual(expected);
  });

  test("who wrote it: the program, or the provider that says so in __defaults", () => {
    const { protocol, intervalSeconds, timeoutSeconds } = read({
      ...tcp,
      healthCheck: { protocol: "HTTP", interval: 30, __defaults: ["protocol"] },
    }).healthCheck;
    expect([protocol.by, intervalSeconds.by, timeoutSeconds.by]).toEqual(["default", "given", "default"]);
    expect(protocol.at).toMatchObject({
      path: "healthCheck.protocol",
      resource: { kind: "TargetGroup", name: "web", urn: "urn:tg" },
    });
  });

  test("with the inputs at hand, what only the provider's answer has is a default", () => {
    const answered = {
      ...tcp,
      healthCheck: { protocol: "HTTP", path: "/", interval: 10 },
      preserveClientIp: "true",
    };
    const inputs = { ...tcp, healthCheck: { protocol: "HTTP", interval: 10 } };
    const { healthCheck, preservesClientAddress, targets } = read(answered, { inputs });
    expect([healthCheck.protocol.by, healthCheck.path?.by, preservesClientAddress.by, targets.by]).toEqual([
      "given",
      "default",
      "default",
      "given",
    ]);
  });

  test("unknown as a whole, with where it comes from", () => {
    const more = { propertyDependencies: { healthCheck: ["urn:svc"] } };
    const { protocol, port } = read({ ...tcp, healthCheck: unknownAt("healthCheck") }, more).healthCheck;
    expect(protocol.value).toEqual(unknownAt("healthCheck.protocol", { resource: "urn:svc" }));
    expect(port.value).toEqual(unknownAt("healthCheck.port", { resource: "urn:svc" }));
  });

  test("an unknown port hides nothing beside it, and of two sources none is named", () => {
    const check = { protocol: "TCP", port: unknownAt("healthCheck.port") };
    const one = read(
      { ...tcp, healthCheck: check },
      { propertyDependencies: { healthCheck: ["urn:svc"] } },
    ).healthCheck;
    expect(one.protocol.value).toBe("TCP");
    expect(one.port.value).toEqual(unknownAt("healthCheck.port", { resource: "urn:svc" }));
    const two = read(
      { ...tcp, healthCheck: check },
      { propertyDependencies: { healthCheck: ["urn:a", "urn:b"] } },
    ).healthCheck;
    expect(two.port.value).toEqual(unknownAt("healthCheck.port"));
  });

  test('"undefined" as text, and no port at all, are what an unset output of the Service leaves behind', () => {
    const group = read({
      targetType: "instance",
      protocol: "TCP",
      healthCheck: { protocol: "HTTP", port: "undefined" },
    });
    expect(group.healthCheck.port.value).toEqual(unknownAt("healthCheck.port"));
    expect(group.port.value).toEqual(unknownAt("port"));
    expect(read({ ...tcp, port: "NaN" }).port.value).toEqual(unknownAt("port"));
  });
});

describe("attributes by AWS's names", () => {
  test("as given, in the provider's spellings", () => {
    const { attributes, proxyProtocol, preservesClientAddress } = read({
      ...tcp,
      proxyProtocolV2: true,
      preserveClientIp: "false",
      deregistrationDelay: 60,
      stickiness: { type: "source_ip" },
      targetHealthStates: [{ enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: 120 }],
    });
    expect(proxyProtocol).toMatchObject({ value: "v2", by: "given", at: { path: "proxyProtocolV2" } });
    expect(preservesClientAddress).toMatchObject({ value: false, at: { path: "preserveClientIp" } });
    expect(attributes["deregistration_delay.timeout_seconds"]?.value).toBe(60);
    expect(attributes["stickiness.enabled"]?.value).toBe(true);
    expect(attributes["stickiness.type"]?.value).toBe("source_ip");
    expect(attributes["target_health_state.unhealthy.connection_termination.enabled"]).toMatchObject({
      value: false,
      at: { path: "targetHealthStates[0].enableUnhealthyConnectionTermination" },
    });
    expect(attributes["target_health_state.unhealthy.draining_interval_seconds"]?.value).toBe(120);
  });

  test("and by default", () => {
    const { attributes, proxyProtocol, preservesClientAddress } = read(tcp);
    expect(proxyProtocol).toMatchObject({ value: "off", by: "default" });
    expect(preservesClientAddress).toMatchObject({ value: true, by: "default" });
    expect(attributes["stickiness.enabled"]?.value).toBe(false);
    expect(read({ ...tcp, targetType: "ip" }).preservesClientAddress.value).toBe(false);
    expect(read({ ...tcp, targetType: "ip", protocol: "UDP" }).preservesClientAddress.value).toBe(true);
  });
});

test("both families of tokens, and their older names", () => {
  const group = { urn: "urn:tg", name: "web", properties: tcp };
  const types = ["lb", "alb", "elasticloadbalancingv2", "applicationloadbalancing"].map(
    (module) => `aws:${module}/targetGroup:TargetGroup`,
  );
  expect(readAws(types.map((type) => ({ ...group, type }))).targetGroups).toHaveLength(4);
  expect(readAws([{ ...group, type: "aws:s3/bucket:Bucket" }]).targetGroups).toEqual([]);
});

test("values of a wrong type are named, never shown", () => {
  const { problems } = read({
    ...tcp,
    port: "hunter2",
    healthCheck: { protocol: ["hunter2"], interval: "hunter2" },
  });
  expect(problems.map(({ path, seen }) => `${path}: ${seen}`)).toEqual([
    "port: other text",
    "healthCheck.protocol: a list",
    "healthCheck.interval: other text",
  ]);
});
