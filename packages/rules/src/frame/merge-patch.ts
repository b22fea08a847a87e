import type { ObjectRef } from "@evenkeel/core/model";

type PatchValue = string | number | boolean | null;

/** What a patch changes of an object; `null` removes a field, `undefined` leaves it alone. */
export interface PatchFields {
  readonly annotations?: Fields<string | null>;
  readonly spec?: Fields<PatchValue>;
}

type Fields<T> = Readonly<Record<string, T | undefined>>;

/** A strategic-merge patch as YAML text: the head that names the object, then the fields. */
export function mergePatch(
  { kind, namespace, name }: Pick<ObjectRef, "kind" | "name"> & { readonly namespace?: string | null },
  { annotations, spec }: PatchFields,
): string {
  return [
    `apiVersion: ${kind === "Service" ? "v1" : "apps/v1"}`,
    `kind: ${kind}`,
    "metadata:",
    `  name: ${name}`,
    ...(namespace ? [`  namespace: ${namespace}`] : []),
    ...(annotations ? ["  annotations:", ...linesOf(annotations, "    ")] : []),
    ...(spec ? ["spec:", ...linesOf(spec, "  ")] : []),
    "",
  ].join("\n");
}

function linesOf(fields: Fields<PatchValue>, indent: string): readonly string[] {
  return Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${indent}${key}: ${plain(value)}`],
  );
}

/** Texts that YAML would read as something else are quoted, and so is every text that is not a plain word. */
function plain(value: PatchValue): string {
  if (typeof value !== "string") return String(value);
  const isWord = /^[A-Za-z][A-Za-z0-9_-]*$/.test(value);
  return isWord && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value) ? value : JSON.stringify(value);
}
