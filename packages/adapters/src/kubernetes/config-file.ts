import { CONTROLLERS, type ConfigFile } from "@evenkeel/core/balancers";
import { isMap, member } from "../reading/field";
import type { OpenObject } from "./object";

/** Keys under which controllers of load balancers keep their configuration. */
const READ: ReadonlySet<string> = new Set(CONTROLLERS.flatMap(({ configFiles = [] }) => configFiles));

export function isConfigFile(key: string): boolean {
  return READ.has(key);
}

/**
 * The Secret with nothing but the configuration of controllers in it; undefined where it has none, and says nothing of traffic.
 */
export function leanSecret(
  object: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { apiVersion, kind, metadata, data, stringData } = object;
  const [kept, keptText] = [configFiles(data), configFiles(stringData)];
  if (!kept && !keptText) return undefined;
  return {
    apiVersion,
    kind,
    metadata,
    ...(kept ? { data: kept } : {}),
    ...(keptText ? { stringData: keptText } : {}),
  };
}

/** The configuration files of controllers in a Secret or ConfigMap; as with the API server, `stringData` wins over `data`. */
export function readConfigFiles({ ref, field }: OpenObject): readonly ConfigFile[] {
  const texts = new Map<string, string>();
  const isSecret = ref.kind === "Secret";
  for (const [name, value] of entries(member(field, "data").value))
    texts.set(name, isSecret ? Buffer.from(value, "base64").toString("utf8") : value);
  for (const [name, value] of entries(member(field, "stringData").value)) texts.set(name, value);
  return [...texts].map(([name, text]) => ({ ref, name, text }));
}

function configFiles(data: unknown): Readonly<Record<string, unknown>> | undefined {
  const found = entries(data);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function entries(data: unknown): readonly (readonly [string, string])[] {
  if (!isMap(data)) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    READ.has(name) && typeof value === "string" ? [[name, value] as const] : [],
  );
}
