import { controllerOf, isBuiltFromService } from "../balancers";
import { healthCheckAssumed } from "../decide/health-check";
import type { Exposure, Front, Service } from "../model";

/**
 * The annotations to remove so that the controller gives the check that goes with the Service. None where no controller builds the
 * front from it, or what somebody wrote does no harm.
 *
 * @param front as its controller builds it from the Service
 */
export function wrongPins(
  front: Front,
  { service, workloads }: Pick<Exposure, "service" | "workloads">,
): readonly string[] {
  if (!isBuiltFromService(front) || healthCheckAssumed(front, { service, workloads }) === undefined)
    return [];
  const keys = controllerOf(front)?.healthCheckKeys ?? [];
  return keys.filter((name) => Object.hasOwn(service.annotations ?? {}, name));
}

export function withoutAnnotations(service: Service, names: readonly string[]): Service {
  const kept = Object.entries(service.annotations ?? {}).filter(([name]) => !names.includes(name));
  return { ...service, annotations: Object.fromEntries(kept) };
}
