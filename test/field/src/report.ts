/** What is read of the document of `--format json`. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly estimates: readonly Estimate[];
  readonly unanswered: readonly { readonly unknown: readonly Coded[] }[];
}

export interface Finding {
  readonly rule: string;
  readonly facts: readonly string[];
  readonly verdict: "violated" | "unknown" | "notJoined" | "exempted";
  readonly level: "mandatory" | "advisory";
  readonly message: string;
}

export interface Estimate {
  readonly side: "external" | "internal";
  readonly unknown: readonly Coded[];
  readonly [figure: string]: unknown;
}

interface Coded {
  readonly code: string;
}

/** The document that a command printed; undefined where it printed none. */
export function reportOf(out: string): Report | undefined {
  if (!out.startsWith("{")) return undefined;
  const { findings = [], estimates = [], unanswered = [] } = JSON.parse(out) as Partial<Report>; // our own document
  return { findings, estimates, unanswered };
}

/** Rules that say that what is in front of a Service is not known, and reasons of commands that say so. */
const NOT_MODELLED_RULES = ["load-balancer-is-modelled"];
const NOT_MODELLED_CODES = ["load-balancer-not-modelled"];

/** Whether the command says that it does not know how the load balancer behaves. */
export function saysNotModelled({ findings, estimates, unanswered }: Report): boolean {
  return (
    findings.some(({ rule, verdict }) => verdict !== "exempted" && NOT_MODELLED_RULES.includes(rule)) ||
    [...estimates, ...unanswered].some(({ unknown = [] }) =>
      unknown.some(({ code }) => NOT_MODELLED_CODES.includes(code)),
    )
  );
}
