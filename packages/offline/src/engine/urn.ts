/** Uniform resource names: `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`. */

export const STACK_TYPE = "pulumi:pulumi:Stack";
const PREFIX = "urn:pulumi:";
const PROVIDER_PREFIX = "pulumi:providers:";

export interface Place {
  readonly stack: string;
  readonly project: string;
}

/** The URN of a resource: its type carries the types of all its parents but the stack. */
export function urnOf(place: Place, parent: string | undefined, type: string, name: string): string {
  const parentType = parent === undefined ? "" : qualifiedTypeOf(parent);
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `${PREFIX}${place.stack}::${place.project}::${qualified}::${name}`;
}

/** The type with those of its parents. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The resource's own type. */
export function typeOf(urn: string): string {
  const qualified = qualifiedTypeOf(urn);
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}

/** The name, which may itself hold `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

export function providerType(packageName: string): string {
  return PROVIDER_PREFIX + packageName;
}

/** `kubernetes` of `kubernetes:core/v1:Service`; for a provider the package that it provides. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : (type.split(":", 1)[0] ?? "");
}
