import type { Place } from "../../model";

export const REFUSAL_KINDS = [
  "address",
  "addressType",
  "affinity",
  "alpnPolicy",
  "attribute",
  "boolean",
  "capacity",
  "dnsRouting",
  "healthCheckPort",
  "healthCheckProtocol",
  "map",
  "name",
  "nodePort",
  "number",
  "portProtocol",
  "probeMode",
  "proxyProtocol",
  "scheme",
  "securityGroup",
  "serviceType",
  "targetPort",
  "targetType",
  "tlsPorts",
] as const;
export type RefusalKind = (typeof REFUSAL_KINDS)[number];

/** A controller builds nothing for this Service, because of one value. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly at: Place;
  /** The value as written. */
  readonly seen: string;
  readonly wanted: string;
}

/**
 * The controllers give up at the first bad value, from whatever depth; so does their model here. Never leaves `orRefusal`.
 */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.kind);
  }
}

export function refuse(kind: RefusalKind, at: Place, seen: string, wanted: string): never {
  throw new Refused({ kind, at, seen, wanted });
}

export type Outcome<T> = { readonly built: T } | { readonly refusal: Refusal };

export function orRefusal<T>(build: () => T): Outcome<T> {
  try {
    return { built: build() };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}
