import {
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A resource as the engine shows it to a policy pack. */
export interface WireResource {
  readonly type: string;
  readonly name: string;
  /** URN of the parent; the stack if not given. */
  readonly parent?: string;
  /** As the provider's check left them. */
  readonly inputs: object;
  /** As the provider answered; the inputs if not given. */
  readonly outputs?: object;
  /** URNs by input. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** What stands on the wire for a value that is not known; the Node SDK sends this one for all types. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function secret(value: unknown): object {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

const STACK_TYPE = "pulumi:pulumi:Stack";
export const STACK: WireResource = { type: STACK_TYPE, name: "shop-dev", inputs: {} };

export function urnOf({ type, name }: Pick<WireResource, "type" | "name">): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

function parentOf({ type, parent }: WireResource): string {
  return type === STACK_TYPE ? "" : (parent ?? urnOf(STACK));
}

function optionsOf(resource: WireResource): AnalyzerResourceOptions {
  return new AnalyzerResourceOptions()
    .setCustomtimeouts(new AnalyzerResourceOptions.CustomTimeouts())
    .setParent(parentOf(resource));
}

function structOf(properties: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
}

export function analyzeRequest(resource: WireResource): AnalyzeRequest {
  return new AnalyzeRequest()
    .setType(resource.type)
    .setUrn(urnOf(resource))
    .setName(resource.name)
    .setProperties(structOf(resource.inputs))
    .setOptions(optionsOf(resource));
}

export function analyzerResource(resource: WireResource): AnalyzerResource {
  const message = new AnalyzerResource()
    .setType(resource.type)
    .setUrn(urnOf(resource))
    .setName(resource.name)
    .setProperties(structOf(resource.outputs ?? resource.inputs))
    .setOptions(optionsOf(resource))
    .setParent(parentOf(resource));
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {}))
    message
      .getPropertydependenciesMap()
      .set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
  return message;
}
