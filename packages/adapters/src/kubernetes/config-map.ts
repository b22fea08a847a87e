import type { ObjectRef } from "@evenkeel/core/model";
import { SERVICE_TAG } from "../aws/target-group";
import type { HaproxySource } from "../haproxy/config";
import { isHaproxyConfig } from "../haproxy/sections";
import { dig, isMap, member } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";

/** What of a ConfigMap says something of traffic. */
export interface ReadConfigMap {
  readonly ref: ObjectRef;
  /** The configurations of HAProxy in it. */
  readonly haproxy: readonly HaproxySource[];
  /** `use-proxy-protocol`, as ingress-nginx reads it; absent where it is not set. */
  readonly useProxyProtocol?: unknown;
}

const USE_PROXY_PROTOCOL = "use-proxy-protocol";

/** Where that setting is, or would be. */
export const USE_PROXY_PROTOCOL_PATH = `data["${USE_PROXY_PROTOCOL}"]`;

export function readConfigMap(object: OpenObject): ReadConfigMap {
  const useProxyProtocol = dig(object.field, "data", USE_PROXY_PROTOCOL).value;
  return present({ ref: object.ref, haproxy: haproxyOf(object), useProxyProtocol });
}

/**
 * A ConfigMap with nothing but what is read here. Clusters and charts have many, some of them large.
 */
export function leanConfigMap(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { apiVersion, kind, metadata, data } = object;
  if (!isMap(data)) return { apiVersion, kind, metadata };
  const telling = Object.entries(data).filter(
    ([key, value]) => key === USE_PROXY_PROTOCOL || isHaproxyFile(key, value),
  );
  return { apiVersion, kind, metadata, data: Object.fromEntries(telling) };
}

/** The configurations of HAProxy among the files of a ConfigMap: keys that end in `.cfg` and are meant for HAProxy. */
function haproxyOf({ ref, field, textStarts }: OpenObject): readonly HaproxySource[] {
  const data = member(field, "data").value;
  if (!isMap(data)) return [];
  const service = dig(field, "metadata", "annotations", SERVICE_TAG).value;
  return Object.entries(data).flatMap(([name, text]): readonly HaproxySource[] => {
    if (!isHaproxyFile(name, text)) return [];
    const firstLine = textStarts?.[name];
    const home = present({ resource: ref, key: `data[${JSON.stringify(name)}]`, firstLine });
    return [present({ home, text, service: typeof service === "string" ? service : undefined })];
  });
}

/** Whether a key of a ConfigMap holds a configuration of HAProxy. */
export function isHaproxyFile(key: string, text: unknown): text is string {
  return key.endsWith(".cfg") && typeof text === "string" && isHaproxyConfig(text);
}
