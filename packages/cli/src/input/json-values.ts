/** One JSON value of a text and where it starts. */
export interface JsonValue {
  readonly start: number;
  readonly value: unknown;
}

/** The JSON values of a text, one after the other as `jq` prints them; undefined where the text is anything else. */
export function jsonValues(text: string): readonly JsonValue[] | undefined {
  const first = text.search(/\S/);
  if (text[first] !== "{" && text[first] !== "[") return undefined;
  const whole = jsonParsed(text);
  if (whole) return [{ start: first, value: whole.value }];
  const values: JsonValue[] = [];
  let start = first;
  while (start < text.length) {
    const end = endOfValue(text, start);
    const one = end === undefined ? undefined : jsonParsed(text.slice(start, end));
    if (!one || end === undefined) return undefined;
    values.push({ start, value: one.value });
    const gap = text.slice(end).search(/\S/);
    if (gap < 0) break;
    start = end + gap;
  }
  return values;
}

/** The same text as YAML: each JSON value a document of its own, on the line where it was. */
export function asYaml(text: string): string {
  const [first, ...others] = jsonValues(text) ?? [];
  if (!first || others.length === 0) return text;
  const starts = [...others.map(({ start }) => start), text.length];
  return starts.reduce(
    ({ joined, from }, to) => ({
      joined: joined + separated(text.slice(from, to), to < text.length),
      from: to,
    }),
    { joined: "", from: 0 },
  ).joined;
}

function separated(value: string, more: boolean): string {
  if (!more) return value;
  // A separator stands at the start of a line; values that share a line get a line each.
  return /\n\s*$/.test(value) ? `${value.replace(/[^\S\n]+$/, "")}--- ` : `${value}\n--- `;
}

/** Index after the map or list that starts here; strings are skipped, the rest is left to the parser. */
function endOfValue(text: string, start: number): number | undefined {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/gs;
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (token[0] === "{" || token[0] === "[") depth += 1;
    else if (token[0] === "}" || token[0] === "]") depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return undefined;
}

/** The value of a text that is JSON, and only one. */
export function jsonParsed(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return undefined;
  }
}
