import { Failure } from "../failure";
import { jsonParsed } from "./json-values";

/**
 * The JSON values of a text that comes in chunks, one after the other as `jq` prints them. Lists are taken apart while they come
 * in: each element of a top-level list, or of the `items` of a top-level map (what kubectl prints), is parsed by itself and handed to
 * `take` with the text of the map so far; what that gives stands in its place. So memory holds what is kept, not what was written,
 * and no text grows to the half gigabyte that a JavaScript string can have.
 *
 * Only the ends of elements are looked for here; every byte is read by the platform's own JSON parser, either in its element or in
 * what is left of the value around them.
 * @throws Failure for a text that is no JSON, or ends early
 */
export async function streamJson(
  chunks: AsyncIterable<Buffer>,
  file: string,
  take: (element: unknown, before: string) => unknown,
): Promise<readonly unknown[]> {
  const values = new Values(file, take);
  for await (const chunk of chunks) values.add(chunk);
  return values.end();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;

const ZERO = Buffer.from("0");
const SEPARATOR = Buffer.from(",");
const ITEMS = /(^|[^\\])"items"\s*:\s*\[$/;

class Values {
  private readonly found: unknown[] = [];
  private readonly file: string;
  private readonly take: (element: unknown, before: string) => unknown;
  private depth = 0;
  private inText = false;
  private escaped = false;
  /** Depth of the list that is taken apart; 0 while there is none. */
  private split = 0;
  /** Text of the value around the elements, each of which left a 0 behind. */
  private around: Buffer[] = [];
  /** The element that has begun. */
  private element: Buffer[] = [];
  private elements: unknown[] | undefined;
  private before = "";

  constructor(file: string, take: (element: unknown, before: string) => unknown) {
    this.file = file;
    this.take = take;
  }

  add(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.inText) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inText = false;
      } else if (byte === QUOTE) {
        this.inText = true;
      } else if (byte === OPEN_MAP || byte === OPEN_LIST) {
        this.depth += 1;
        if (byte === OPEN_LIST && this.split === 0 && this.depth <= 2 && this.opensList(chunk, from, at))
          from = at + 1;
      } else if (byte === CLOSE_MAP || byte === CLOSE_LIST) {
        if (this.depth === this.split) {
          this.closeElement(chunk.subarray(from, at));
          from = at;
          this.split = 0;
        }
        this.depth -= 1;
        if (this.depth < 0) throw this.unreadable("a bracket closes that was never opened");
        if (this.depth === 0) {
          this.closeValue(chunk.subarray(from, at + 1));
          from = at + 1;
        }
      } else if (byte === COMMA && this.depth === this.split && this.split > 0) {
        this.closeElement(chunk.subarray(from, at));
        this.around.push(SEPARATOR);
        from = at + 1;
      }
    }
    // The chunk is the stream's: what goes beyond it is copied.
    (this.split > 0 ? this.element : this.around).push(Buffer.from(chunk.subarray(from)));
  }

  end(): readonly unknown[] {
    if (this.depth > 0 || this.inText) throw this.unreadable("it ends in the middle of a value");
    if (textOf(this.around).trim() !== "") throw this.unreadable("something stands after the last value");
    return this.found;
  }

  /** Whether the list that has just opened is taken apart. */
  private opensList(chunk: Buffer, from: number, at: number): boolean {
    const upTo = textOf([...this.around, chunk.subarray(from, at + 1)]);
    if (this.depth === 2 && !ITEMS.test(upTo)) return false;
    this.split = this.depth;
    this.around.push(Buffer.from(chunk.subarray(from, at + 1)));
    this.before = upTo;
    this.elements = [];
    return true;
  }

  private closeElement(rest: Buffer): void {
    const text = textOf([...this.element, rest]);
    this.element = [];
    // An empty list, or a comma too many, which the text around shows.
    if (text.trim() === "") return;
    const one = jsonParsed(text);
    if (!one) throw this.unreadable(`entry ${this.elements?.length ?? 0} is no JSON`);
    this.elements?.push(this.take(one.value, this.before));
    this.around.push(ZERO);
  }

  private closeValue(rest: Buffer): void {
    const one = jsonParsed(textOf([...this.around, rest]));
    if (!one) throw this.unreadable("it is no JSON");
    this.found.push(this.elements ? withElements(one.value, this.elements) : one.value);
    this.around = [];
    this.elements = undefined;
  }

  private unreadable(reason: string): Failure {
    return new Failure(`${this.file}: cannot be read: ${reason}; wanted JSON as kubectl prints it`);
  }
}

/** The elements where they stood. Of a key that is there twice the last counts, whose list was the last to be taken apart. */
function withElements(value: unknown, elements: readonly unknown[]): unknown {
  return Array.isArray(value) ? elements : { ...Object(value), items: elements };
}

function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString("utf8");
}
