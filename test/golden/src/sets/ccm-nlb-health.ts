import { aws } from "@evenkeel/core/balancers";
import { ourHealthCheck, recordedHealthCheck, type RecordedHealthCheck } from "../health-check";
import { recordedSet } from "../recorded";
import { serviceOf, type ServiceObject } from "../service";

/** A case of cloud-provider-aws computing the health check of an NLB. */
interface Case {
  readonly id: string;
  readonly service: ServiceObject;
  readonly cloudConfig: CloudConfig;
  readonly error: string | null;
  readonly healthCheck: RecordedHealthCheck | null;
}

interface CloudConfig {
  readonly clusterServiceLoadBalancerHealthProbeMode?: string;
  readonly clusterServiceSharedLoadBalancerHealthProbePort?: number;
  readonly clusterServiceSharedLoadBalancerHealthProbePath?: string;
}

/** Refused or not, and every field of the health check as computed (its timeout is never sent to AWS). */
export const ccmNlbHealth = recordedSet<Case>({
  name: "ccm-nlb-health",
  recorded: ({ error, healthCheck }) =>
    error !== null || !healthCheck
      ? { outcome: "refused" }
      : { outcome: "computed", healthCheck: recordedHealthCheck(healthCheck) },
  ours: ({ service, cloudConfig }) => {
    const outcome = aws.orRefusal(() => aws.ccmHealthCheck(serviceOf(service), settingsOf(cloudConfig)));
    return "refusal" in outcome
      ? { outcome: "refused" }
      : { outcome: "computed", healthCheck: ourHealthCheck(outcome.built) };
  },
});

function settingsOf(config: CloudConfig): aws.CcmSettings {
  return {
    healthProbeMode: config.clusterServiceLoadBalancerHealthProbeMode,
    sharedProbePort: config.clusterServiceSharedLoadBalancerHealthProbePort,
    sharedProbePath: config.clusterServiceSharedLoadBalancerHealthProbePath,
  };
}
