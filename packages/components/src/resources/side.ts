import { NLB_FLAGS } from "@evenkeel/adapters";
import type { Input } from "@pulumi/pulumi";
import type { NlbInstancePortArgs, NlbServiceArgs, ServiceArgs } from "../args";
import type { SessionAffinity } from "../enums";

/** Arguments of any NLB component, with what its class stands for; what only one class has is absent for the others. */
export interface NlbSide extends NlbServiceArgs {
  readonly targets: "instance" | "ip";
  readonly ports: readonly NlbInstancePortArgs[];
  readonly sessionAffinity?: Input<SessionAffinity>;
  readonly healthCheckNodePort?: Input<number>;
}

/** The flags of the load balancer, written out where they are defaults too. */
export function flagsOf(side: NlbSide): Readonly<Record<keyof typeof NLB_FLAGS, Input<boolean>>> {
  const flag = (key: keyof typeof NLB_FLAGS): Input<boolean> =>
    side[key] ?? NLB_FLAGS[key].fallback(side.targets);
  return {
    crossZone: flag("crossZone"),
    proxyProtocol: flag("proxyProtocol"),
    preserveClientAddress: flag("preserveClientAddress"),
  };
}

/** The Service selects the pods of the workload that the component was given. */
export function podLabels({
  workload,
  deployment,
  statefulSet,
  daemonSet,
}: ServiceArgs): Input<Record<string, Input<string>>> | undefined {
  return workload?.labels ?? (deployment ?? statefulSet ?? daemonSet)?.spec.selector.matchLabels;
}
