import * as aws from "../balancers/aws";
import { balancerOf, balancersNamed } from "../balancers";
import { wired } from "../decide/health-check";
import {
  byDefault,
  isUnknown,
  reachesNodes,
  type Front,
  type HealthCheck,
  type Service,
  type TargetKind,
} from "../model";

/** Whether a controller builds the front from the Service itself, health check included. */
export function isBuiltFromService({ resource, controller }: Front): boolean {
  return resource.kind === "Service" && aws.AWS_CONTROLLERS.some((name) => name === controller.name);
}

/** The front as it is to be with another Service: what its controller builds, or else what its balancer recommends. */
export function frontFor(front: Front, service: Service): Front {
  const built = rebuilt(front, service);
  return built?.targets.value === front.targets.value ? built : recommended(front, service);
}

function recommended(front: Front, service: Service): Front {
  const balancer = balancerOf(front);
  // Where nothing checks, a check is what it takes.
  const checked = isUnchecked(front) ? (balancer?.inPlaceOf(front) ?? front) : front;
  const path = balancer?.healthCheckFor(service).recommended.path;
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
  if (isBuiltFromService(front) && targets === "ip" && front.controller.name === "cloud-provider-aws")
    throw new RangeError(
      "cloud-provider-aws registers nodes only; ip targets need AWS Load Balancer Controller or EKS Auto Mode",
    );
  const annotation = `${aws.AWS_PREFIX}${aws.AWS.targetType}`;
  const annotated = { ...service, annotations: { ...service.annotations, [annotation]: targets } };
  const built = rebuilt(front, annotated);
  return built?.targets.value === targets ? built : recommended(other.inPlaceOf(front), service);
}

function knownTargets(balancer: string): string {
  const kinds = balancersNamed(balancer).flatMap((one) => one.targets);
  return kinds.length === 0 ? "" : `; it has ${kinds.join(" and ")}`;
}

/** What the controller makes of the Service for this front's port; undefined where no controller builds it, or this one refuses. */
function rebuilt(front: Front, service: Service): Front | undefined {
  if (!isBuiltFromService(front)) return undefined;
  const outcome = build(front.controller.name, service);
  if ("refusal" in outcome) return undefined;
  const { attributes, listeners } = outcome.built;
  const listener = listeners.find(({ servicePort }) => servicePort === front.servicePort);
  if (!listener) return undefined;
  const { targets, port, healthCheck, proxyProtocol, preservesClientAddress, ...group } =
    listener.targetGroup;
  return {
    ...front,
    targets,
    targetPort: port,
    healthCheck,
    proxyProtocol,
    preservesClientAddress,
    attributes: aws.frontAttributes(group.attributes, attributes),
  };
}

function build(controller: string, service: Service): aws.Outcome<aws.BuiltLoadBalancer> {
  if (controller === "cloud-provider-aws") return aws.ccmBuild(service);
  return controller === "eks-auto-mode" ? aws.autoModeBuild(service) : aws.lbcBuild(service);
}

/** cloud-provider-aws makes a new target group where the protocol or interval of its check changes (`aws_loadbalancer.go`). */
export function isReplaced(before: Front, after: Front): boolean {
  if (before.controller.name !== "cloud-provider-aws" || !isBuiltFromService(before)) return false;
  const of = ({ healthCheck }: Front): readonly unknown[] => [
    healthCheck?.protocol.value,
    healthCheck?.intervalSeconds.value,
  ];
  return JSON.stringify(of(before)) !== JSON.stringify(of(after));
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
