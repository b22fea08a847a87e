import type { PolicyConfig, PolicySchema } from "./config";

/** What a policy's schema has against its configuration, a line each; empty if nothing. */
export async function configErrors(
  policies: readonly { readonly name: string; readonly schema?: PolicySchema }[],
  config: Readonly<Record<string, Required<PolicyConfig>>>,
): Promise<readonly string[]> {
  const demanding = policies.filter(
    ({ schema }) => schema && (Object.keys(schema.properties).length > 0 || schema.required.length > 0),
  );
  if (demanding.length === 0) return [];
  // Loaded only when there is something to validate: most packs have no settings.
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  return demanding.flatMap(({ name, schema }) => {
    const validate = ajv.compile({
      type: "object",
      properties: schema?.properties,
      required: schema?.required,
    });
    if (validate(config[name]?.properties ?? {})) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const path = instancePath.replaceAll("/", ".").slice(1);
      const allowed = Array.isArray(params["allowedValues"])
        ? ` (${params["allowedValues"].join(", ")})`
        : "";
      return `${name}: ${path === "" ? "" : `${path} `}${message ?? "is not valid"}${allowed}`;
    });
  });
}
