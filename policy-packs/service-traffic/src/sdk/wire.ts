import { UNKNOWN_SENTINELS } from "@evenkeel/adapters";
import { unknownAt } from "@evenkeel/core/model";
import { keyed, type OriginOf, type PlainMap } from "./plain";
import { SECRET_SIGNATURE, SIGNATURE_KEY } from "./secret-texts";

/** `google.protobuf.Struct`, as far as it is read. */
export interface WireStruct {
  getFieldsMap(): { forEach(each: (value: WireValue, key: string) => void): void };
}

interface WireValue {
  /** The number of the field that is set. */
  getKindCase(): number;
  getNumberValue(): number;
  getStringValue(): string;
  getBoolValue(): boolean;
  getStructValue(): WireStruct | undefined;
  getListValue(): { getValuesList(): readonly WireValue[] } | undefined;
}

/** Numbers of the fields of `google.protobuf.Value` (google/protobuf/struct.proto). */
const [NUMBER, STRING, BOOL, STRUCT, LIST] = [2, 3, 4, 5, 6];

/**
 * Properties as they stand in a request, as plain JSON with `Unknown` in place of what is not known: what `plainProperties` makes of
 * what the SDK makes of them, in one walk. Secrets come out of their wrapping; assets, which nothing reads, are left out.
 */
export function plainStruct(struct: WireStruct | undefined, originOf: OriginOf = () => undefined): PlainMap {
  return struct ? plainMap(struct, undefined, originOf) : {};
}

/** Where a value stands; its path is put together only where something is not known. */
interface Step {
  readonly of: Step | undefined;
  readonly key: string | number;
}

function plainMap(struct: WireStruct, at: Step | undefined, originOf: OriginOf): PlainMap {
  const map: Record<string, unknown> = {};
  struct.getFieldsMap().forEach((value, key) => {
    const plain = plainValue(value, { of: at, key }, originOf);
    if (plain !== undefined) map[key] = plain;
  });
  return map;
}

function plainValue(value: WireValue, at: Step, originOf: OriginOf): unknown {
  switch (value.getKindCase()) {
    case STRING: {
      const text = value.getStringValue();
      return UNKNOWN_SENTINELS.has(text) ? unknownAt(pathOf(at), originOf(propertyOf(at))) : text;
    }
    case NUMBER:
      return value.getNumberValue();
    case BOOL:
      return value.getBoolValue();
    case STRUCT: {
      const map = plainMap(value.getStructValue() ?? NO_FIELDS, at, originOf);
      return Object.hasOwn(map, SIGNATURE_KEY) ? unwrapped(value, at, originOf) : map;
    }
    case LIST:
      return (value.getListValue()?.getValuesList() ?? []).map((item, key) =>
        plainValue(item, { of: at, key }, originOf),
      );
    default:
      return null;
  }
}

const NO_FIELDS: WireStruct = { getFieldsMap: () => ({ forEach: () => undefined }) };

/** The value of a secret, at the place of the secret; of anything else that is marked, nothing. */
function unwrapped(marked: WireValue, at: Step, originOf: OriginOf): unknown {
  let isSecret = false;
  let inner: WireValue | undefined;
  marked
    .getStructValue()
    ?.getFieldsMap()
    .forEach((value, key) => {
      if (key === SIGNATURE_KEY) isSecret = value.getStringValue() === SECRET_SIGNATURE;
      if (key === "value") inner = value;
    });
  return isSecret && inner ? plainValue(inner, at, originOf) : undefined;
}

function pathOf({ of, key }: Step): string {
  const path = of ? pathOf(of) : "";
  return typeof key === "number" ? `${path}[${key}]` : keyed(path, key);
}

function propertyOf({ of, key }: Step): string {
  return of ? propertyOf(of) : String(key);
}
