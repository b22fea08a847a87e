/** What of cloud-provider-aws's cloud config steers the health check of an NLB; absent means its default. */
export interface CcmSettings {
  readonly version?: string;
  /** `ClusterServiceLoadBalancerHealthProbeMode`: `ServiceNodePort` (default) or `Shared`. */
  readonly healthProbeMode?: string;
  /** `ClusterServiceSharedLoadBalancerHealthProbePort`, 10256. */
  readonly sharedProbePort?: number;
  /** `ClusterServiceSharedLoadBalancerHealthProbePath`, `/healthz`. */
  readonly sharedProbePath?: string;
}
