import { aws } from "@evenkeel/core/balancers";
import { HEALTH_CHECK_PROTOCOLS, type HealthCheckProtocol, type Scheme } from "@evenkeel/core/model";
import { FLAG, PORT, TEXT, TEXT_MAP, whole, word, type Argument } from "../pulumi/argument";
import type { ComponentKind } from "../pulumi/component-inputs";

const { AWS } = aws;

/** What the health check of a load balancer takes. Ranges: Elastic Load Balancing v2 API, CreateTargetGroup. */
export const HEALTH_CHECK_ARGUMENTS = Object.freeze({
  protocol: argument<HealthCheckProtocol>(word(HEALTH_CHECK_PROTOCOLS), AWS.healthCheckProtocol),
  port: argument(PORT, AWS.healthCheckPort),
  path: argument(TEXT, AWS.healthCheckPath),
  matcher: argument(TEXT, AWS.successCodes),
  intervalSeconds: argument(whole(5, 300), AWS.healthCheckInterval),
  timeoutSeconds: argument(whole(2, 120), AWS.healthCheckTimeout),
  healthyThreshold: argument(whole(2, 10), AWS.healthyThreshold),
  unhealthyThreshold: argument(whole(2, 10), AWS.unhealthyThreshold),
});

/** Settings of a load balancer that are on or off, each with what it is where nobody says. */
export const NLB_FLAGS = Object.freeze({
  crossZone: { ...argument(FLAG, AWS.attributes, AWS.crossZone), fallback: () => false },
  proxyProtocol: {
    ...argument(FLAG, AWS.targetGroupAttributes, AWS.proxyProtocol, AWS.proxyProtocolPerTargetGroup),
    fallback: () => false,
  },
  // As AWS itself has it.
  preserveClientAddress: {
    ...argument(FLAG, AWS.targetGroupAttributes),
    fallback: (targets: ComponentKind["targets"]) => targets === "instance",
  },
});

/** What else a load balancer takes as a plain value. */
export const NLB_ARGUMENTS = Object.freeze({
  scheme: argument<Scheme>(word(["internal", "internet-facing"]), AWS.scheme, AWS.internal),
  tags: { ...argument(TEXT_MAP, AWS.tags), isInert: true },
});

/** The argument, under the records that hold it, by the annotation that it stands for; several share one annotation. */
export const ANNOTATED_ARGUMENTS: ReadonlyMap<string, readonly string[]> = annotated([
  ...Object.entries(HEALTH_CHECK_ARGUMENTS).map(([key, one]) => [`healthCheck.${key}`, one] as const),
  ...Object.entries<Argument<unknown>>({ ...NLB_FLAGS, ...NLB_ARGUMENTS }),
]);

function argument<T>(value: Argument<T>["value"], ...annotations: readonly [string, ...string[]]) {
  return { value, annotations };
}

function annotated(
  all: readonly (readonly [string, Argument<unknown>])[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [path, { annotations = [] }] of all)
    for (const annotation of annotations) found.set(annotation, [...(found.get(annotation) ?? []), path]);
  return found;
}
