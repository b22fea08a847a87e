import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Sdk } from "../sdk";
import { decodeMap, encodeMap, type EncodeOptions, type WireMap } from "./wire";
import type { PropertyMap } from "./property";

/** Properties from a protobuf Struct; none from no Struct. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  // A Struct holds JSON and nothing else; its declaration says `{}` where a map or list may stand.
  return struct === undefined ? {} : decodeMap(struct.toJavaScript() as WireMap);
}

/** Properties as a protobuf Struct of the given SDK's copy of protobuf. */
export function toStruct(sdk: Sdk, map: PropertyMap, options: EncodeOptions = {}): Struct {
  return sdk.struct.Struct.fromJavaScript(encodeMap(map, options));
}
