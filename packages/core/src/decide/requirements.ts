/** What a policy must give. Fractions of new connections; `hottest` as a ratio; each held against the 95th percentile. */
export interface Requirements {
  /** `required` rejects what hides the client's address; `preferred` breaks ties in its favour; `ignored` does not look. */
  readonly clientAddress: ClientAddressWish;
  /** Largest tolerated multiple of its fair part that the hottest pod gets. */
  readonly maxHottest: number;
  /** Least number of nodes that must have a pod where the policy lets only those carry traffic. */
  readonly minNodesServing: number;
  /** Largest tolerated fraction of dropped connections in steady state. */
  readonly maxDropped: number;
}

export const CLIENT_ADDRESS_WISHES = ["required", "preferred", "ignored"] as const;
export type ClientAddressWish = (typeof CLIENT_ADDRESS_WISHES)[number];

export const DEFAULT_REQUIREMENTS: Requirements = Object.freeze({
  clientAddress: "preferred",
  maxHottest: 1.5,
  minNodesServing: 2,
  maxDropped: 0,
});
