import type { LawName } from "@evenkeel/core/balancers";
import type { ObjectRef, Service } from "@evenkeel/core/model";
import type { ModelledFront } from "./fronts";

/** The fix in the load balancer's own words, where it has some. */
export function fixOfLaw(
  { balancer, front }: ModelledFront,
  service: Service,
  name: LawName,
): { readonly fix?: string } {
  const fix = balancer.laws[name]?.fix?.(front, service);
  return fix === undefined ? {} : { fix };
}

/** The objects of a finding beside the one to edit. */
export function besides(edited: ObjectRef, ...others: readonly ObjectRef[]): readonly ObjectRef[] {
  return others.filter((ref) => !isSame(ref, edited));
}

function isSame(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
