import { ANNOTATED_ARGUMENTS } from "@evenkeel/adapters";
import { aws } from "@evenkeel/core/balancers";

/** Keeps the provider from waiting for an address that nobody will give this Service. */
export const SKIP_AWAIT = "pulumi.com/skipAwait";

/** Class of a Service whose load balancer a controller owns. */
export const CONTROLLER_CLASS = aws.LBC_CLASS;

/** Whether a cloud's controller would read the annotation of a Service. */
export function isOfController(annotation: string): boolean {
  return annotation.startsWith(aws.AWS_PREFIX);
}

/** Suffix, as those of core: subnets steer nothing there. */
export const SUBNETS = "aws-load-balancer-subnets";

const { AWS } = aws;

/** What has no argument of its own: the class, or the record that the annotation belongs to, decides. */
const DECIDED: Readonly<Record<string, string>> = {
  [AWS.type]: "controllerOwned",
  [AWS.targetType]: "of the other class, NlbInstanceService or NlbIpService",
  [SUBNETS]: "controllerOwned.subnets",
};

/** The argument that stands for an annotation of AWS Load Balancer Controller, or for one that means the same, if one does. */
export function argumentFor(annotation: string): string | undefined {
  if (!annotation.startsWith(aws.AWS_PREFIX)) return undefined;
  const suffix = annotation.slice(aws.AWS_PREFIX.length);
  return Object.hasOwn(DECIDED, suffix) ? DECIDED[suffix] : ANNOTATED_ARGUMENTS.get(suffix)?.join(" or ");
}
