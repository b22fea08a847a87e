import {
  balancerOf,
  canPass,
  isTrafficPort,
  rebuiltFor,
  type Balancer,
  type CheckAnswer,
  type HealthCheckWish,
} from "../balancers";
import {
  byDefault,
  isUnknown,
  type Exposure,
  type Front,
  type HealthCheck,
  type Service,
  type Setting,
  type Statement,
  type Workload,
} from "../model";
import { sayDecide } from "./texts";

/** The front with the check that its balancer recommends for the Service. */
export function wired(front: Front, service: Service): Front {
  const balancer = balancerOf(front);
  if (!balancer || !front.healthCheck) return front;
  const wish = balancer.healthCheckFor(service, front)?.recommended;
  if (!wish) return front;
  const at = front.healthCheck.protocol.at;
  const healthCheck: HealthCheck = {
    protocol: byDefault(wish.protocol, at),
    port: byDefault(wish.port, at),
    intervalSeconds: byDefault(wish.intervalSeconds, at),
    timeoutSeconds: byDefault(wish.timeoutSeconds, at),
    healthyThreshold: byDefault(wish.healthyThreshold, at),
    unhealthyThreshold: byDefault(wish.unhealthyThreshold, at),
    ...(wish.proxyProtocol ? { proxyProtocol: byDefault(wish.proxyProtocol, at) } : {}),
  };
  return { ...front, healthCheck };
}

/**
 * The front as it would be with the Service. Where a controller builds it from the Service, the check follows by itself, unless somebody
 * wrote one that is wrong then; elsewhere it is set to what its balancer recommends.
 */
export function frontWith(front: Front, service: Service, workloads: readonly Workload[]): Front {
  const built = rebuiltFor(front, service);
  if (!built || built.targets.value !== front.targets.value) return wired(front, service);
  const { healthCheck: _, ...others } = front;
  const following = built.healthCheck ? { ...others, healthCheck: built.healthCheck } : others;
  return healthCheckAssumed(following, { service, workloads }) === undefined
    ? following
    : wired(following, service);
}

/**
 * What a decision about the policy assumes: the candidate was evaluated with the check that goes with it, so somebody who wrote
 * another one has to know. Undefined where nobody did, or the difference does not matter.
 *
 * @param service with the candidate's policy
 */
export function healthCheckAssumed(
  front: Front,
  { service, workloads }: Pick<Exposure, "service" | "workloads">,
): Statement | undefined {
  const balancer = balancerOf(front);
  const wish = balancer?.healthCheckFor(service, front);
  if (!balancer || !wish || !front.healthCheck) return undefined;
  if (!isWrong(balancer, front, front.healthCheck, wish, { service, workloads })) return undefined;
  const { protocol, path = null, port } = wish.recommended;
  return sayDecide("health-check-changed", {
    protocol,
    path,
    port: isUnknown(port) || port === service.healthCheckNodePort ? "healthCheckNodePort" : String(port),
  });
}

/** Whether something that somebody wrote breaks the law of the balancer, or shows it other nodes than the check that it wants. */
function isWrong(
  balancer: Balancer,
  front: Front,
  { protocol, port }: HealthCheck,
  { required }: HealthCheckWish,
  { service, workloads }: Pick<Exposure, "service" | "workloads">,
): boolean {
  // Local without the port (type NodePort) has no check that could be fixed.
  if (service.externalTrafficPolicy === "Local" && service.healthCheckNodePort === undefined) return false;
  const asIs = balancer.check(front, service, workloads);
  const asRecommended = balancer.check(wired(front, service), service, workloads);
  // What a controller sets by itself can be wrong as well.
  if (canPass(asIs) === false && canPass(asRecommended) !== false) return true;
  const wrote = <T>({ by, value }: Setting<T>): boolean => by === "given" && !isUnknown(value);
  if (!wrote(protocol) && !wrote(port)) return false;
  const wrongProtocol =
    wrote(protocol) && required.protocols?.every((allowed) => allowed !== protocol.value) === true;
  const wrongPort =
    wrote(port) &&
    (required.closedPorts.some(({ value }) => value === port.value) ||
      (required.port !== undefined &&
        (isUnknown(required.port.value)
          ? isTrafficPort(port.value, front.targetPort.value)
          : port.value !== required.port.value)));
  return wrongProtocol || wrongPort || !samePassing(asIs, asRecommended);
}

function samePassing({ possible: a }: CheckAnswer, { possible: b }: CheckAnswer): boolean {
  return a.join() === b.join();
}
