import { SERVICE_TAG } from "../aws/target-group";
import type { HaproxySource } from "../haproxy/config";
import { isHaproxyConfig } from "../haproxy/sections";
import { dig, isMap, member } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";

/** The configurations of HAProxy among the files of a ConfigMap: keys that end in `.cfg` and are meant for HAProxy. */
export function readConfigMap({ ref, field, textStarts }: OpenObject): readonly HaproxySource[] {
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
