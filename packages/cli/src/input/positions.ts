import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from "yaml";
import { asYaml } from "./json-values";
import { outlinesOf, type Outline } from "./outline";

/** A key that stands twice in one map; Kubernetes keeps the last and says nothing. */
export interface DuplicateKey {
  readonly document: number;
  readonly path: string;
  readonly key: string;
  /** One-based line of the later one, which wins. */
  readonly line: number;
  readonly firstLine: number;
}

/** Places of keys in a YAML or JSON text, found only when a finding needs them. */
export class Positions {
  readonly #outlines: readonly Outline[] | undefined;
  readonly #lines = new LineCounter();
  #parsed: readonly (Node | null)[] | undefined;

  constructor(private readonly text: string) {
    this.#outlines = outlinesOf(text);
  }

  /**
   * One-based line of a path such as `spec.ports[0].nodePort` or `metadata.annotations["a.b/c"]` in a document; of its nearest
   * existing parent if the path is not there. `item` selects an entry of a List.
   */
  lineOf(document: number, path: string, item?: number): number | undefined {
    const steps = [...(item === undefined ? [] : ["items", item]), ...pathSteps(path)];
    return this.#outlines
      ? lineIn(this.#outlines[document], steps)
      : this.#lineOfNode(this.#documents[document] ?? undefined, steps);
  }

  /** The other parser's documents: several times slower, but sure of every text. */
  get #documents(): readonly (Node | null)[] {
    this.#parsed ??= parseAllDocuments(asYaml(this.text), {
      uniqueKeys: false,
      lineCounter: this.#lines,
      logLevel: "silent",
    }).map((document) => document.contents);
    return this.#parsed;
  }

  #lineOfNode(root: Node | undefined, steps: readonly (string | number)[]): number | undefined {
    let node = root;
    let line = this.#line(node);
    for (const step of steps) {
      if (isMap<Node, Node>(node)) {
        const pair = [...node.items].reverse().find(({ key }) => isScalar(key) && key.value === step);
        if (!pair) break;
        line = this.#line(pair.key) ?? line;
        node = pair.value ?? undefined;
      } else if (isSeq<Node>(node) && typeof step === "number") {
        node = node.items[step];
        line = this.#line(node) ?? line;
      } else break;
    }
    return line;
  }

  /**
   * One-based line on which the text at a path starts; undefined where its lines are no lines of the file, as in JSON and in quotes.
   */
  textStart(document: number, path: readonly string[], item?: number): number | undefined {
    const steps = [...(item === undefined ? [] : ["items", item]), ...path];
    const node: unknown = steps.reduce<unknown>(
      (parent, step) => (isMap(parent) || isSeq(parent) ? parent.get(step, true) : undefined),
      this.#documents[document],
    );
    // The text of a literal block starts on the line after its `|`.
    const header = isScalar(node) && node.type === "BLOCK_LITERAL" ? this.#line(node) : undefined;
    return header === undefined ? undefined : header + 1;
  }

  #line(node: Node | undefined): number | undefined {
    const offset = node?.range?.[0];
    return offset === undefined ? undefined : this.#lines.linePos(offset).line;
  }
}

function lineIn(outline: Outline | undefined, steps: readonly (string | number)[]): number | undefined {
  let node = outline;
  let line = node?.line;
  for (const step of steps) {
    const pair = typeof step === "string" ? node?.pairs?.get(step) : undefined;
    const item = typeof step === "number" ? node?.items?.[step] : undefined;
    if (!pair && !item) break;
    line = pair?.line ?? item?.line;
    node = pair?.value ?? item;
  }
  return line;
}

/** `spec.ports[0].x` -> spec, ports, 0, x; `annotations["a.b/c"]` and the API server's `annotations[a.b/c]` -> annotations, a.b/c. */
export function pathSteps(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[([^"\]]+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, key, plain]) => (index !== undefined ? Number(index) : (quoted ?? key ?? plain ?? "")),
  );
}

/** Every key that stands more than once in its map. */
export function duplicateKeys(text: string): readonly DuplicateKey[] {
  const lines = new LineCounter();
  const found: DuplicateKey[] = [];
  const lineOf = (node: Node): number => lines.linePos(node.range?.[0] ?? 0).line;
  const walk = (node: Node | null | undefined, document: number, path: string): void => {
    if (isSeq<Node>(node)) node.items.forEach((item, index) => walk(item, document, `${path}[${index}]`));
    if (!isMap<Node, Node>(node)) return;
    const seen = new Map<string, Node>();
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const here = /^[\w-]+$/.test(name) ? `${path}${path ? "." : ""}${name}` : `${path}["${name}"]`;
      const first = seen.get(name);
      if (first && name !== "<<") {
        found.push({ document, path: here, key: name, line: lineOf(key), firstLine: lineOf(first) });
      } else seen.set(name, key);
      walk(value, document, here);
    }
  };
  parseAllDocuments(text, { uniqueKeys: false, lineCounter: lines, logLevel: "silent" }).forEach(
    ({ contents }, index) => walk(contents, index, ""),
  );
  return found;
}
