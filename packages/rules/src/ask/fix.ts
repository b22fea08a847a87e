import type { LawName } from "@evenkeel/core/balancers";
import type { ObjectRef, Service } from "@evenkeel/core/model";
import type { Violated } from "../frame/outcome";
import type { ModelledFront } from "./fronts";

/** What the load balancer itself says of a violation: the fix in its own words, what it rests on, and whether it costs less. */
export function fixOfLaw(
  { balancer, front }: ModelledFront,
  service: Service,
  name: LawName,
): Pick<Violated, "fix" | "assumption" | "level"> {
  const law = balancer.laws[name];
  const fix = law?.fix?.(front, service);
  const assumption = law?.assumes?.(front);
  return {
    ...(fix === undefined ? {} : { fix }),
    ...(assumption === undefined ? {} : { assumption }),
    ...(law?.level === undefined ? {} : { level: law.level }),
  };
}

/** The objects of a finding beside the one to edit. */
export function besides(edited: ObjectRef, ...others: readonly ObjectRef[]): readonly ObjectRef[] {
  return others.filter((ref) => !isSame(ref, edited));
}

function isSame(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
