import { cutLine, VARIABLE, type Unreadable, type Word } from "./words";

/** One statement: the words of a line, from its keyword on. */
export interface Statement {
  /** The keyword, `no option` and `default option` without their first word. */
  readonly keyword: string;
  readonly words: readonly Word[];
  /** One-based. */
  readonly line: number;
  /** `no option …` */
  readonly negated: boolean;
  /** False within a conditional block whose condition cannot be told from the text. */
  readonly certain: boolean;
}

export interface Section {
  readonly kind: SectionKind;
  readonly name?: string;
  /** `from NAME`: the section of defaults that it starts with. */
  readonly from?: string;
  readonly line: number;
  readonly statements: readonly Statement[];
  /** Comments within, without their `#`. */
  readonly comments: readonly string[];
}

/** Something for which HAProxy would refuse to start. */
export interface Mistake extends Unreadable {
  readonly line: number;
}

export interface Sections {
  readonly sections: readonly Section[];
  readonly mistakes: readonly Mistake[];
}

const PROXY_SECTIONS = ["defaults", "frontend", "backend", "listen"] as const;

/** Words that start a section wherever they stand (REGISTER_CONFIG_SECTION in HAProxy 2.6 to 3.2). */
const SECTIONS = [
  ...PROXY_SECTIONS,
  "acme",
  "cache",
  "crt-store",
  "fcgi-app",
  "global",
  "http-errors",
  "log-forward",
  "log-profile",
  "mailers",
  "namespace_list",
  "peers",
  "program",
  "resolvers",
  "ring",
  "traces",
  "userlist",
] as const;
type SectionKind = (typeof SECTIONS)[number];

/**
 * Whether a text is meant for HAProxy, whatever its mistakes: it starts with a section of HAProxy's, and has one that proxies or
 * prepares it. Other programs' `.cfg` files do not.
 */
export function isHaproxyConfig(text: string): boolean {
  const starts = text.split("\n").flatMap((line) => {
    const first = /^\s*([^\s#]+)(?=\s|#|$)/.exec(line)?.[1];
    return first === undefined ? [] : [first];
  });
  const first = starts.find((word) => !word.startsWith("."));
  return sectionKind(first) !== undefined && starts.some(isProxySection);
}

function sectionKind(word: string | undefined): SectionKind | undefined {
  return SECTIONS.find((kind) => kind === word);
}

function isProxySection(word: string): boolean {
  return PROXY_SECTIONS.some((kind) => kind === word);
}

/** Whether the lines that follow count, and whether an earlier branch of the block may have been taken. */
interface Branch {
  readonly taken: boolean | undefined;
  readonly earlier: boolean | undefined;
  readonly line: number;
}

/** Takes a configuration apart into its sections; whatever the text, it returns. */
export function readSections(text: string): Sections {
  const sections: (Section & { statements: Statement[]; comments: string[] })[] = [];
  const mistakes: Mistake[] = [];
  const open: Branch[] = [];
  text.split("\n").forEach((source, index) => {
    const line = index + 1;
    const cut = cutLine(source);
    const skipped = open.some(({ taken }) => taken === false);
    if ("seen" in cut) {
      // Lines are cut before anybody asks whether they count.
      mistakes.push({ line, ...cut });
      return;
    }
    const [first, ...rest] = cut.words;
    if (cut.comment !== undefined) sections.at(-1)?.comments.push(cut.comment);
    if (!first) return;
    if (first.text.startsWith(".")) {
      const mistake = direct(open, first.text, rest, line);
      if (mistake) mistakes.push(mistake);
      return;
    }
    if (skipped) return;
    const kind = sectionKind(first.text);
    if (kind) {
      sections.push({ kind, ...headOf(kind, rest), line, statements: [], comments: [] });
      if (cut.comment !== undefined) sections.at(-1)?.comments.push(cut.comment);
      const nameless = isProxySection(kind) && kind !== "defaults" && rest.length === 0;
      if (nameless) mistakes.push({ line, seen: `${kind} without a name`, wanted: `${kind} NAME` });
      return;
    }
    const section = sections.at(-1);
    const certain = open.every(({ taken }) => taken === true);
    if (section) section.statements.push(statementOf(cut.words, line, certain));
    else
      mistakes.push({
        line,
        seen: "a statement before any section",
        wanted: "a section, such as global or defaults",
      });
  });
  const [unclosed] = open;
  if (unclosed) mistakes.push({ line: unclosed.line, seen: "an .if without .endif", wanted: "an .endif" });
  return { sections, mistakes: [...mistakes, ...missingDefaults(sections)].sort((a, b) => a.line - b.line) };
}

function headOf(kind: SectionKind, words: readonly Word[]): Pick<Section, "name" | "from"> {
  const texts = words.map(({ text }) => text);
  const at = kind === "defaults" && texts[0] === "from" ? 0 : 1;
  const name = at === 1 ? texts[0] : undefined;
  const from = isProxySection(kind) && texts[at] === "from" ? texts[at + 1] : undefined;
  return { ...(name === undefined ? {} : { name }), ...(from === undefined ? {} : { from }) };
}

function statementOf(words: readonly Word[], line: number, certain: boolean): Statement {
  const [first] = words;
  const prefixed = words.length > 1 && (first?.text === "no" || first?.text === "default");
  const own = prefixed ? words.slice(1) : words;
  return {
    keyword: own[0]?.text ?? "",
    words: own,
    line,
    negated: prefixed && first?.text === "no",
    certain,
  };
}

/** Conditional blocks (manual 2.4). What else starts with a dot only says something. */
function direct(
  open: Branch[],
  directive: string,
  words: readonly Word[],
  line: number,
): Mistake | undefined {
  if (directive === ".if") {
    open.push({ taken: truthOf(words), earlier: false, line });
    return undefined;
  }
  if (directive !== ".elif" && directive !== ".else" && directive !== ".endif") return undefined;
  const last = open.pop();
  if (!last) return { line, seen: `${directive} without .if`, wanted: "an .if before it" };
  if (directive === ".endif") return undefined;
  const earlier = either(last.earlier, last.taken);
  const own = directive === ".else" ? true : truthOf(words);
  open.push({
    taken: earlier === true ? false : earlier === undefined && own !== false ? undefined : own,
    earlier,
    line: last.line,
  });
  return undefined;
}

function either(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}

/** Numbers and nothing at all can be told; versions, features and variables are those of a machine that is not here. */
function truthOf(words: readonly Word[]): boolean | undefined {
  const condition = words.map(({ text }) => text).join(" ");
  if (condition === "") return false;
  if (condition.includes(VARIABLE)) return undefined;
  return /^\d+$/.test(condition) ? Number(condition) !== 0 : undefined;
}

/** Defaults that a section wants to start with stand before it. */
function missingDefaults(sections: readonly Section[]): readonly Mistake[] {
  return sections.flatMap(({ kind, from, line }, index) => {
    const before = sections.slice(0, index);
    const isThere = from === undefined || before.some((one) => one.kind === "defaults" && one.name === from);
    return isThere
      ? []
      : [
          {
            line,
            seen: `${kind} from defaults that are not there`,
            wanted: "a section of defaults of that name before it",
          },
        ];
  });
}
