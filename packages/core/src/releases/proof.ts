/** What a model of a release rests on. */
export interface Proof {
  /**
   * `compared`: random cases were put to the release's own code and to the model, in every operation of the oracle.
   * `validationCompared`: those of the API server's validation only; scheduling and routing rest on the sources.
   * `sources`: read in the sources of the release, and not compared.
   * `announced`: read in a pre-release; the release itself may differ.
   */
  readonly basis: "compared" | "validationCompared" | "sources" | "announced";
  /** Version whose code or sources these are: `1.36.3`. */
  readonly patch: string;
}
