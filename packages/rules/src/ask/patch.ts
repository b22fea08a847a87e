import { balancerOf, rebuiltFor } from "@evenkeel/core/balancers";
import { isKnown, type Front, type Service } from "@evenkeel/core/model";
import { mergePatch } from "../frame/merge-patch";

const ANNOTATION = /^metadata\.annotations\["(.+)"\]$/;

/**
 * A merge patch that leaves the health check to the controller, where that then sets the right one. Only where the front is built from
 * annotations, and only with keys that are written.
 */
export function healthCheckPatch(front: Front, service: Service): string | undefined {
  const check = front.healthCheck;
  if (!check || front.resource.kind !== "Service" || !balancerOf(front)) return undefined;
  const keys = [check.protocol, check.port, check.path].flatMap((setting) => {
    const key = setting?.by === "given" ? ANNOTATION.exec(setting.at.path)?.[1] : undefined;
    return key ? [key] : [];
  });
  return keys.length > 0 && isRightWithout(keys, front, service)
    ? annotationsPatch(service, Object.fromEntries(keys.map((key) => [key, null])))
    : undefined;
}

/** Whether the check is what the load balancer requires once these annotations are gone; so is one that nobody builds again here. */
function isRightWithout(keys: readonly string[], front: Front, service: Service): boolean {
  const annotations = Object.fromEntries(
    Object.entries(service.annotations).filter(([key]) => !keys.includes(key)),
  );
  const built = rebuiltFor(front, { ...service, annotations });
  const required = balancerOf(front)?.healthCheckFor(service)?.required;
  if (!built || !required) return true;
  const { protocol, port } = built.healthCheck ?? {};
  if (protocol === undefined || port === undefined) return false;
  const isAllowed = required.protocols?.some((allowed) => allowed === protocol.value) ?? true;
  const isPort = required.port === undefined || required.port.value === port.value;
  return isAllowed && isPort && required.closedPorts.every(({ value }) => value !== port.value);
}

/** A patch for the annotations of a Service; `null` removes a key. */
export function annotationsPatch(
  { ref }: Service,
  annotations: Readonly<Record<string, string | null>>,
): string {
  return mergePatch(ref, { annotations });
}

/** A patch for plain fields of the spec of a Service or workload; `null` removes a field. */
export function specPatch(
  { ref }: Pick<Service, "ref">,
  spec: Readonly<Record<string, string | number | boolean | null>>,
): string {
  return mergePatch(ref, { spec });
}

/** Cluster in place of Local. The API server refuses a health-check node port under Cluster, so a pinned one goes with the policy. */
export function clusterPatch(service: Service): string {
  const { healthCheckNodePort: port } = service;
  const policy = { externalTrafficPolicy: "Cluster" };
  const isPinned = port !== undefined && isKnown(port);
  return specPatch(service, isPinned ? { ...policy, healthCheckNodePort: null } : policy);
}
