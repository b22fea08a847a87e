import { HEALTH_CHECK_PATH, isTrafficPort, type LawName } from "@evenkeel/core/balancers";
import {
  acceptsStatus,
  HEALTH_CHECK_PROTOCOLS,
  isUnknown,
  type HealthCheck,
  type Service,
} from "@evenkeel/core/model";
import { checksOf } from "../ask/checks";
import { besides, fixOfLaw } from "../ask/fix";
import { eachLocalFront, type ModelledFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { healthCheckPatch } from "../ask/patch";
import { inNodePortRange, isHealthCheckNodePort, NODE_COMPONENT_PORTS } from "../ask/ports";
import { show, showHealthCheck } from "../ask/show";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KEP_1669, KUBE_PROXY_HEALTH } from "../references";

const GENERAL = "EK5";
const FACTS = factsOfLaws(
  GENERAL,
  "localCheckProtocol",
  "localCheckPort",
  "localCheckTraffic",
  "localCheckStatus",
);

export const localNeedsHttpHealthCheck = rule({
  id: "local-needs-http-health-check",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "The health check of the nodes behind a Local Service reads the HTTP status of the health-check node port.",
  why: "that port is open on every node, and only its status says whether the node has a ready pod; any other check passes on nodes that drop the traffic, or until the last pod is gone",
  fix: "Set the health check to HTTP, path /healthz, on the Service's healthCheckNodePort.",
  facts: FACTS,
  restsOn: "kube-proxy",
  refs: [KUBE_PROXY_HEALTH, KEP_1669],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, FACTS, function* (one) {
      if (service.healthCheckNodePort === undefined)
        return yield notApplicable("the Service has no health-check node port");
      if (one.balancer.healthCheckFor(service) === undefined)
        return yield notApplicable("it needs no health check to know which nodes serve");
      for (const check of checksOf(one.front)) yield readsStatus(service, one, check);
    });
  },
  examples: () => lawExamples("local-needs-http-health-check"),
});

/** A known mismatch wins over an unknown beside it: TCP is wrong whatever the port will be. */
function readsStatus(service: Service, one: ModelledFront, check: HealthCheck): Outcome {
  const { protocols = HEALTH_CHECK_PROTOCOLS } = one.balancer.healthCheckFor(service)?.required ?? {};
  const protocol = check.protocol.value;
  const port = isHealthCheckNodePort(check.port.value, service);
  const isWrongProtocol = !isUnknown(protocol) && !protocols.includes(protocol);
  if (isWrongProtocol || port === false) {
    const at = isWrongProtocol ? check.protocol.at : check.port.at;
    const ofTraffic = one.balancer.laws.localCheckTraffic && asksTrafficPort(service, one, check);
    const laws: readonly LawName[] = ofTraffic
      ? ["localCheckTraffic"]
      : [
          ...(protocol === "TCP" ? (["localCheckProtocol"] as const) : []),
          ...(port === false || protocol === "HTTPS" ? (["localCheckPort"] as const) : []),
        ];
    return violated({
      facts: [...new Set(laws.flatMap((law) => factsOfLaw(GENERAL, one, law)))],
      at,
      seen: showHealthCheck(check),
      wanted: wantedCheck(service),
      ...fixOfLaw(one, service, ofTraffic ? "localCheckTraffic" : "localCheckPort"),
      ...(ofTraffic ? { effect: LATE } : {}),
      patch: ofTraffic ? undefined : healthCheckPatch(one.front, service),
      related: besides(at.resource, service.ref, one.front.resource),
      assumption: isWrongProtocol || ofTraffic ? undefined : noOwnResponder(check),
    });
  }
  if (isUnknown(protocol)) {
    const how = "set the protocol to a plain value";
    return undecided({ facts: FACTS, at: check.protocol.at, unknown: protocol, how });
  }
  if (isUnknown(port)) {
    const how =
      "take the port from the Service's healthCheckNodePort, or pin it on both sides in 30000-30085";
    return undecided({ facts: FACTS, at: check.port.at, unknown: port, how });
  }
  return tellsStatusApart(service, one, check);
}

const LATE =
  "nodes without a pod fail this check, but one whose last pod is ending passes until the pod is gone, and gets connections that nobody serves until the check has failed often enough";

/** The node port of the traffic, or that of another port of the Service, which is open where a pod is. */
function asksTrafficPort({ ports }: Service, { front }: ModelledFront, { port }: HealthCheck): boolean {
  return (
    isTrafficPort(port.value, front.targetPort.value) ||
    ports.some(({ nodePort }) => nodePort !== undefined && nodePort !== 0 && nodePort === port.value)
  );
}

/** kube-proxy answers 200 on nodes with a ready pod and 503 on others; a check must pass on the first alone. */
function tellsStatusApart(service: Service, one: ModelledFront, check: HealthCheck): Outcome {
  const { matcher } = check;
  if (!matcher) return ok;
  const { value, at } = matcher;
  if (isUnknown(value)) {
    const how = "write the status that passes, such as 200";
    return undecided({ facts: FACTS, at, unknown: value, how });
  }
  if (acceptsStatus(value, 200) !== false && acceptsStatus(value, 503) !== true) return ok;
  return violated({
    facts: factsOfLaw(GENERAL, one, "localCheckStatus"),
    at,
    seen: `${showHealthCheck(check)}, passing on status ${show(value)}`,
    wanted: "a check that passes on status 200 and fails on 503",
    ...fixOfLaw(one, service, "localCheckStatus"),
    related: besides(at.resource, service.ref, one.front.resource),
  });
}

function wantedCheck({ healthCheckNodePort: port }: Service): string {
  const where = port === undefined || isUnknown(port) ? "healthCheckNodePort" : String(port);
  return `HTTP ${HEALTH_CHECK_PATH} on ${where}`;
}

/**
 * Another port is wrong unless a responder of the user's own, which knows the endpoints, listens there on every node. Node ports,
 * the ports of node components and numbers that are no port exclude one; on any other port there may be one.
 */
function noOwnResponder({ port: { value: port } }: HealthCheck): string | undefined {
  if (isUnknown(port) || port === "traffic-port") return undefined;
  const isPort = port >= 1 && port <= 65535;
  if (!isPort || inNodePortRange(port) || port in NODE_COMPONENT_PORTS) return undefined;
  return `nothing that listens on port ${port} of the nodes knows this Service's endpoints`;
}
