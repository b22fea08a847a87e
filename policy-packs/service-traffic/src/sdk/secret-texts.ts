/** Marks a secret on the wire (pulumi/pulumi sdk/go/common/resource/sig). */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** Texts and numbers below the secrets of a wire value, as text, each once. */
export function secretTexts(wire: unknown): readonly string[] {
  const found = new Set<string>();
  collect(wire, false, found);
  return [...found];
}

function collect(value: unknown, isSecret: boolean, found: Set<string>): void {
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value).trim();
    if (isSecret && text !== "") found.add(text);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, isSecret, found);
  } else if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    const marked = members.some(([key, sig]) => key === SIGNATURE_KEY && sig === SECRET_SIGNATURE);
    for (const [key, item] of members)
      if (!(marked && key === SIGNATURE_KEY)) collect(item, isSecret || marked, found);
  }
}
