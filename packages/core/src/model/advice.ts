/** What a reader of messages can do, whose words depend on where they are shown: on a terminal, in a policy report. */
export interface Means {
  /** Brings in what lies in another stack or file: `add the stack or manifest that has it (--with FILE)`. */
  readonly bringIn: string;
  /** Says which nodes there are, with their addresses: `pass the nodes with --cluster FILE`. */
  readonly describeNodes: string;
}

/** What would decide or mend something: in words that hold everywhere, by one of the means, or by something else as well. */
export type Advice = string | { readonly means: keyof Means; readonly or?: string } | readonly Advice[];

/** The means of the command line. */
export const COMMAND_MEANS: Means = {
  bringIn: "add the stack or manifest that has it (--with FILE)",
  describeNodes: "pass the nodes as kubectl prints them with --cluster FILE",
};

/** The advice in words; several pieces each once, in their order. */
export function adviceText(advice: Advice, means: Means = COMMAND_MEANS): string {
  if (typeof advice === "string") return advice;
  if (isList(advice)) return [...new Set(advice.map((one) => adviceText(one, means)))].join("; ");
  return advice.or === undefined ? means[advice.means] : `${means[advice.means]}, or ${advice.or}`;
}

function isList(advice: Exclude<Advice, string>): advice is readonly Advice[] {
  return Array.isArray(advice);
}
