import type { Endpoint } from "@evenkeel/core";

export interface ToldHints {
  readonly forZones: readonly string[];
  readonly forNodes: readonly string[];
}

/** Hints in the oracle's form: one entry for each endpoint, null where it has none. */
export function told(endpoints: readonly Endpoint[]): readonly (ToldHints | null)[] {
  return endpoints.map(({ hints }) => {
    const { forZones = [], forNodes = [] } = hints ?? {};
    return forZones.length + forNodes.length > 0 ? { forZones, forNodes } : null;
  });
}
