import fc from "fast-check";
import { cutLine, VARIABLE } from "./words";

const texts = (line: string): readonly string[] => {
  const cut = cutLine(line);
  return "seen" in cut ? [`(${cut.seen})`] : cut.words.map(({ text }) => text);
};

// Manual 2.2: "those are all strictly equivalent".
test.each([
  String.raw`log-format %{+Q}o\ %t\ %s\ %{-Q}r`,
  String.raw`log-format "%{+Q}o %t %s %{-Q}r"`,
  String.raw`log-format '%{+Q}o %t %s %{-Q}r'`,
  String.raw`log-format "%{+Q}o %t"' %s %{-Q}r'`,
  String.raw`log-format "%{+Q}o %t"' %s'\ %{-Q}r`,
])("equivalent: %s", (line) => {
  expect(texts(line)).toEqual(["log-format", "%{+Q}o %t %s %{-Q}r"]);
});

describe("the matrix of manual 2.2", () => {
  test.each<[string, readonly string[], string]>([
    [
      "a tab (which a backslash before it does not keep together, whatever the matrix says)",
      ["\\x09", '"\t"', '"\\x09"', "'\t'", "\\t"],
      "\t",
    ],
    ["a line feed", ["\\n", "\\x0a", '"\\n"', '"\\x0a"'], "\n"],
    ["a return", ["\\r", "\\x0d", '"\\r"', '"\\x0d"'], "\r"],
    ["a space", ["\\ ", "\\x20", '" "', '"\\ "', '"\\x20"', "' '"], " "],
    ["a double quote", ['\\"', "\\x22", '"\\""', '"\\x22"', "'\"'"], '"'],
    ["a hash", ["\\#", "\\x23", '"#"', '"\\#"', '"\\x23"', "'#'"], "#"],
    ["a dollar", ["$", "\\x24", '"\\$"', '"\\x24"', "'$'"], "$"],
    ["a single quote", ["\\'", "\\x27", '"\'"', '"\\\'"', '"\\x27"'], "'"],
    ["a backslash", ["\\\\", "\\x5c", '"\\\\"', '"\\x5c"', "'\\'"], "\\"],
  ])("%s", (_, ways, wanted) => {
    for (const way of ways) expect([way, ...texts(way)]).toEqual([way, wanted]);
  });
});

test.each<[string, string, readonly string[]]>([
  ["words are parted by blanks of any number and kind", " a  b\tc ", ["a", "b", "c"]],
  ["a comment starts without a blank before it", "global#this", ["global"]],
  ["quotes within a word are no parting", "a'b c'd", ["ab cd"]],
  ["an empty pair of quotes is a word", "a '' \"\" b", ["a", "", "", "b"]],
  ["a backslash before anything else stands for itself", "\\1 \\.", ["\\1", "\\."]],
  ["a backslash at the end continues nothing", "server \\", ["server", "\\"]],
  ["a return ends the line", "a b\r", ["a", "b"]],
  ["a variable outside of quotes is none", "$HOME '$HOME'", ["$HOME", "$HOME"]],
  ["hexadecimal digits that are none", "\\xg0", ["(a \\x without two hexadecimal digits)"]],
  ["a quote that is not closed", "user a password 'hunter2", ["(a single quote that is not closed)"]],
  ["a variable that is not closed", '"${HOME"', ["(a ${ that is not closed)"]],
  ["a variable without a name", '"$1"', ["(a $ without the name of a variable)"]],
])("%s", (_, line, wanted) => {
  expect(texts(line)).toEqual(wanted);
});

test.each<[string, string, readonly string[]]>([
  ['"$NODE:30080"', `${VARIABLE}:30080`, ["NODE"]],
  ['"${NODE}30080"', `${VARIABLE}30080`, ["NODE"]],
  ['"${NODE-192.0.2.1}:"${PORT}', `${VARIABLE}:\${PORT}`, ["NODE"]],
  ['"${NODES[*]}"', VARIABLE, ["NODES"]],
  ['"$A$B[*]"', `${VARIABLE}${VARIABLE}[*]`, ["A", "B"]],
  ['"${.LINE}"', VARIABLE, [".LINE"]],
])("variables leave a mark where they stand: %s", (line, text, variables) => {
  expect(cutLine(line)).toEqual({ words: [{ text, variables }] });
});

test("a comment is kept for those who read it", () => {
  expect(cutLine('a "#" # said \\ "so')).toMatchObject({ comment: ' said \\ "so' });
});

/** Any text but what ends a line, and what no quoting can put into one. */
const word = fc.string({ unit: "grapheme-ascii" }).map((text) => text.replace(/[\0\r\n]/g, ""));

const QUOTINGS: readonly ((text: string) => string)[] = [
  (text) => `"${text.replace(/[\\"$]/g, "\\$&")}"`,
  (text) => `'${text.replace(/'/g, "'\\''")}'`,
  (text) =>
    [...text].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`).join("") || "''",
];

test("whatever a word is, quoted it comes back", () => {
  const quoted = fc.tuple(word, fc.constantFrom(...QUOTINGS));
  fc.assert(
    fc.property(fc.array(quoted), (words) => {
      const line = words.map(([text, quote]) => quote(text)).join(" ");
      expect(texts(line)).toEqual(words.map(([text]) => text));
    }),
    { numRuns: 500 },
  );
});
