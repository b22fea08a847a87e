import type { ObjectRef } from "@evenkeel/core/model";
import { SERVICE_TAG } from "../aws/target-group";
import { readAfter, type HaproxySource } from "../haproxy/config";
import { isHaproxyConfig } from "../haproxy/sections";
import { isConfigFile } from "./config-file";
import { dig, isMap, member } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";

/** What of a ConfigMap says something of traffic. */
export interface ReadConfigMap {
  readonly ref: ObjectRef;
  /** The configurations of HAProxy in it. */
  readonly haproxy: readonly HaproxySource[];
  /** Those of the settings below that it has, by key. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Settings by which ingress controllers read a PROXY header. */
export const PROXY_PROTOCOL_KEYS = ["use-proxy-protocol", "proxy-protocol"] as const;

export function readConfigMap(object: OpenObject): ReadConfigMap {
  const { value: data } = member(object.field, "data");
  return { ref: object.ref, haproxy: haproxyOf(object), settings: isMap(data) ? settingsOf(data) : {} };
}

function settingsOf(data: Readonly<Record<string, unknown>>): ReadConfigMap["settings"] {
  return Object.fromEntries(
    PROXY_PROTOCOL_KEYS.flatMap((key) => (Object.hasOwn(data, key) ? [[key, data[key]] as const] : [])),
  );
}

/**
 * A ConfigMap with nothing but what is read here. Clusters and charts have many, some of them large.
 */
export function leanConfigMap(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { apiVersion, kind, metadata, data } = object;
  if (!isMap(data)) return { apiVersion, kind, metadata };
  const files = Object.entries(data).filter(([key, value]) => isHaproxyFile(key, value) || isConfigFile(key));
  return { apiVersion, kind, metadata, data: { ...Object.fromEntries(files), ...settingsOf(data) } };
}

/** The configurations of HAProxy among the files of a ConfigMap: keys that end in `.cfg` and are meant for HAProxy. */
function haproxyOf({ ref, field, textStarts }: OpenObject): readonly HaproxySource[] {
  const data = member(field, "data").value;
  if (!isMap(data)) return [];
  const service = dig(field, "metadata", "annotations", SERVICE_TAG).value;
  const named = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return named.reduce<readonly HaproxySource[]>((earlier, [name, text]) => {
    if (!isHaproxyFile(name, text)) return earlier;
    const firstLine = textStarts?.[name];
    const home = present({ resource: ref, key: `data[${JSON.stringify(name)}]`, firstLine });
    const source = present({ home, text, service: typeof service === "string" ? service : undefined });
    return [...earlier, readAfter(source, earlier)];
  }, []);
}

/** Whether a key of a ConfigMap holds a configuration of HAProxy. */
export function isHaproxyFile(key: string, text: unknown): text is string {
  return key.endsWith(".cfg") && typeof text === "string" && isHaproxyConfig(text);
}
