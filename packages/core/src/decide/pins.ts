import {
  isMap,
  nearest,
  orElse,
  TRAFFIC_DISTRIBUTIONS,
  TRAFFIC_POLICIES,
  type Service,
  type TrafficDistribution,
  type TrafficPolicy,
} from "../model";
import type { Candidate } from "./candidate";
import type { Decision } from "./decision";

/**
 * Choices that stay from run to run, by `namespace/name` of the Service; what a file of `decide --pin` holds. Version 1 began with
 * `choices` alone, so readers must do without `internal`.
 */
export interface Pins {
  readonly version: 1;
  /** For clients outside. */
  readonly choices: Readonly<Record<string, ExternalChoice>>;
  /** For clients inside. */
  readonly internal?: Readonly<Record<string, InternalChoice>>;
}

export interface ExternalChoice {
  readonly externalTrafficPolicy: TrafficPolicy;
  readonly trafficDistribution: TrafficDistribution | null;
}

export interface InternalChoice {
  readonly internalTrafficPolicy: TrafficPolicy;
  readonly trafficDistribution: TrafficDistribution | null;
}

export const NO_PINS: Pins = { version: 1, choices: {} };

/** `shop/web`; a Service that does not say its namespace is in `default`. */
export function pinKey({ namespace, name }: { namespace?: string | null; name: string }): string {
  return `${namespace ?? "default"}/${name}`;
}

/** What was chosen for one side of a Service, as a candidate of it. */
export function pinFor(pins: Pins, service: Service, side: Decision["side"]): Candidate | undefined {
  const key = pinKey(service.ref);
  if (side === "external") return own(pins.choices, key);
  const choice = own(pins.internal ?? {}, key);
  return choice && internalCandidate(service, choice);
}

/** The external policy is no part of an internal choice: it stays as the Service has it. */
export function internalCandidate(
  { externalTrafficPolicy = "Cluster" }: Pick<Service, "externalTrafficPolicy">,
  choice: InternalChoice,
): Candidate {
  return { externalTrafficPolicy: orElse(externalTrafficPolicy, "Cluster"), ...choice };
}

/** With the choices of these decisions; those of Services that were not looked at stay. In the order of their names. */
export function withPinned(pins: Pins, decisions: readonly Decision[]): Pins {
  const of = <T>(side: Decision["side"], read: (chosen: Candidate) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      decisions.flatMap(({ side: decided, service, chosen }) => {
        const choice = decided === side ? read(chosen) : undefined;
        return choice === undefined ? [] : [[pinKey(service), choice] as const];
      }),
    );
  const choices = of("external", ({ externalTrafficPolicy, trafficDistribution }) => ({
    externalTrafficPolicy,
    trafficDistribution,
  }));
  const internal = of(
    "internal",
    ({ internalTrafficPolicy, trafficDistribution }) =>
      internalTrafficPolicy && { internalTrafficPolicy, trafficDistribution },
  );
  const inside = sorted({ ...pins.internal, ...internal });
  return {
    version: 1,
    choices: sorted({ ...pins.choices, ...choices }),
    ...(Object.keys(inside).length > 0 ? { internal: inside } : {}),
  };
}

export interface PinReading {
  readonly pins: Pins;
  /** One line each: path, what was seen, what is wanted. */
  readonly problems: readonly string[];
}

const KEYS = ["version", "choices", "internal"] as const;
const WRITTEN = "wanted what evenkeel decide --pin writes";

/** Reads what a file of choices holds, whatever was written; what is wrong is left out and named. */
export function readPins(written: unknown): PinReading {
  if (!isMap(written)) return { pins: NO_PINS, problems: [`${shown(written)}; ${WRITTEN}`] };
  const problems = unknownKeys(written, KEYS, "");
  if (written.version !== 1) {
    const says = `version: ${shown(written.version)}; wanted 1`;
    return { pins: NO_PINS, problems: [...problems, says] };
  }
  if (written.choices === undefined && written.internal === undefined)
    problems.push(`choices: missing; ${WRITTEN}`);
  const choices = choicesOf(written.choices, "choices", "externalTrafficPolicy", problems);
  const internal = choicesOf(written.internal, "internal", "internalTrafficPolicy", problems);
  return { pins: { version: 1, choices, ...(written.internal === undefined ? {} : { internal }) }, problems };
}

function choicesOf<K extends "externalTrafficPolicy" | "internalTrafficPolicy">(
  written: unknown,
  path: string,
  policy: K,
  problems: string[],
): Readonly<Record<string, Record<K, TrafficPolicy> & ExternalOrInternal>> {
  if (written === undefined) return {};
  if (!isMap(written)) {
    problems.push(`${path}: ${shown(written)}; wanted a map of namespace/name to choices`);
    return {};
  }
  return Object.fromEntries(
    Object.entries(written).flatMap(([key, choice]) => {
      const at = `${path}[${JSON.stringify(key)}]`;
      if (!/^[^/]+\/[^/]+$/.test(key)) problems.push(`${at}: wanted namespace/name, such as shop/web`);
      if (!isMap(choice)) {
        problems.push(`${at}: ${shown(choice)}; wanted ${policy} and trafficDistribution`);
        return [];
      }
      problems.push(...unknownKeys(choice, [policy, "trafficDistribution"], `${at}.`));
      const taken = word(choice[policy], TRAFFIC_POLICIES, `${at}.${policy}`, problems);
      const { trafficDistribution = null } = choice;
      const distribution =
        trafficDistribution === null
          ? null
          : word(trafficDistribution, TRAFFIC_DISTRIBUTIONS, `${at}.trafficDistribution`, problems);
      if (taken === undefined || distribution === undefined) return [];
      // A computed key widens to any string; it is this one.
      const read = { [policy]: taken, trafficDistribution: distribution } as Record<K, TrafficPolicy> &
        ExternalOrInternal;
      return [[key, read]];
    }),
  );
}

type ExternalOrInternal = Pick<ExternalChoice, "trafficDistribution">;

function word<T extends string>(
  value: unknown,
  words: readonly T[],
  path: string,
  problems: string[],
): T | undefined {
  const known = words.find((one) => one === value);
  if (known === undefined)
    problems.push(`${path}: ${shown(value)}; wanted ${words.join(", ")}${nearest(shown(value), words)}`);
  return known;
}

function unknownKeys(
  map: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: string,
): string[] {
  return Object.keys(map)
    .filter((key) => !known.includes(key))
    .map((key) => `${path}${key}: unknown key; wanted ${known.join(", ")}${nearest(key, known)}`);
}

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "a map" : String(value);
}

function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function sorted<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
