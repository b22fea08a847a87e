import { aws } from "@evenkeel/core/balancers";

/** Keeps the provider from waiting for an address that nobody will give this Service. */
export const SKIP_AWAIT = "pulumi.com/skipAwait";

/** Suffix, as those of core: subnets steer nothing there. */
export const SUBNETS = "aws-load-balancer-subnets";

const { AWS } = aws;

/** Annotations of AWS Load Balancer Controller that the components write, or that mean the same, with the argument for each. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  [AWS.type]: "controllerOwned",
  [AWS.targetType]: "of the other class, NlbInstanceService or NlbIpService",
  [AWS.scheme]: "scheme",
  [AWS.internal]: "scheme",
  [AWS.attributes]: "crossZone",
  [AWS.crossZone]: "crossZone",
  [AWS.targetGroupAttributes]: "preserveClientAddress or proxyProtocol",
  [AWS.proxyProtocol]: "proxyProtocol",
  [AWS.proxyProtocolPerTargetGroup]: "proxyProtocol",
  [AWS.healthCheckProtocol]: "healthCheck.protocol",
  [AWS.healthCheckPort]: "healthCheck.port",
  [AWS.healthCheckPath]: "healthCheck.path",
  [AWS.successCodes]: "healthCheck.matcher",
  [AWS.healthCheckInterval]: "healthCheck.intervalSeconds",
  [AWS.healthCheckTimeout]: "healthCheck.timeoutSeconds",
  [AWS.healthyThreshold]: "healthCheck.healthyThreshold",
  [AWS.unhealthyThreshold]: "healthCheck.unhealthyThreshold",
  [AWS.tags]: "tags",
  [SUBNETS]: "controllerOwned.subnets",
};

/** The argument that stands for an annotation, if one does. */
export function argumentFor(annotation: string): string | undefined {
  if (!annotation.startsWith(aws.AWS_PREFIX)) return undefined;
  const suffix = annotation.slice(aws.AWS_PREFIX.length);
  return Object.hasOwn(ARGUMENTS, suffix) ? ARGUMENTS[suffix] : undefined;
}
