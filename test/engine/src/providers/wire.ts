import { Secret, secret, unknown, Unknown, type PropertyMap, type PropertyValue } from "@evenkeel/offline";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isList, isMap } from "./inputs";

// Signatures and sentinels: pulumi/pulumi sdk/go/common/resource/plugin/rpc.go. Providers that do not accept resource
// references or output values are sent neither.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Json = null | boolean | number | string | Json[] | JsonMap;
interface JsonMap {
  [key: string]: Json;
}

export function fromStruct(struct: Struct | undefined): PropertyMap {
  // A Struct holds JSON and nothing else; its own declaration says `{}`.
  return decodeMap((struct?.toJavaScript() ?? {}) as JsonMap);
}

export function toStruct(map: PropertyMap): Struct {
  return Struct.fromJavaScript(encodeMap(map));
}

function decodeMap(map: JsonMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, decode(value)]));
}

function decode(value: Json): PropertyValue {
  if (value === UNKNOWN) return unknown;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  return value[SIGNATURE] === SECRET ? secret(decode(value["value"] ?? null)) : decodeMap(value);
}

function encodeMap(map: PropertyMap): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, encode(value)]));
}

function encode(value: PropertyValue): Json {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(encode);
  if (isMap(value)) return encodeMap(value);
  if (value instanceof Unknown) return UNKNOWN;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encode(value.value) };
  throw new Error(`a stand-in provider cannot send a ${value.kind}`);
}
