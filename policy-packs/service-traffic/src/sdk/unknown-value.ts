/**
 * Whether an error says that a value is not known at preview. By its shape: 1.20 of the policy SDK does not export the class, and
 * `instanceof` knows only the classes of one copy of a package (pulumi-policy sdk/nodejs/policy/proxy.ts UnknownValueError).
 */
export function isUnknownValue(error: unknown): boolean {
  return error instanceof Error && "unknownTypeSentinel" in error && "props" in error;
}
