/** The compared part of an answer: a value, or nothing, by the field's path. */
export type Answer = Readonly<Record<string, unknown>>;

/** What every line has beside its input and answer. */
export interface RecordedCase {
  readonly id: string;
}

/** One set of recorded answers: which file, and how a line of it is put to our code. */
export interface RecordedSet {
  /** `lbc-services`: the file's name without `.jsonl`. */
  readonly name: string;
  readonly compare: (line: unknown) => readonly Difference[];
}

/** One field in which the answers differ. */
export interface Difference {
  readonly field: string;
  readonly recorded: unknown;
  readonly ours: unknown;
}

/**
 * A set of `Case` lines. Both functions give the fields that are compared, and no others: what the recording has beyond them is
 * not claimed. A field that only one of the two gives is a difference.
 */
export function recordedSet<Case extends RecordedCase>(set: {
  readonly name: string;
  readonly recorded: (line: Case) => Answer;
  readonly ours: (line: Case) => Answer;
}): RecordedSet {
  return {
    name: set.name,
    compare: (line) => {
      // A line of this set's file; one of another shape shows as a difference, or throws and is counted as one.
      const one = line as Case;
      return differences(asJson(set.recorded(one)), asJson(set.ours(one)));
    },
  };
}

/** What both give and disagree on; only where they agree on all of that, what one of them gives and the other does not. */
function differences(recorded: Answer, ours: Answer): readonly Difference[] {
  const fields = [...new Set([...Object.keys(recorded), ...Object.keys(ours)])];
  const different = fields.flatMap((field) =>
    canonical(recorded[field]) === canonical(ours[field])
      ? []
      : [{ field, recorded: recorded[field], ours: ours[field] }],
  );
  const ofBoth = different.filter(({ field }) => field in recorded && field in ours);
  return ofBoth.length > 0 ? ofBoth : different;
}

/** As it would be read back from a file: a missing field and an undefined one are the same. */
function asJson(answer: Answer): Answer {
  return Object.fromEntries(
    Object.entries(answer).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, JSON.parse(JSON.stringify(value)) as unknown]],
    ),
  );
}

/** JSON with the keys of every map in order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : part,
    ) ?? "nothing"
  );
}
