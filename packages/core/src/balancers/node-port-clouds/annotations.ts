import {
  byDefault,
  given,
  isUnknown,
  unknownAt,
  type Knowable,
  type LabelSelector,
  type Place,
  type Service,
  type Setting,
} from "../../model";
import { parseBool, parseInt32, parseSeconds } from "../go-values";
import { refuse } from "./refusal";

export function annotationPlace({ ref }: Service, key: string): Place {
  return { resource: ref, path: `metadata.annotations["${key}"]` };
}

/** The value as written; undefined where the Service does not have the annotation. */
export function annotation({ annotations }: Service, key: string): Knowable<string> | undefined {
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

/** Makes a value of the text of an annotation; undefined for what the controller does not take. */
export interface Parser<T> {
  readonly parse: (raw: string) => Knowable<T> | undefined;
  /** What it takes, in words. */
  readonly wanted: string;
}

/** The setting that an annotation makes, or else the fallback, as a default written at the same place. */
export function annotated<T>(
  service: Service,
  key: string,
  fallback: Knowable<T>,
  { parse, wanted }: Parser<T>,
): Setting<T> {
  const at = annotationPlace(service, key);
  const raw = annotation(service, key);
  if (raw === undefined) return byDefault(fallback, at);
  if (isUnknown(raw)) return given<T>(unknownAt(at.path, raw.origin), at);
  return given(parse(raw) ?? refuse(at, raw, wanted), at);
}

/** `strconv.ParseBool`. */
export const GO_BOOL: Parser<boolean> = { parse: parseBool, wanted: "true or false" };

/** `strconv.Atoi`. */
export const GO_INT: Parser<number> = { parse: parseInt32, wanted: "a whole number" };

/** `time.ParseDuration`. */
export const GO_DURATION: Parser<number> = { parse: parseSeconds, wanted: "a duration such as 10s" };

/** A number of milliseconds. */
export const MILLISECONDS: Parser<number> = {
  parse: (raw) => {
    const milliseconds = parseInt32(raw);
    return milliseconds === undefined ? undefined : milliseconds / 1000;
  },
  wanted: "a whole number of milliseconds",
};

export const TEXT: Parser<string> = { parse: (raw) => raw, wanted: "text" };

/** One of several words, read as what they stand for. */
export function words<T extends string | boolean>(meanings: Readonly<Record<string, T>>): Parser<T> {
  return {
    parse: (raw) => (Object.hasOwn(meanings, raw) ? meanings[raw] : undefined),
    wanted: Object.keys(meanings).join(" or "),
  };
}

/** The same where the controller takes any other word for the fallback. */
export function lenient<T>({ parse, wanted }: Parser<T>, fallback: T): Parser<T> {
  return { parse: (raw) => parse(raw) ?? fallback, wanted };
}

/** A selector of labels: `a=b,c=d`. What is written in sets (`a in (b)`) is not followed. */
export const LABEL_SELECTOR: Parser<LabelSelector> = {
  parse: (raw) => {
    const pairs = raw.split(",").map((part) => /^\s*([^\s=!]+)\s*==?\s*([^\s=]*)\s*$/.exec(part));
    return pairs.some((pair) => pair === null)
      ? unknownAt("a selector written in sets")
      : { matchLabels: Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""])) };
  },
  wanted: "a label selector",
};
