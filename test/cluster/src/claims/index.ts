import { BALANCERS } from "./balancers";
import type { Claim } from "./claim";
import { EXTERNAL } from "./external";
import { HEALTH } from "./health";
import { INTERNAL } from "./internal";
import { SPREAD } from "./spread";

/** Every claim, by number. */
export const CLAIMS: readonly Claim[] = [...EXTERNAL, ...INTERNAL, ...BALANCERS, ...SPREAD, ...HEALTH].sort(
  (one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)),
);
