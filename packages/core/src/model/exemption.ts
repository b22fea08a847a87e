/** A finding that somebody accepted, with the reason, for a time. Reported as exempted, and as violated once expired. */
export interface Exemption {
  /** Rule id, or `*`. */
  readonly rule: string;
  /**
   * Which findings, by the resource to edit or one related to it: `namespace/name`, `Kind/namespace/name` or a URN, with `*` for
   * any run of characters.
   */
  readonly pattern: string;
  readonly reason: string;
  readonly approver?: string;
  /** `YYYY-MM-DD`; the exemption holds through that day (UTC). */
  readonly expires?: string;
}
