import { isMap, type PropertyMap, type PropertyValue } from "../../values/property";
import type { CheckFailure } from "../provider";

/** Finds what the provider refuses; values that are not known pass. */
export type Validation = (inputs: PropertyMap) => readonly CheckFailure[];

// terraform-provider-aws internal/service/elbv2/target_group.go: value ranges, and the checks of its plan.
export const validateTargetGroup: Validation = (inputs) => {
  const healthCheck = isMap(inputs["healthCheck"]) ? inputs["healthCheck"] : {};
  const { protocol } = healthCheck;
  const isLambda = inputs["targetType"] === "lambda";
  return [
    ...(isLambda ? [] : required(inputs, ["port", "protocol", "vpcId"])),
    ...within(inputs["port"], "port", 1, 65535),
    ...within(healthCheck["interval"], "healthCheck.interval", 5, 300),
    ...within(healthCheck["timeout"], "healthCheck.timeout", 2, 120),
    ...within(healthCheck["healthyThreshold"], "healthCheck.healthyThreshold", 2, 10),
    ...within(healthCheck["unhealthyThreshold"], "healthCheck.unhealthyThreshold", 2, 10),
    ...(protocol === "TCP" ? absent(healthCheck, ["path", "matcher"]) : []),
    ...(protocol === "TCP" && (inputs["protocol"] === "HTTP" || inputs["protocol"] === "HTTPS")
      ? [
          {
            property: "healthCheck.protocol",
            reason: `cannot be TCP in a target group that speaks ${inputs["protocol"]}`,
          },
        ]
      : []),
    ...validName(inputs["name"]),
  ];
};

export const validateLoadBalancer: Validation = (inputs) => {
  const given = ["subnets", "subnetMappings"].filter((key) => inputs[key] !== undefined);
  return [
    ...(given.length === 1 ? [] : [{ property: "subnets", reason: "give either subnets or subnetMappings" }]),
    ...validName(inputs["name"]),
    ...(typeof inputs["name"] === "string" && inputs["name"].startsWith("internal-")
      ? [{ property: "name", reason: "cannot begin with internal-" }]
      : []),
  ];
};

export const validateListener: Validation = (inputs) => within(inputs["port"], "port", 1, 65535);

function required(inputs: PropertyMap, names: readonly string[]): readonly CheckFailure[] {
  return names
    .filter((name) => inputs[name] === undefined)
    .map((property) => ({ property, reason: "is required unless targetType is lambda" }));
}

function absent(healthCheck: PropertyMap, names: readonly string[]): readonly CheckFailure[] {
  return names
    .filter((name) => healthCheck[name] !== undefined)
    .map((name) => ({
      property: `healthCheck.${name}`,
      reason: "cannot be set where healthCheck.protocol is TCP",
    }));
}

function within(
  value: PropertyValue | undefined,
  property: string,
  least: number,
  most: number,
): readonly CheckFailure[] {
  if (typeof value !== "number" || (value >= least && value <= most)) return [];
  return [{ property, reason: `${value} is out of range; wanted ${least} to ${most}` }];
}

function validName(name: PropertyValue | undefined): readonly CheckFailure[] {
  if (typeof name !== "string") return [];
  if (/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name)) return [];
  return [
    {
      property: "name",
      reason: `${JSON.stringify(name)} is no valid name; wanted at most 32 letters, digits and hyphens, none at the ends`,
    },
  ];
}
