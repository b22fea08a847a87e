import type { LoadBalancer, TargetGroup } from "@pulumi/aws/lb";
import type { Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { NlbPortArgs, NlbServiceArgs, PulumiOwnedArgs } from "./args";
import { ipArguments } from "./arguments/nlb";
import { createNlb, NLB } from "./nlb";
import type { Decision, Estimate } from "./outputs";
import { prepare } from "./prepare";

/** Arguments of an NlbIpService. */
export interface NlbIpServiceArgs extends NlbServiceArgs {
  /** TCP ports, each with a listener and a target group. */
  ports: NlbPortArgs[];
  /** This program makes the load balancer. Either this or `controllerOwned`. */
  pulumiOwned?: PulumiOwnedArgs;
}

const TYPE = "evenkeel:index:NlbIpService";

/** A Service behind an AWS Network Load Balancer that sends to the pods themselves, past kube-proxy: no traffic policy has an effect on it. */
export class NlbIpService extends pulumi.ComponentResource {
  /** The Service. */
  readonly service: Service;
  /** The load balancer, if this program makes it. */
  readonly loadBalancer?: LoadBalancer;
  /** The target groups, one a port, if this program makes them. */
  readonly targetGroups: TargetGroup[];
  /** DNS name of the load balancer. */
  readonly hostname: pulumi.Output<string>;
  /** What the requirements come to; there is no policy to choose. */
  readonly decision: pulumi.Output<Decision>;
  /** What the traffic comes to. */
  readonly estimate: pulumi.Output<Estimate[]>;

  constructor(name: string, args: NlbIpServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const prepared = prepare({ ...NLB, type: TYPE, arguments: ipArguments }, name, args);
    super(TYPE, name, prepared.args, opts);
    const outcome = prepared.outcome(this);
    const nlb = createNlb(
      this,
      name,
      { ...prepared.args, targets: "ip" },
      prepared.args.pulumiOwned,
      outcome,
    );
    this.service = nlb.service;
    this.loadBalancer = nlb.loadBalancer;
    this.targetGroups = nlb.targetGroups;
    this.hostname = nlb.hostname;
    this.decision = nlb.decision;
    this.estimate = nlb.estimate;
    this.registerOutputs({
      service: this.service,
      loadBalancer: this.loadBalancer,
      targetGroups: this.targetGroups,
      hostname: this.hostname,
      decision: this.decision,
      estimate: this.estimate,
    });
  }
}
