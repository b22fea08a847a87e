import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unknown, unknownPaths, type CheckRequest, type PropertyMap } from "../../index";
import { aws } from "./index";
import * as elb from "./elb";
import type { Schema } from "./schema";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

const request = (
  type: string,
  inputs: PropertyMap,
  config: PropertyMap = {},
  name = "web",
): CheckRequest => ({
  urn: `urn:pulumi:dev::acme::${type}::${name}`,
  type,
  name,
  inputs,
  config,
  diagnose: () => undefined,
});

function checked(type: string, inputs: PropertyMap, config?: PropertyMap): PropertyMap {
  const answer = aws.check(request(type, inputs, config));
  if ("failures" in answer) throw new Error(JSON.stringify(answer.failures));
  return answer.inputs;
}

function failures(type: string, inputs: PropertyMap, name?: string): readonly string[] {
  const answer = aws.check(request(type, inputs, {}, name));
  return "failures" in answer ? answer.failures.map(({ property, reason }) => `${property}: ${reason}`) : [];
}

const planned = (type: string, inputs: PropertyMap, config?: PropertyMap): PropertyMap =>
  aws.create({ ...request(type, inputs, config), inputs: checked(type, inputs, config) });

const tcp = { port: 30080, protocol: "TCP", vpcId: "vpc-1" };

describe("Check", () => {
  test("generates a name that depends on the URN alone", () => {
    const { name } = checked(TARGET_GROUP, tcp);
    expect(name).toMatch(/^web-[0-9a-f]{7}$/);
    expect(checked(TARGET_GROUP, tcp)["name"]).toBe(name);
    expect(checked("aws:alb/targetGroup:TargetGroup", tcp)["name"]).not.toBe(name);
  });

  test.each<PropertyMap>([{ name: "mine" }, { name: unknown }, { namePrefix: "my-" }])(
    "leaves %j alone",
    (given) => {
      expect(checked(TARGET_GROUP, { ...tcp, ...given })).toMatchObject(given);
      expect(checked(TARGET_GROUP, { ...tcp, ...given })["__defaults"]).not.toContain("name");
    },
  );

  test("writes Terraform's defaults, within blocks too, and notes them; false ones are not written", () => {
    const inputs = checked(TARGET_GROUP, {
      ...tcp,
      name: "a",
      healthCheck: { path: "/healthz", port: null },
    });
    expect(inputs).toEqual({
      ...tcp,
      name: "a",
      deregistrationDelay: 300,
      targetType: "instance",
      healthCheck: {
        path: "/healthz",
        enabled: true,
        healthyThreshold: 3,
        interval: 30,
        port: "traffic-port",
        protocol: "HTTP",
        unhealthyThreshold: 3,
        __defaults: ["enabled", "healthyThreshold", "interval", "port", "protocol", "unhealthyThreshold"],
      },
      __defaults: ["deregistrationDelay", "targetType"],
    });
  });

  test("leaves a block that is not known alone", () => {
    expect(checked(TARGET_GROUP, { ...tcp, healthCheck: unknown })["healthCheck"]).toBe(unknown);
  });

  test("takes region and default tags from the provider", () => {
    const config = {
      region: "eu-central-1",
      defaultTags: JSON.stringify({ tags: { team: "net", stage: "dev" } }),
    };
    expect(checked(TARGET_GROUP, { ...tcp, tags: { stage: "prod" } }, config)).toMatchObject({
      region: "eu-central-1",
      tags: { stage: "prod" },
      tagsAll: { team: "net", stage: "prod" },
    });
    expect(checked(TARGET_GROUP, { ...tcp, region: "us-east-1" }, config)).toMatchObject({
      region: "us-east-1",
    });
    expect(checked(TARGET_GROUP, { ...tcp, tags: { a: unknown } }, config)["tagsAll"]).toBe(unknown);
    expect(checked(TARGET_GROUP, tcp)).not.toHaveProperty("tagsAll");
  });

  const lb = "aws:lb/loadBalancer:LoadBalancer";
  test.each<[string, PropertyMap, readonly string[]]>([
    [TARGET_GROUP, tcp, []],
    [
      TARGET_GROUP,
      {},
      ["port", "protocol", "vpcId"].map((key) => `${key}: is required unless targetType is lambda`),
    ],
    [TARGET_GROUP, { targetType: "lambda" }, []],
    [TARGET_GROUP, { port: unknown, protocol: unknown, vpcId: unknown }, []],
    [TARGET_GROUP, { ...tcp, port: 0 }, ["port: 0 is out of range; wanted 1 to 65535"]],
    [
      TARGET_GROUP,
      { ...tcp, healthCheck: { interval: 4 } },
      ["healthCheck.interval: 4 is out of range; wanted 5 to 300"],
    ],
    [
      TARGET_GROUP,
      { ...tcp, healthCheck: { timeout: 121 } },
      ["healthCheck.timeout: 121 is out of range; wanted 2 to 120"],
    ],
    [
      TARGET_GROUP,
      { ...tcp, healthCheck: { protocol: "TCP", matcher: "200" } },
      ["healthCheck.matcher: cannot be set where healthCheck.protocol is TCP"],
    ],
    [
      TARGET_GROUP,
      { ...tcp, protocol: "HTTP", healthCheck: { protocol: "TCP" } },
      ["healthCheck.protocol: cannot be TCP in a target group that speaks HTTP"],
    ],
    [
      TARGET_GROUP,
      { ...tcp, name: "-a" },
      ['name: "-a" is no valid name; wanted at most 32 letters, digits and hyphens, none at the ends'],
    ],
    [lb, { subnets: ["s"] }, []],
    [lb, { subnetMappings: unknown }, []],
    [lb, {}, ["subnets: give either subnets or subnetMappings"]],
    [lb, { subnets: ["s"], subnetMappings: [] }, ["subnets: give either subnets or subnetMappings"]],
    [lb, { subnets: ["s"], name: "internal-a" }, ["name: cannot begin with internal-"]],
    ["aws:lb/listener:Listener", { port: 70000 }, ["port: 70000 is out of range; wanted 1 to 65535"]],
  ])("validates %s %j", (type, inputs, expected) => {
    expect(failures(type, inputs)).toEqual(expected);
  });

  test("says when a generated name is too long", () => {
    expect(failures(TARGET_GROUP, tcp, "a-rather-long-name-of-25-c")).toEqual([
      "name: the generated name 'a-rather-long-name-of-25-c-' plus 7 random digits is longer than 32; give a name",
    ]);
  });
});

describe("outputs", () => {
  test("are unknown where AWS will choose, in blocks too; what is given or a default is known", () => {
    const outputs = planned(TARGET_GROUP, { ...tcp, healthCheck: { protocol: "HTTP" } });
    expect(outputs).toMatchObject({
      ...tcp,
      proxyProtocolV2: false,
      targetType: "instance",
      arn: unknown,
      id: unknown,
    });
    expect(unknownPaths(outputs)).toEqual(
      expect.arrayContaining(["healthCheck.path", "healthCheck.timeout", "stickiness"]),
    );
    expect(unknownPaths(outputs)).not.toContain("healthCheck");
    expect(JSON.stringify(outputs)).not.toContain("__defaults");
  });

  test("of a listener keep the actions, with their defaults", () => {
    const targets: PropertyMap[] = [{ arn: unknown }, { arn: "b", weight: 3 }];
    const actions = [{ type: "forward", forward: { targetGroups: targets } }];
    expect(
      planned("aws:lb/listener:Listener", { loadBalancerArn: unknown, port: 443, defaultActions: actions }),
    ).toMatchObject({
      defaultActions: [
        {
          type: "forward",
          order: unknown,
          forward: {
            targetGroups: [
              { arn: unknown, weight: 1 },
              { arn: "b", weight: 3 },
            ],
          },
        },
      ],
    });
  });

  test("of any other resource are its inputs, id and ARN", () => {
    expect(planned("aws:s3/bucket:Bucket", { acl: "private" })).toEqual({
      acl: "private",
      id: unknown,
      arn: unknown,
    });
  });
});

/** The tables, held against the declarations of the installed package: what is always there is given, a default or computed. */
describe("tables", () => {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const cases: [string, Schema][] = [
    ["lb/targetGroup", elb.targetGroup],
    ["alb/targetGroup", elb.targetGroup],
    ["lb/loadBalancer", elb.loadBalancer],
    ["alb/loadBalancer", elb.loadBalancer],
    ["lb/listener", elb.listener],
    ["alb/listener", elb.listener],
    ["lb/targetGroupAttachment", elb.targetGroupAttachment],
    ["autoscaling/attachment", elb.autoScalingAttachment],
    ["autoscaling/trafficSourceAttachment", elb.trafficSourceAttachment],
  ];

  function declared(file: string) {
    const text = readFileSync(join(root, `${file}.d.ts`), "utf8");
    const body = text.slice(text.indexOf("export declare class"), text.indexOf("\n}\n"));
    const outputs = [...body.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([\s\S]*?)>;$/gm)];
    const args = [...text.slice(text.lastIndexOf("Args {")).matchAll(/^ {4}(\w+)(\??): /gm)];
    return {
      outputs: outputs.map(([, name]) => name ?? ""),
      always: outputs
        .filter(([, , type]) => !/\| undefined$/.test((type ?? "").trim()))
        .map(([, name]) => name ?? ""),
      args: args.map(([, name]) => name ?? ""),
      required: args.filter(([, , optional]) => optional === "").map(([, name]) => name ?? ""),
    };
  }

  test.each(cases)("%s", (file, schema) => {
    const { outputs, always, args, required } = declared(file);
    expect(always.length).toBeGreaterThan(1);
    const computed = (schema.computed ?? []).filter((name) => name !== "id");
    expect(computed.filter((name) => !outputs.includes(name))).toEqual([]);
    expect(new Set(computed)).toEqual(new Set(always.filter((name) => !required.includes(name))));
    const defaults = [...Object.keys(schema.defaults ?? {}), ...Object.keys(schema.planned ?? {})];
    expect(defaults.filter((name) => !args.includes(name))).toEqual([]);
    expect(Object.keys(schema.blocks ?? {}).filter((name) => !args.includes(name))).toEqual([]);
  });
});
