/**
 * One word of a line. What an environment variable puts into it cannot be seen; `VARIABLE` stands in its place, so that the rest of
 * the word can still be read: the port of `"${NODE}:30080"`.
 */
export interface Word {
  readonly text: string;
  /** Names of the variables in it, in order. */
  readonly variables: readonly string[];
}

/** Ends a line where it stands in a file, so no word has one of its own. */
export const VARIABLE = "\0";

export interface Line {
  readonly words: readonly Word[];
  /** After the `#`, without it. */
  readonly comment?: string;
}

/** Why a line cannot be cut into words: what was seen, and what is wanted. Never the text, which may be a password. */
export interface Unreadable {
  readonly seen: string;
  readonly wanted: string;
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", " ": " ", "\\": "\\" };

/**
 * Cuts one line as HAProxy does (`src/tools.c` parse_line; manual 2.2 and 2.3): words by blanks; `#` starts a comment; `"` protects
 * blanks, `#` and `'` and lets variables through; `'` protects everything; a backslash takes the meaning from a blank, a quote, `#`,
 * itself and, within double quotes, `$`, writes `\t \n \r \xNN`, and stands for itself before anything else, the end of the line too:
 * there are no continued lines.
 */
export function cutLine(line: string): Line | Unreadable {
  const words: Word[] = [];
  let text = "";
  let variables: string[] = [];
  let inWord = false;
  let quote: '"' | "'" | undefined;
  let at = 0;
  const finish = (): void => {
    if (inWord) words.push({ text, variables });
    text = "";
    variables = [];
    inWord = false;
  };
  const put = (part: string, length: number): void => {
    text += part;
    inWord = true;
    at += length;
  };
  while (at < line.length) {
    const char = line.charAt(at);
    if (char === "\0" || char === "\n" || char === "\r") break;
    if (char === quote || (quote === undefined && (char === '"' || char === "'"))) {
      quote = quote === undefined ? (char as '"' | "'") : undefined; // one of the two, by the condition
      // Even an empty pair of quotes is a word.
      put("", 1);
    } else if (quote === "'") put(char, 1);
    else if (char === "#" && quote === undefined) {
      finish();
      return { words, comment: line.slice(at + 1).replace(/[\r\n].*$/s, "") };
    } else if (char === "\\") {
      const escaped = escapeAt(line, at, quote === '"');
      if (escaped === undefined)
        return { seen: "a \\x without two hexadecimal digits", wanted: "\\xNN, or \\\\x" };
      put(escaped.text, escaped.length);
    } else if (char === "$" && quote === '"') {
      const variable = variableAt(line, at);
      if ("seen" in variable) return variable;
      variables.push(variable.name);
      put(VARIABLE, variable.length);
    } else if (isBlank(char) && quote === undefined) {
      finish();
      at += 1;
    } else put(char, 1);
  }
  if (quote !== undefined)
    return {
      seen: `a ${quote === '"' ? "double" : "single"} quote that is not closed`,
      wanted: "a second one",
    };
  finish();
  return { words };
}

/** As C's isspace; line feeds and returns have ended the line before. */
function isBlank(char: string): boolean {
  return char === " " || char === "\t" || char === "\v" || char === "\f";
}

function escapeAt(
  line: string,
  at: number,
  inDoubleQuotes: boolean,
): { readonly text: string; readonly length: number } | undefined {
  const next = line.charAt(at + 1);
  const written = ESCAPES[next];
  if (written !== undefined && Object.hasOwn(ESCAPES, next)) return { text: written, length: 2 };
  if (next === "#" || next === "'" || next === '"' || (next === "$" && inDoubleQuotes))
    return { text: next, length: 2 };
  if (next !== "x") return { text: "\\", length: 1 };
  const digits = /^[0-9a-f]{2}/i.exec(line.slice(at + 2, at + 4))?.[0];
  if (digits === undefined) return undefined;
  const code = Number.parseInt(digits, 16);
  return { text: code === 0 ? "" : String.fromCharCode(code), length: 4 };
}

/** `$NAME`, `${NAME}`, `${NAME-default}` or `${NAME[*]}` at a dollar sign. */
function variableAt(
  line: string,
  at: number,
): { readonly name: string; readonly length: number } | Unreadable {
  const rest = line.slice(at);
  const [whole, brace, name, tail] = /^\$(\{?)(\.?[A-Za-z_]\w*|\.)((?:\[\*\])?)/.exec(rest) ?? [];
  if (whole === undefined || name === undefined)
    return { seen: "a $ without the name of a variable", wanted: "a name, or \\$ for the sign itself" };
  if (brace === "" || brace === undefined) return { name, length: whole.length - (tail?.length ?? 0) };
  const end = /^(?:-[^}]*)?\}/.exec(rest.slice(whole.length))?.[0];
  if (end === undefined) return { seen: "a ${ that is not closed", wanted: "a }" };
  return { name, length: whole.length + end.length };
}
