/** Replaces the values of secrets in texts that people will read, as the engine does with its own messages. */
export type Redact = (text: string) => string;

// Shorter values would blank out ordinary words.
const SHORTEST = 3;

export function redactor(secrets: readonly string[]): Redact {
  const values = secrets.filter((value) => value.length >= SHORTEST).sort((a, b) => b.length - a.length);
  return (text) => values.reduce((result, value) => result.replaceAll(value, "[secret]"), text);
}
