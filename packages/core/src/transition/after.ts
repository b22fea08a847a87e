import { balancerOf, balancersNamed, controllerOf, isBuiltFromService, rebuiltFor } from "../balancers";
import { wired } from "../decide/health-check";
import {
  byDefault,
  isUnknown,
  reachesNodes,
  type Front,
  type HealthCheck,
  type Service,
  type Statement,
  type TargetKind,
} from "../model";

/** The front as it is to be with another Service: what its controller builds, or else what its balancer recommends. */
export function frontFor(front: Front, service: Service): Front {
  const built = rebuiltFor(front, service);
  return built?.targets.value === front.targets.value ? built : recommended(front, service);
}

function recommended(front: Front, service: Service): Front {
  const balancer = balancerOf(front);
  // Where nothing checks, a check is what it takes.
  const checked = isUnchecked(front) ? (balancer?.inPlaceOf(front) ?? front) : front;
  const path = balancer?.healthCheckFor(service, front)?.recommended.path;
  const { healthCheck, ...others } = wired(checked, service);
  if (!healthCheck || path === undefined) return { ...others, ...(healthCheck ? { healthCheck } : {}) };
  return { ...others, healthCheck: { ...healthCheck, path: byDefault(path, healthCheck.protocol.at) } };
}

/** Whether the balancer takes every target for healthy because nobody told it to ask. */
export function isUnchecked(front: Front): boolean {
  const balancer = balancerOf(front);
  return !front.healthCheck && balancer !== undefined && balancer.timing(front).detection.least === Infinity;
}

/**
 * The front with the other kind of target. Throws a `RangeError` where the balancer, or the controller that builds it, knows no such
 * target.
 */
export function frontWithTargets(front: Front, service: Service, targets: TargetKind): Front {
  const other = balancersNamed(front.balancer).find((one) => one.targets.includes(targets));
  if (!other)
    throw new RangeError(`${front.balancer} has no ${targets} targets${knownTargets(front.balancer)}`);
  const controller = isBuiltFromService(front) ? controllerOf(front) : undefined;
  if (controller && !controller.targetKinds.includes(targets))
    throw new RangeError(
      `${controller.title} registers ${controller.targetKinds.join(" and ")} targets only; ${targets} targets need another controller`,
    );
  const edit = controller?.targetKindEdit?.(targets);
  const edited = edit
    ? { ...service, annotations: { ...service.annotations, [edit.annotation]: edit.value } }
    : service;
  const built = rebuiltFor(front, edited);
  return built?.targets.value === targets ? built : recommended(other.inPlaceOf(front), service);
}

function knownTargets(balancer: string): string {
  const kinds = balancersNamed(balancer).flatMap((one) => one.targets);
  return kinds.length === 0 ? "" : `; it has ${kinds.join(" and ")}`;
}

/** Why new targets take the place of the old ones; undefined where the change is made in place. */
export function replacedBy(before: Front, after: Front): Statement | undefined {
  const change = isBuiltFromService(before) ? controllerOf(before)?.change(before, after) : undefined;
  return change?.kind === "replaces" ? change.why : undefined;
}

/** `HTTP /healthz on 31923`, or null without a check. */
export function describeCheck(
  { healthCheck, targetPort, targets }: Front,
  { healthCheckNodePort }: Service,
): string | null {
  if (!healthCheck) return null;
  const protocol = isUnknown(healthCheck.protocol.value) ? "a check" : healthCheck.protocol.value;
  // A pod does not listen on the node's ports, whatever their number.
  const onNodes = isUnknown(targets.value) || reachesNodes(targets.value);
  const path = healthCheck.path && !isUnknown(healthCheck.path.value) ? ` ${healthCheck.path.value}` : "";
  return `${protocol}${protocol === "TCP" ? "" : path} on ${portOf(healthCheck, targetPort.value, onNodes ? healthCheckNodePort : undefined)}`;
}

function portOf(
  { port: { value } }: HealthCheck,
  targetPort: Front["targetPort"]["value"],
  own: Service["healthCheckNodePort"],
): string {
  if (isUnknown(value)) return "the healthCheckNodePort";
  if (value === "traffic-port" || value === targetPort) return "the traffic port";
  return value === own ? `the healthCheckNodePort ${value}` : `port ${value}`;
}

/** Whether established connections are reset when their target becomes unhealthy. */
export function resetsWhenUnhealthy(front: Front): boolean {
  return balancerOf(front)?.resetsUnhealthy(front) === true;
}

export function kindOf(front: Front | undefined): string | null {
  return (front && balancerOf(front)?.kind) ?? null;
}
