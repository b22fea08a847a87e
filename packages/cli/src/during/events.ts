import type { DuringOptions } from "@evenkeel/core/estimate";
import { nearest } from "@evenkeel/core/model";
import { InvalidArgumentError } from "commander";

/** An event as `estimateDuring` takes it. */
export type During = DuringOptions["events"][number];

/** What each kind of event is told of it, and how it is read; the order is that of the help. */
const KINDS: Readonly<Record<string, { readonly of?: string; read(value: string, when: When): During }>> = {
  rollout: { read: (_, when) => ({ kind: "rollout", ...when }) },
  scale: {
    of: "N",
    read: (value, when) => ({ kind: "scale", replicas: count("scale", value, 0), ...when }),
  },
  drain: { of: "NODE", read: (node, when) => ({ kind: "drain", node, ...when }) },
  lose: { of: "NODE", read: (node, when) => ({ kind: "loseNode", node, ...when }) },
  add: { of: "N", read: (value, when) => ({ kind: "addNodes", count: count("add", value, 1), ...when }) },
};

type When = { readonly at?: number };

/** `rollout, scale=N, drain=NODE, lose=NODE or add=N`. */
export const EVENTS_TOLD = Object.entries(KINDS)
  .map(([kind, { of }]) => (of ? `${kind}=${of}` : kind))
  .join(", ")
  .replace(/, ([^,]*)$/, " or $1");

const MOST = 100_000;

/** Reads `drain=node-3@30`: a kind, what it is told, and the second at which it begins. */
export function readEvent(text: string): During {
  const [, kind = "", value, seconds] = /^([^=@]*)(?:=([^@]*))?(?:@(.*))?$/.exec(text) ?? [];
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!known)
    throw new InvalidArgumentError(
      `${JSON.stringify(text)}: wanted ${EVENTS_TOLD}${nearest(kind, Object.keys(KINDS))}`,
    );
  if (known.of && !value) throw new InvalidArgumentError(`${text}: wanted ${kind}=${known.of}`);
  if (!known.of && value !== undefined) throw new InvalidArgumentError(`${text}: ${kind} takes no value`);
  return known.read(value ?? "", seconds === undefined ? {} : { at: second(text, seconds) });
}

function count(kind: string, value: string, least: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= MOST) return number;
  throw new InvalidArgumentError(`${kind}=${value}: wanted a whole number from ${least} to ${MOST}`);
}

function second(text: string, value: string): number {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new InvalidArgumentError(`${text}: wanted seconds after @, as in rollout@30`);
}
