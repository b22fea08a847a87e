import type { Node } from "../../model";

/** A node during a simulation. */
export interface LiveNode {
  readonly node: Node;
  /** Times from which on; infinite while it has not happened. */
  readonly silentSince: number;
  readonly noticedAt: number;
  readonly evictedAt: number;
}

export function healthy(node: Node): LiveNode {
  return { node, silentSince: Infinity, noticedAt: Infinity, evictedAt: Infinity };
}
