import type { Node } from "../../model";

/** A node during a simulation. */
export interface LiveNode {
  readonly node: Node;
  /** When it came. */
  readonly added: number;
  /** Times from which on; infinite while it has not happened. */
  readonly cordonedAt: number;
  readonly silentSince: number;
  readonly noticedAt: number;
  readonly evictedAt: number;
}

export function healthy(node: Node, added: number): LiveNode {
  const never = { cordonedAt: Infinity, silentSince: Infinity, noticedAt: Infinity, evictedAt: Infinity };
  return { node, added, ...never };
}
