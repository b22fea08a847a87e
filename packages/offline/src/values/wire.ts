import { createHash } from "node:crypto";
import {
  Asset,
  isList,
  isMap,
  OutputValue,
  ResourceReference,
  secret,
  Secret,
  unknown,
  Unknown,
  type PropertyMap,
  type PropertyValue,
} from "./property";

/** JSON as it travels in a protobuf Struct. */
export type WireValue = null | boolean | number | string | readonly WireValue[] | WireMap;
export interface WireMap {
  readonly [key: string]: WireValue;
}

// Signatures and sentinels: pulumi/pulumi sdk/go/common/resource/sig and plugin/rpc.go.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS: ReadonlySet<string> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // bool
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** Reads a map of properties from the wire; `unknown`, secrets, outputs and references become their classes. */
export function decodeMap(wire: WireMap): PropertyMap {
  return Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, decode(value)]));
}

export function decode(wire: WireValue): PropertyValue {
  if (typeof wire === "string") return UNKNOWNS.has(wire) ? unknown : wire;
  if (wire === null || typeof wire !== "object") return wire;
  if (isWireList(wire)) return wire.map(decode);
  return wire[SIGNATURE] === undefined ? decodeMap(wire) : decodeSigned(wire);
}

function decodeSigned(wire: WireMap): PropertyValue {
  const map = decodeMap(wire);
  const text = (key: string): string | undefined => {
    const value = map[key];
    return typeof value === "string" ? value : undefined;
  };
  switch (wire[SIGNATURE]) {
    case SECRET:
      return secret(map.value ?? null);
    case RESOURCE: {
      const id = map.id;
      const known = typeof id === "string" && id !== "";
      return new ResourceReference(
        text("urn") ?? "",
        id === undefined || id === null ? undefined : known ? id : unknown,
        text("packageVersion"),
      );
    }
    case OUTPUT:
      return new OutputValue(
        map.value,
        map.secret === true,
        isList(map.dependencies) ? map.dependencies.filter((urn) => typeof urn === "string") : [],
      );
    case ASSET:
      return new Asset("asset", withHash(withoutSignature(map)));
    case ARCHIVE:
      return new Asset("archive", withoutSignature(map));
    default:
      throw new Error(
        `a property carries the signature ${String(wire[SIGNATURE])}, which this version does not know`,
      );
  }
}

function withoutSignature(map: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== SIGNATURE));
}

// The engine adds the hash of what an asset holds before anybody sees it (asset.EnsureHash); that of text needs no file.
function withHash(fields: PropertyMap): PropertyMap {
  if (typeof fields.text !== "string" || fields.hash) return fields;
  return { ...fields, hash: createHash("sha256").update(fields.text).digest("hex") };
}

export interface EncodeOptions {
  /** Keep the dependencies of output values; otherwise they become plain, unknown or secret. */
  readonly outputs?: boolean;
  /** Keep references to resources; otherwise they become the id, or the URN where there is no id. */
  readonly references?: boolean;
}

/** Writes a map of properties as the engine does; secrets and unknowns are always kept. */
export function encodeMap(map: PropertyMap, options: EncodeOptions = {}): WireMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, encode(value, options)]));
}

export function encode(value: PropertyValue, options: EncodeOptions = {}): WireValue {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map((item) => encode(item, options));
  if (isMap(value)) return encodeMap(value, options);
  if (value instanceof Unknown) return UNKNOWN_STRING;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encode(value.value, options) };
  if (value instanceof OutputValue) return encodeOutput(value, options);
  if (value instanceof ResourceReference) return encodeReference(value, options);
  return { [SIGNATURE]: value.kind === "asset" ? ASSET : ARCHIVE, ...encodeMap(value.fields, options) };
}

function encodeOutput(output: OutputValue, options: EncodeOptions): WireValue {
  if (!options.outputs) return encode(withoutDependencies(output), options);
  return {
    [SIGNATURE]: OUTPUT,
    ...(output.value === undefined ? {} : { value: encode(output.value, options) }),
    ...(output.isSecret ? { secret: true } : {}),
    ...(output.dependencies.length > 0 ? { dependencies: [...output.dependencies] } : {}),
  };
}

/** What an output value is to those who do not follow dependencies. */
export function withoutDependencies(output: OutputValue): PropertyValue {
  const value = output.value === undefined ? unknown : output.value;
  return output.isSecret ? secret(value) : value;
}

function encodeReference(reference: ResourceReference, options: EncodeOptions): WireValue {
  if (!options.references) return encode(referenceAsValue(reference), options);
  return {
    [SIGNATURE]: RESOURCE,
    urn: reference.urn,
    ...(reference.id === undefined
      ? {}
      : { id: typeof reference.id === "string" ? reference.id : UNKNOWN_STRING }),
    ...(reference.packageVersion ? { packageVersion: reference.packageVersion } : {}),
  };
}

/** What a reference is to those who do not follow references: its id, or its URN where it has none. */
export function referenceAsValue(reference: ResourceReference): string | Unknown {
  return reference.id ?? reference.urn;
}

function isWireList(wire: readonly WireValue[] | WireMap): wire is readonly WireValue[] {
  return Array.isArray(wire);
}
