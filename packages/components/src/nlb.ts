import type { LoadBalancer, TargetGroup } from "@pulumi/aws/lb";
import type { Service } from "@pulumi/kubernetes/core/v1";
import { output, runtime, unknown, type ComponentResource, type Output } from "@pulumi/pulumi";
import type { PulumiOwnedInstanceArgs } from "./args";
import { nlbCombinations } from "./arguments/combinations";
import type { ComponentClass } from "./component-class";
import { decisionRecord } from "./decision/records";
import { from, type Outcome } from "./decision/settled";
import { wiringOf, type Wiring } from "./decision/wiring";
import type { Decision, Estimate } from "./outputs";
import { createOwnedNlb } from "./resources/owned-nlb";
import { createService } from "./resources/service";
import type { NlbSide } from "./resources/side";

/** Everything that a component of an NLB makes and says. */
export interface Nlb {
  readonly service: Service;
  readonly loadBalancer?: LoadBalancer;
  readonly targetGroups: TargetGroup[];
  readonly hostname: Output<string>;
  readonly decision: Output<Decision>;
  readonly estimate: Output<Estimate[]>;
}

/** What the classes have in common: a load balancer stands in front, and the policy for what it sends is decided. */
export const NLB: Omit<ComponentClass<Wiring, Decision>, "type" | "arguments"> = {
  combinations: nlbCombinations,
  policyArgument: "trafficPolicy",
  wiring: wiringOf,
  record: decisionRecord,
};

/** The resources of an NLB component; siblings share child names, so that a move between classes keeps the load balancer. */
export function createNlb(
  parent: ComponentResource,
  name: string,
  side: NlbSide,
  pulumiOwned: PulumiOwnedInstanceArgs | undefined,
  { wiring, judgement }: Outcome<Wiring, Decision>,
): Nlb {
  const service = createService(parent, name, side, wiring);
  const owned = pulumiOwned && createOwnedNlb(parent, name, side, pulumiOwned, service, wiring);
  return {
    service,
    loadBalancer: owned?.loadBalancer,
    targetGroups: owned?.targetGroups ?? [],
    hostname: owned?.loadBalancer.dnsName ?? publishedHostname(service),
    decision: output(from(judgement, ({ decision }) => decision)),
    estimate: output(from(judgement, ({ estimate }) => estimate)),
  };
}

/** What the controller publishes in the Service's status, which the provider waits for; previews have no status. */
function publishedHostname({ status }: Service): Output<string> {
  return status.apply((seen) => {
    const hostname = seen?.loadBalancer?.ingress?.[0]?.hostname;
    if (hostname !== undefined) return hostname;
    // `apply` takes the marker for an unknown of whatever type is wanted.
    return runtime.isDryRun() ? (unknown as unknown as string) : "";
  });
}
