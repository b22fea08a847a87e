import type { Node, ResourceList } from "../model";
import { nodeOrder } from "./node-order";

/** Where each node lies in one topology: the same number for the same label value. */
export interface Domains {
  readonly key: string;
  /** Domain by node, -1 without the label. */
  readonly of: Int32Array;
  /** As above, but nodes without the label share the domain of the empty value, as a missing map key does in Go. */
  readonly orEmpty: Int32Array;
  readonly size: number;
}

/** The nodes as arrays: what never changes while pods are placed. Indices are those of the nodes given. */
export interface NodeTable {
  readonly nodes: readonly Node[];
  readonly size: number;
  /** The scheduler's order of looking. */
  readonly order: Int32Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly ephemeralStorage: Float64Array;
  readonly pods: Float64Array;
  /** Allocatable amounts of any other resource. */
  readonly scalar: (name: string) => Float64Array;
  readonly domains: (key: string) => Domains;
  readonly indexOf: ReadonlyMap<string, number>;
  /** Natural logarithms of 0 … size + 2, the weights of topologies by their size. */
  readonly logarithms: Float64Array;
}

export function nodeTable(nodes: readonly Node[]): NodeTable {
  const amounts = (name: string): Float64Array =>
    Float64Array.from(
      nodes,
      ({ allocatable }: { readonly allocatable: ResourceList }) => allocatable[name] ?? 0,
    );
  return {
    nodes,
    size: nodes.length,
    order: nodeOrder(nodes),
    cpu: amounts("cpu"),
    memory: amounts("memory"),
    ephemeralStorage: amounts("ephemeral-storage"),
    pods: amounts("pods"),
    scalar: remembered(amounts),
    domains: remembered((key) => domainsOf(nodes, key)),
    indexOf: new Map(nodes.map((node, index) => [node.name, index])),
    logarithms: Float64Array.from({ length: nodes.length + 3 }, (_, size) => Math.log(size)),
  };
}

function domainsOf(nodes: readonly Node[], key: string): Domains {
  const numbers = new Map<string, number>();
  const numberOf = (value: string): number => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
  const of = new Int32Array(nodes.length);
  const orEmpty = new Int32Array(nodes.length);
  nodes.forEach(({ labels }, index) => {
    const value = labels[key];
    of[index] = value === undefined ? -1 : numberOf(value);
    orEmpty[index] = numberOf(value ?? "");
  });
  return { key, of, orEmpty, size: numbers.size };
}

function remembered<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(name);
    made.set(name, value);
    return value;
  };
}
