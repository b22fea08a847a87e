import { unknownAt } from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { isSecretUnknown, readableOfSecret, secretAt } from "./secret";

/** Texts that stand for values which are not known yet, one for each type of value (pulumi sdk/go/common/resource/plugin/rpc.go). */
export const UNKNOWN_SENTINELS: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/**
 * Values as state files and previews hold them, as plain JSON with `Unknown` in place of what is not known: sentinels, and secrets,
 * of which only what may stand in a message is read (`readableOfSecret`). References become URNs.
 */
export function fromWire(value: unknown, path = ""): unknown {
  if (typeof value === "string") return ofText(value, path);
  if (Array.isArray(value)) return value.map((item: unknown, index) => fromWire(item, `${path}[${index}]`));
  if (!isMap(value)) return value;
  if (Object.hasOwn(value, SIGNATURE)) return special(value, path);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fromWire(item, keyed(path, key))]),
  );
}

/** What `pulumi preview --json` writes in place of a secret (pulumi pkg/display massageSecrets). */
const BLANKED = "[secret]";

function ofText(value: string, path: string): unknown {
  if (value === BLANKED) return secretAt(path);
  return UNKNOWN_SENTINELS.has(value) ? unknownAt(path) : value;
}

function special(value: Readonly<Record<string, unknown>>, path: string): unknown {
  switch (value[SIGNATURE]) {
    case SECRET:
      return ofSecret(value, path);
    case OUTPUT_VALUE:
      return Object.hasOwn(value, "value") ? fromWire(value.value, path) : unknownAt(path);
    case RESOURCE_REFERENCE:
      return value.id === undefined || value.id === "" ? value.urn : value.id;
    default:
      // Assets and archives, which nothing here reads.
      return undefined;
  }
}

/** A state has `plaintext` or `ciphertext`, what goes over the wire `value`. */
function ofSecret(secret: Readonly<Record<string, unknown>>, path: string): unknown {
  if (typeof secret.plaintext === "string")
    return readableOfSecret(fromWire(parsed(secret.plaintext), path), path);
  return Object.hasOwn(secret, "value")
    ? readableOfSecret(fromWire(secret.value, path), path)
    : secretAt(path);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keyed(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/**
 * What a provider answered, with the input in place of what it has not computed yet; what nobody wrote and is not computed is left
 * out, since it will be the provider's or the cloud's own default. An unknown input stays unknown, and a secret answer stays secret
 * though the input be plain (`additionalSecretOutputs`).
 */
export function settled(
  outputs: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const keys = new Set([...Object.keys(inputs), ...Object.keys(outputs)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const value = settledValue(ownOf(outputs, key), ownOf(inputs, key));
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function settledValue(output: unknown, input: unknown): unknown {
  if (output === undefined) return input;
  if (isSecretUnknown(output)) return output;
  if (isUnknownLike(output)) return input;
  if (isUnknownLike(input)) return output;
  return isMap(output) && isMap(input) ? settled(output, input) : output;
}

function ownOf(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function isUnknownLike(value: unknown): boolean {
  return isMap(value) && value.unknown === true;
}
