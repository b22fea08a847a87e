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

/** Whether the client's address is kept; written out, though the default is that of AWS. */
export function preservesClientAddress({ preserveClientAddress, targets }: NlbSide): Input<boolean> {
  return preserveClientAddress ?? targets === "instance";
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
