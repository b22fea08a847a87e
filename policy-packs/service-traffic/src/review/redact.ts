const REDACTED = "[secret]";

/** Below this length a secret may be part of an ordinary word, and is taken out only where it stands by itself. */
const TELLING_LENGTH = 6;

/** Takes values that must not be shown out of a text, whatever their case. */
export function redact(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return text;
  const patterns = [...new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))]
    .filter((secret) => secret !== "")
    .sort((a, b) => b.length - a.length)
    .map(patternOf);
  return text.replace(new RegExp(patterns.join("|"), "giu"), REDACTED);
}

function patternOf(secret: string): string {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return secret.length < TELLING_LENGTH ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal;
}
