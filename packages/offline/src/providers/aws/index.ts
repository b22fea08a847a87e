import {
  containsUnknowns,
  isMap,
  unknown,
  Unknown,
  type PropertyMap,
  type PropertyValue,
} from "../../values/property";
import { suffix } from "../autoname";
import type { CheckAnswer, CheckRequest, Provider } from "../provider";
import {
  autoScalingAttachment,
  listener,
  loadBalancer,
  targetGroup,
  targetGroupAttachment,
  trafficSourceAttachment,
} from "./elb";
import { withDefaults, withPlanned, type Schema } from "./schema";
import { validateListener, validateLoadBalancer, validateTargetGroup, type Validation } from "./validation";

interface Type extends Schema {
  /** Longest generated `name`; absent where none is generated. */
  readonly nameLength?: number;
  readonly validate?: Validation;
}

// Two token families stand for the same resources.
const elb = (type: string, record: Type): [string, Type][] =>
  ["lb", "alb"].map((module) => [`aws:${module}/${type}`, record]);

const TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ...elb("targetGroup:TargetGroup", { ...targetGroup, nameLength: 32, validate: validateTargetGroup }),
  ...elb("loadBalancer:LoadBalancer", { ...loadBalancer, nameLength: 32, validate: validateLoadBalancer }),
  ...elb("listener:Listener", { ...listener, validate: validateListener }),
  ...elb("targetGroupAttachment:TargetGroupAttachment", targetGroupAttachment),
  ["aws:autoscaling/attachment:Attachment", autoScalingAttachment],
  ["aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment", trafficSourceAttachment],
]);

// What can be said of any resource: most have an ARN and tags, and what is said to be unknown harms nobody.
const OTHER: Type = { computed: ["id", "arn"] };

// terraform bridge AutoName: the name of the resource, a hyphen and seven random digits.
const RANDOM_DIGITS = 7;

/**
 * `@pulumi/aws` at preview: generated names, Terraform defaults and tags in the inputs, `unknown` for what AWS will choose.
 * Load-balancer types in full (`elb.ts`); of others only what all have in common.
 */
export const aws: Provider = {
  acceptsSecrets: false,
  // The defaults of the provider itself, which explicit providers get from their SDK class.
  checkConfig: (config) => ({ skipCredentialsValidation: "false", skipRegionValidation: "true", ...config }),
  check,
  create: ({ type, inputs }) => withPlanned(inputs, typeOf(type)),
};

function check({ urn, type, name, inputs, config }: CheckRequest): CheckAnswer {
  const known = typeOf(type);
  const generated = generatedName(urn, name, inputs, known);
  if (typeof generated === "object") return { failures: [generated], inputs };
  const complete = withDefaults(
    { ...inputs, ...region(inputs, config), ...tagsAll(inputs, config, known) },
    known,
    generated === undefined ? {} : { name: generated },
  );
  const failures = known.validate?.(complete) ?? [];
  return failures.length > 0 ? { failures, inputs: complete } : { inputs: complete };
}

function typeOf(type: string): Type {
  return TYPES.get(type) ?? OTHER;
}

function generatedName(urn: string, name: string, inputs: PropertyMap, { nameLength }: Type) {
  if (nameLength === undefined || (inputs["name"] ?? inputs["namePrefix"] ?? null) !== null) return undefined;
  if (name.length + 1 + RANDOM_DIGITS > nameLength)
    return {
      property: "name",
      reason: `the generated name '${name}-' plus ${RANDOM_DIGITS} random digits is longer than ${nameLength}; give a name`,
    };
  return `${name}-${suffix(urn, RANDOM_DIGITS)}`;
}

// pulumi-aws provider/region.go.
function region(inputs: PropertyMap, config: PropertyMap): PropertyMap {
  const own = inputs["region"] ?? config["region"];
  return own === undefined || own === null || own === "" ? {} : { region: own };
}

// pulumi-aws provider/tags.go: `tagsAll` is the provider's default tags and the resource's own.
function tagsAll(inputs: PropertyMap, config: PropertyMap, type: Type): PropertyMap {
  const own = inputs["tags"] ?? null;
  if (!type.computed?.includes("tagsAll") && own === null) return {};
  const defaults = defaultTags(config);
  if (defaults instanceof Unknown || containsUnknowns(own)) return { tagsAll: unknown };
  const all = { ...defaults, ...(isMap(own) ? own : {}) };
  return Object.keys(all).length > 0 ? { tagsAll: all } : {};
}

// Settings of a provider travel as JSON text.
function defaultTags({ defaultTags: setting }: PropertyMap): PropertyMap | Unknown {
  if (setting instanceof Unknown) return unknown;
  const block = typeof setting === "string" ? parsed(setting) : setting;
  const tags = isMap(block) ? block["tags"] : undefined;
  return isMap(tags) ? tags : {};
}

function parsed(text: string): PropertyValue {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
