/** Text as Go's standard library treats it, where that differs from JavaScript. */

/** Length in bytes of UTF-8, which is what Go's `len` of a string is. A lone surrogate has the three of U+FFFD. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Each half of a pair is a unit, and a pair has four bytes.
    bytes += unit < 0x800 || isPaired(text, i) ? 1 : 2;
  }
  return bytes;
}

function isPaired(text: string, i: number): boolean {
  const half = text.charCodeAt(i) & 0xfc00;
  return (
    (half === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) ||
    (half === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800)
  );
}

/** Whether texts together have more bytes than that. They are counted only where their lengths leave it open. */
export function exceeds(texts: readonly string[], bytes: number): boolean {
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  if (units > bytes || units * 3 <= bytes) return units > bytes;
  return texts.reduce((sum, text) => sum + byteLength(text), 0) > bytes;
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
  if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => Array.from(character.toLowerCase())[0]).join("");
}
