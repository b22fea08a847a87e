import * as aws from "../balancers/aws";
import { healthCheckAssumed } from "../decide/health-check";
import type { Front, Service } from "../model";
import { isBuiltFromService } from "./after";

/** Annotations that say what a controller's health check asks; with one of them it does not follow the policy of itself. */
const CHECK_ANNOTATIONS: readonly string[] = [
  aws.AWS.healthCheckProtocol,
  aws.AWS.healthCheckPort,
  aws.AWS.healthCheckPath,
].map((name) => `${aws.AWS_PREFIX}${name}`);

/**
 * The annotations to remove so that the controller gives the check that goes with the Service. None where no controller builds the
 * front from it, or what somebody wrote does no harm.
 *
 * @param front as its controller builds it from the Service
 */
export function wrongPins(front: Front, service: Service): readonly string[] {
  if (!isBuiltFromService(front) || healthCheckAssumed(front, service) === undefined) return [];
  return CHECK_ANNOTATIONS.filter((name) => Object.hasOwn(service.annotations ?? {}, name));
}

export function withoutAnnotations(service: Service, names: readonly string[]): Service {
  const kept = Object.entries(service.annotations ?? {}).filter(([name]) => !names.includes(name));
  return { ...service, annotations: Object.fromEntries(kept) };
}

/** `annotations a and b`. */
export function annotationsTold(names: readonly string[]): string {
  const list = [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
  return `annotation${names.length === 1 ? "" : "s"} ${list}`;
}
