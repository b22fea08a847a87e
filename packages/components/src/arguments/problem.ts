/** One thing wrong with the arguments. */
export interface Problem {
  /** `ports[0].port`; empty for the arguments as a whole. */
  readonly path: string;
  /** `0; wanted a whole number from 1 to 65535`. */
  readonly says: string;
}
