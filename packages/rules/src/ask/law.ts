import { BALANCERS, type LawName } from "@evenkeel/core/balancers";
import type { FactId } from "../facts";
import type { ModelledFront } from "./fronts";

/** Facts that laws rest on with any load balancer; `general` is used where one has none of its own. */
export function factsOfLaws(general: FactId, ...laws: readonly LawName[]): readonly FactId[] {
  const own = BALANCERS.flatMap((balancer) => laws.flatMap((name) => balancer.laws[name]?.facts ?? []));
  return [...new Set<FactId>([...own, general])];
}

/** Facts that a law rests on with this load balancer. */
export function factsOfLaw(general: FactId, { balancer }: ModelledFront, name: LawName): readonly FactId[] {
  const facts = balancer.laws[name]?.facts ?? [];
  return facts.length > 0 ? facts : [general];
}
