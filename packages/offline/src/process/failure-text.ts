// The escape sequences that util.inspect colours with.
const COLOURS = /\u001b\[[0-9;]*m/g;

export function withoutColours(text: string): string {
  return text.replace(COLOURS, "");
}

/**
 * The one line that says why a program or pack failed, out of what the SDK reports: a preamble, then the error with its
 * stack, or only a message. Undefined if nothing was said.
 */
export function failureText(report: string): string | undefined {
  const lines = withoutColours(report)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !isNoise(line));
  const named = lines.findIndex((line) => /^(Uncaught )?[A-Za-z]*(Error|Exception)\b.*?: /.test(line));
  const start = Math.max(named, 0);
  const line = lines[start];
  if (line === undefined) return undefined;
  // `TSError: ⨯ Unable to compile TypeScript:` says nothing without the line after it.
  const more = line.endsWith(":")
    ? lines[start + 1]
    : lines.slice(start + 1).find((next) => next.startsWith("* "));
  return [line.replace(/^(Uncaught )?(Error|error): (\[runtime\] )?/, ""), more?.replace(/^\* /, "")]
    .filter((part) => part !== undefined)
    .join(" ");
}

// Stack frames, the SDK's preambles, and what Node prints around an error or of its own accord.
const NOISE = [
  /^at .+/,
  /^\^+$/,
  /^[{}]$/,
  /^Node\.js v/,
  /^\(node:\d+\)/,
  /^\(Use `node /,
  /failed with an unhandled exception:$/,
  /^Here's what we think went wrong:$/,
];

function isNoise(line: string): boolean {
  return NOISE.some((pattern) => pattern.test(line));
}
