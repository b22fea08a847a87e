/** One line of a `cases.jsonl`: files, what is asked about them, and what a correct answer holds. */
export interface FieldCase {
  readonly id: string;
  /** In the folder of the `cases.jsonl`. */
  readonly files: readonly string[];
  /** The command and its arguments, in which the files are named as in `files`. */
  readonly args: readonly string[];
  /** Nothing is wrong with the input. */
  readonly safe: boolean;
  readonly expect: Expected;
  readonly why?: string;
}

interface Expected {
  /** Facts, rules or slugs, one of which a finding must stand for; empty: no finding is asked for. */
  readonly violated: readonly string[];
  /** Of that finding; without one, any level does. */
  readonly level?: ExpectedLevel;
  /** A second level that is right as well. */
  readonly alsoAccept?: ExpectedLevel;
  /** Facts, rules or slugs that no violation may stand for, `any` violation, a `mandatory` one, or `re:` text that is not printed. */
  readonly absent: readonly string[];
  /** Text that is printed, in any case of letters; after `re:` a regular expression. */
  readonly text: readonly string[];
  readonly numbers: Readonly<Record<string, unknown>>;
}

const LEVELS = ["mandatory", "advisory", "unknown"] as const;
/** `unknown`: the finding says that it cannot tell. */
export type ExpectedLevel = (typeof LEVELS)[number];

/** Reads a line; throws what is wrong with it. */
export function readCase(line: string): FieldCase {
  const value: unknown = JSON.parse(line);
  const record = recordOf(value, "the line");
  const expect = recordOf(record.expect, "expect");
  return {
    id: textOf(record.id, "id"),
    files: textsOf(record.files, "files"),
    args: textsOf(record.args, "args"),
    safe: record.safe === true,
    expect: {
      violated: textsOf(expect.violated ?? [], "expect.violated"),
      ...levelOf(expect.level, "level"),
      ...levelOf(expect.alsoAccept, "alsoAccept"),
      absent: textsOf(expect.absent ?? [], "expect.absent"),
      text: textsOf(expect.text ?? [], "expect.text"),
      numbers: recordOf(expect.numbers ?? {}, "expect.numbers"),
    },
    ...(typeof record.why === "string" ? { why: record.why } : {}),
  };
}

function levelOf<K extends string>(value: unknown, name: K): { readonly [P in K]?: ExpectedLevel } {
  // `none` stands beside an empty `violated`: no level to compare.
  if (value === undefined || value === null || value === "none") return {};
  const level = LEVELS.find((one) => one === value);
  if (!level)
    throw new Error(`expect.${name}: ${JSON.stringify(value)}; wanted ${LEVELS.join(", ")} or none`);
  return { [name]: level } as { readonly [P in K]: ExpectedLevel }; // a computed key is a string to the compiler
}

function recordOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${name}: ${JSON.stringify(value)}; wanted an object`);
  return value as Readonly<Record<string, unknown>>; // any object is one
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== "string") throw new Error(`${name}: ${JSON.stringify(value)}; wanted text`);
  return value;
}

function textsOf(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw new Error(`${name}: ${JSON.stringify(value)}; wanted a list of text`);
  return value.map((one, index) => textOf(one, `${name}[${index}]`));
}
