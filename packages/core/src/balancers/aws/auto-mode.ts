import type { Service } from "../../model";
import { AWS, AWS_PREFIX } from "./annotations";
import type { BuiltLoadBalancer } from "./built";
import { lbcBuild, type LbcSettings } from "./lbc";
import type { Outcome } from "./refusal";

/** Annotations without effect under EKS Auto Mode (EKS user guide, auto-configure-nlb). */
export const IGNORED_BY_AUTO_MODE: readonly string[] = Object.freeze(
  [
    AWS.type,
    AWS.internal,
    AWS.proxyProtocol,
    AWS.accessLogEnabled,
    AWS.accessLogBucket,
    AWS.accessLogPrefix,
    AWS.crossZone,
  ].map((suffix) => AWS_PREFIX + suffix),
);

/**
 * What EKS Auto Mode builds: as far as is documented what AWS Load Balancer Controller would, with pods as the default targets, and
 * without the annotations that it ignores.
 */
export function autoModeBuild(service: Service, settings: LbcSettings = {}): Outcome<BuiltLoadBalancer> {
  const heeded = Object.entries(service.annotations).filter(([key]) => !IGNORED_BY_AUTO_MODE.includes(key));
  return lbcBuild(
    { ...service, annotations: Object.fromEntries(heeded) },
    { ...settings, defaultTargetType: "ip" },
  );
}
