/** Text as Go's standard library treats it, where that differs from JavaScript. */

/** Length in bytes of UTF-8, which is what Go's `len` of a string is. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};

/** `strconv.Quote`, which is `%q`. */
export function quote(text: string): string {
  return `"${Array.from(text, (character) => ESCAPES[character] ?? printable(character)).join("")}"`;
}

function printable(character: string): string {
  if (character === " " || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = (digits: number) => code.toString(16).padStart(digits, "0");
  if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`;
  return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

/** `encoding/json` with its HTML escaping. */
export function marshal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const SPACE = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const OUTER_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");

/** `strings.TrimSpace`: a byte order mark is no space, a next-line character is one. */
export function trimSpace(text: string): string {
  return text.replace(OUTER_SPACE, "");
}

/** `strings.ToLower`: each code point by itself and into one. */
export function toLower(text: string): string {
  return Array.from(text, (character) => Array.from(character.toLowerCase())[0]).join("");
}
