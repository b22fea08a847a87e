import type { LoadBalancer, TargetGroup } from "@pulumi/aws/lb";
import type { Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { NlbInstancePortArgs, NlbServiceArgs, PulumiOwnedInstanceArgs } from "./args";
import type { ChoiceArgs } from "./decision-args";
import { instanceArguments } from "./arguments/nlb";
import type { SessionAffinity, TrafficPolicy } from "./enums";
import { createNlb, NLB } from "./nlb";
import type { Decision, Estimate } from "./outputs";
import { prepare } from "./prepare";

/** Arguments of an NlbInstanceService. */
export interface NlbInstanceServiceArgs extends NlbServiceArgs, ChoiceArgs {
  /** TCP ports, each with a listener and a target group. */
  ports: NlbInstancePortArgs[];
  /** Who may receive what enters a node from outside. Default Auto. */
  trafficPolicy?: pulumi.Input<TrafficPolicy>;
  /** Whether a client stays with one pod. Default None. */
  sessionAffinity?: pulumi.Input<SessionAffinity>;
  /**
   * Pins the port on which kube-proxy answers for a Local Service; without effect under Cluster. Take one from 30000-30085. Kubernetes
   * does not let it change: another number replaces the Service, and so does switching to Local with a pinned number.
   */
  healthCheckNodePort?: pulumi.Input<number>;
  /** This program makes the load balancer. Either this or `controllerOwned`. */
  pulumiOwned?: PulumiOwnedInstanceArgs;
}

const TYPE = "evenkeel:index:NlbInstanceService";

/** A Service behind an AWS Network Load Balancer that sends to nodes, with the health check that its traffic policy needs. */
export class NlbInstanceService extends pulumi.ComponentResource {
  /** The Service. */
  readonly service: Service;
  /** The load balancer, if this program makes it. */
  readonly loadBalancer?: LoadBalancer;
  /** The target groups, one a port, if this program makes them. */
  readonly targetGroups: TargetGroup[];
  /** DNS name of the load balancer. */
  readonly hostname: pulumi.Output<string>;
  /** Which traffic policy, and why. */
  readonly decision: pulumi.Output<Decision>;
  /** What the traffic comes to. */
  readonly estimate: pulumi.Output<Estimate[]>;

  constructor(name: string, args: NlbInstanceServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const prepared = prepare({ ...NLB, type: TYPE, arguments: instanceArguments }, name, args);
    super(TYPE, name, prepared.args, opts);
    const outcome = prepared.outcome(this);
    const nlb = createNlb(
      this,
      name,
      { ...prepared.args, targets: "instance" },
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
