import { existsSync } from "node:fs";
import { join } from "node:path";
import { ProjectError } from "../errors";
import { asMap, readYamlMap, type Project } from "./project";

/** Configuration of a stack, by full key (`project:key`), as the SDK reads it: text, JSON where the value is no text. */
export interface StackConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

export interface GivenConfig {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}

/**
 * Configuration of a stack: what the caller gives wins over Pulumi.<stack>.yaml, which wins over the defaults in Pulumi.yaml.
 * Values that the file holds encrypted cannot be read; the caller has to give them.
 */
export function readConfig(project: Project, stack: string, given: GivenConfig): StackConfig {
  const values = new Map<string, string>();
  const secretKeys = new Set<string>();
  const full = (key: string): string => (key.includes(":") ? key : `${project.name}:${key}`);
  const put = (key: string, value: unknown, isSecret: boolean): void => {
    values.set(full(key), asText(value));
    if (isSecret) secretKeys.add(full(key));
    else secretKeys.delete(full(key));
  };

  for (const [key, declared] of Object.entries(project.config)) {
    const { value, isSecret } = declaredValue(declared);
    if (value !== undefined) put(key, value, isSecret);
  }
  const encrypted = new Set<string>();
  const file = stackFile(project, stack);
  for (const [key, value] of Object.entries(file === undefined ? {} : asMap(readYamlMap(file).config))) {
    if (holdsCiphertext(value)) encrypted.add(full(key));
    else put(key, value, false);
  }
  for (const [key, value] of Object.entries(given.config ?? {})) {
    put(key, value, false);
    encrypted.delete(full(key));
  }
  for (const [key, value] of Object.entries(given.secrets ?? {})) {
    put(key, value, true);
    encrypted.delete(full(key));
  }
  if (encrypted.size > 0)
    throw new ProjectError(
      `${String(file)}: ${[...encrypted].join(", ")} ${encrypted.size === 1 ? "is" : "are"} encrypted and cannot be read without the stack's key; give a value in secrets`,
    );
  return { values: Object.fromEntries(values), secretKeys: [...secretKeys] };
}

function stackFile(project: Project, stack: string): string | undefined {
  return ["yaml", "yml"]
    .map((suffix) => join(project.configDirectory, `Pulumi.${stack}.${suffix}`))
    .find(existsSync);
}

// `config: { region: us-west-2 }`, or `config: { region: { value | default: us-west-2, type: string, secret: true } }`.
function declaredValue(declared: unknown): { value: unknown; isSecret: boolean } {
  if (typeof declared !== "object" || declared === null || Array.isArray(declared))
    return { value: declared ?? undefined, isSecret: false };
  const { value, default: fallback, secret } = asMap(declared);
  return { value: value ?? fallback, isSecret: secret === true };
}

function holdsCiphertext(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsCiphertext);
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "secure" && typeof first[1] === "string") return true;
  return entries.some(([, item]) => holdsCiphertext(item));
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
