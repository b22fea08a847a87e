import type { Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { InternalPortArgs, ServiceArgs } from "./args";
import type { ChoiceArgs, InternalRequirementsArgs } from "./decision-args";
import { internalCombinations } from "./arguments/combinations";
import { internalArguments } from "./arguments/internal";
import { internalDecisionRecord } from "./decision/records";
import { from } from "./decision/settled";
import { internalWiringOf } from "./decision/wiring";
import type { InternalTrafficPolicyChoice, SessionAffinity, TrafficDistribution } from "./enums";
import type { Estimate, InternalDecision } from "./outputs";
import { prepare } from "./prepare";
import { createInternalService } from "./resources/internal-service";

/** Arguments of an InternalService. */
export interface InternalServiceArgs extends ServiceArgs, ChoiceArgs {
  /** TCP ports. */
  ports: InternalPortArgs[];
  /** Who may receive what pods send to the Service. Default Auto. */
  internalTrafficPolicy?: pulumi.Input<InternalTrafficPolicyChoice>;
  /** Which endpoints are preferred. Default: what Auto chooses; none where a policy is given. */
  trafficDistribution?: pulumi.Input<TrafficDistribution>;
  /** Whether a client stays with one pod. Default None. */
  sessionAffinity?: pulumi.Input<SessionAffinity>;
  /** What the policy must give. */
  requirements?: InternalRequirementsArgs;
}

const TYPE = "evenkeel:index:InternalService";

/**
 * A Service that only clients inside the cluster call, by its cluster IP. `Auto` takes Local only in front of a DaemonSet: elsewhere
 * nothing keeps a pod on every node, and Local drops what a node without one sends.
 *
 * @example
 * const cache = new InternalService("cache", {
 *   workload: { kind: "DaemonSet", labels: { app: "cache" }, spec: { containers: [{ name: "cache" }] } },
 *   cluster: { kubernetesVersion: "1.35", nodes: [{ count: 6, zones: ["a", "b", "c"] }] },
 *   ports: [{ name: "redis", port: 6379 }],
 * });
 * cache.decision.internalTrafficPolicy; // "Local": no connection leaves its node
 */
export class InternalService extends pulumi.ComponentResource {
  /** The Service. */
  readonly service: Service;
  /** Which policy and preferred endpoints, and why. */
  readonly decision: pulumi.Output<InternalDecision>;
  /** What the traffic of clients inside the cluster comes to. */
  readonly estimate: pulumi.Output<Estimate[]>;

  constructor(name: string, args: InternalServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const prepared = prepare(
      {
        type: TYPE,
        arguments: internalArguments,
        combinations: internalCombinations,
        policyArgument: "internalTrafficPolicy",
        wiring: internalWiringOf,
        record: internalDecisionRecord,
      },
      name,
      args,
    );
    super(TYPE, name, prepared.args, opts);
    const { wiring, judgement } = prepared.outcome(this);
    this.service = createInternalService(this, name, prepared.args, wiring);
    this.decision = pulumi.output(from(judgement, ({ decision }) => decision));
    this.estimate = pulumi.output(from(judgement, ({ estimate }) => estimate));
    this.registerOutputs({
      service: this.service,
      decision: this.decision,
      estimate: this.estimate,
    });
  }
}
