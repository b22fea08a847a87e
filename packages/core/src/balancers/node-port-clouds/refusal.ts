import type { Place } from "../../model";
import type { Refusal } from "../controller";

/** A controller gives up at the first bad value, from whatever depth; so does its model. Never leaves `orRefusal`. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.wanted);
  }
}

export function refuse(at: Place, seen: string, wanted: string): never {
  throw new Refused({ refused: true, at, seen, wanted });
}

export function orRefusal<T>(build: () => T): T | Refusal {
  try {
    return build();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}
