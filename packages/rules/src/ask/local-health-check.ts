import { HEALTH_CHECK_PATH, type RequiredHealthCheck } from "@evenkeel/core/balancers";
import {
  HEALTH_CHECK_PROTOCOLS,
  isUnknown,
  type Front,
  type HealthCheck,
  type ObjectRef,
  type Service,
} from "@evenkeel/core/model";
import type { FactId } from "../facts";
import { ok, undecided, violated, type Outcome } from "../frame/outcome";
import { healthCheckPatch } from "./patch";
import { inNodePortRange, isHealthCheckNodePort, NODE_COMPONENT_PORTS } from "./ports";
import { showHealthCheck } from "./show";

/** The facts that the law stands for, and those of them that a check shows which asks a wrong port, or in a wrong way. */
export interface LocalCheckFacts {
  readonly all: readonly FactId[];
  shownBy(check: HealthCheck, asksWrongPort: boolean): readonly FactId[];
}

/**
 * Holds the check of a front that sends to nodes against what a Local Service requires.
 * A known mismatch wins over an unknown beside it: TCP is wrong whatever the port will be.
 */
export function* localHealthCheck(
  service: Service,
  front: Front,
  check: HealthCheck,
  required: RequiredHealthCheck,
  facts: LocalCheckFacts,
): Iterable<Outcome> {
  const protocol = check.protocol.value;
  const port = isHealthCheckNodePort(check.port.value, service);
  const { protocols = HEALTH_CHECK_PROTOCOLS } = required;
  const wrongProtocol = !isUnknown(protocol) && !protocols.includes(protocol);
  if (wrongProtocol || port === false) {
    const at = wrongProtocol ? check.protocol.at : check.port.at;
    yield violated({
      facts: facts.shownBy(check, port === false),
      at,
      seen: showHealthCheck(check),
      wanted: `${protocols.join(" or ")} ${HEALTH_CHECK_PATH} on ${wantedPort(required)}`,
      patch: healthCheckPatch(front, service),
      related: [service.ref, front.resource].filter((ref) => !same(ref, at.resource)),
      assumption: wrongProtocol ? undefined : noOwnResponder(check),
    });
  } else if (isUnknown(protocol)) {
    const how = "set the protocol to a plain value";
    yield undecided({ facts: facts.all, at: check.protocol.at, unknown: protocol, how });
  } else if (isUnknown(port)) {
    const how =
      "feed the port from the Service's healthCheckNodePort, or pin it on both sides in 30000-30085";
    yield undecided({ facts: facts.all, at: check.port.at, unknown: port, how });
  } else {
    yield ok;
  }
}

function wantedPort({ port }: RequiredHealthCheck): string {
  if (port === undefined) return "healthCheckNodePort, which exists only with type LoadBalancer";
  return isUnknown(port.value) ? port.name : String(port.value);
}

function same(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/**
 * Another port is wrong unless a responder of the user's own, aware of the endpoints, listens there on every node. Node ports, the
 * ports of node components and numbers that are no port exclude one; any other may have one that is not in sight.
 */
function noOwnResponder({ port: { value: port } }: HealthCheck): string | undefined {
  if (isUnknown(port) || port === "traffic-port") return undefined;
  const isPort = port >= 1 && port <= 65535;
  if (!isPort || inNodePortRange(port) || port in NODE_COMPONENT_PORTS) return undefined;
  return `nothing that listens on port ${port} of the nodes knows this Service's endpoints`;
}
