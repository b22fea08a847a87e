import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ProjectError } from "../errors";
import { asMap, readYamlMap, type Project } from "./project";

/** Configuration of a stack, by full key (`project:key`), as the SDK reads it: text, JSON where the value is no text. */
export interface StackConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** What of the stack's file is not read, or that there is none, a line each. */
  readonly remarks: readonly string[];
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
  const settings = file === undefined ? {} : readYamlMap(file);
  for (const [key, value] of Object.entries(asMap(settings.config))) {
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
      undefined,
      [...encrypted],
    );
  return {
    values: Object.fromEntries(values),
    secretKeys: [...secretKeys],
    remarks: [...withoutFile(project, stack, file), ...withEnvironment(settings, file)],
  };
}

/** Only where the project has files of other stacks: without any, there is nothing to miss. */
function withoutFile(
  { configDirectory }: Project,
  stack: string,
  file: string | undefined,
): readonly string[] {
  if (file !== undefined || !existsSync(configDirectory)) return [];
  const others = readdirSync(configDirectory).flatMap(
    (name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? [],
  );
  return others.length === 0
    ? []
    : [
        `there is no Pulumi.${stack}.yaml; the stack ${stack} has no configuration of its own (others: ${others.join(", ")})`,
      ];
}

function withEnvironment(
  { environment }: Readonly<Record<string, unknown>>,
  file: string | undefined,
): readonly string[] {
  return environment === undefined
    ? []
    : [
        `${String(file)}: environment is not read; give the values of the ESC environment in config or secrets`,
      ];
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
