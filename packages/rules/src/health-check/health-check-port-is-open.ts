import { canPass } from "@evenkeel/core/balancers";
import {
  isUnknown,
  reachesNodes,
  type Exposure,
  type HealthCheck,
  type Service,
  type Unknown,
} from "@evenkeel/core/model";
import { checksOf } from "../ask/checks";
import { besides, fixOfLaw } from "../ask/fix";
import { eachFront, type ModelledFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { healthCheckPatch } from "../ask/patch";
import { hasUnknownNodePort, inNodePortRange, isOwnNodePort, ownNodePorts } from "../ask/ports";
import { showHealthCheck } from "../ask/show";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH } from "../references";

const GENERAL = "EK6";
const FACTS = factsOfLaws(GENERAL, "checkPortOpen", "udpCheckPort");

export const healthCheckPortIsOpen = rule({
  id: "health-check-port-is-open",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "The health check asks a port on which its target listens.",
  why: "nobody listens there, so every target is unhealthy: the load balancer refuses all connections, or sends to every target without a check",
  fix: "Check over TCP on the port of the traffic, or over HTTP on a port that is open.",
  facts: FACTS,
  restsOn: "kube-proxy",
  refs: [KUBE_PROXY_HEALTH],
  *check(exposure) {
    yield* eachFront(exposure, FACTS, function* (one) {
      const answer = reachesNodes(one.targets) ? nodeListens : podListens;
      for (const check of checksOf(one.front))
        yield withoutTcp(exposure, one, check) ?? answer(exposure, one, check);
    });
  },
  examples: () => lawExamples("health-check-port-is-open"),
});

/** In the node-port range kube-proxy alone decides who listens on a node; outside of it anything may. */
function nodeListens({ service }: Exposure, one: ModelledFront, check: HealthCheck): Outcome {
  if (service.externalTrafficPolicy !== "Cluster") return notApplicable("the policy is not Cluster");
  const { port, protocol, path } = check;
  if (isUnknown(port.value)) {
    if (isHealthCheckField(port.value)) return closed(service, one, check);
    if (isOwnNodePort(port.value, service)) return ok;
    const how = "take the port from the Service's nodePort, or use the port of the traffic";
    return undecided({ facts: FACTS, at: port.at, unknown: port.value, how });
  }
  if (port.value === "traffic-port" || !inNodePortRange(port.value)) return ok;
  if (ownNodePorts(service).includes(port.value)) return ok;
  const asksKubeProxy = protocol.value !== "TCP" && (path === undefined || path.value === "/healthz");
  const unknown = service.ports.flatMap(({ nodePort }) =>
    nodePort && isUnknown(nodePort) ? nodePort : [],
  )[0];
  if (hasUnknownNodePort(service) && !asksKubeProxy && unknown) {
    const how = "use the port of the traffic, or pin the node port";
    return undecided({ facts: FACTS, at: port.at, unknown, how });
  }
  return closed(service, one, check);
}

/** The check asks over TCP on a port of UDP: of a node nothing answers there, of a pod only what declares it for TCP as well. */
function withoutTcp(
  { service, workloads }: Exposure,
  one: ModelledFront,
  check: HealthCheck,
): Outcome | undefined {
  const answer = one.balancer.check({ ...one.front, healthCheck: check }, service, workloads);
  const code = answer.because?.code;
  const never = code === "check-needs-tcp" && canPass(answer) === false;
  if (!never && code !== "pods-may-answer-tcp") return undefined;
  const { at } = check.port;
  return violated({
    facts: factsOfLaw(GENERAL, one, "udpCheckPort"),
    at,
    seen: `${showHealthCheck(check)}, a port of UDP`,
    wanted: reachesNodes(one.targets)
      ? "a TCP port that every node answers on, such as 10256"
      : "a TCP port that the pods have",
    ...fixOfLaw(one, service, "udpCheckPort"),
    related: besides(at.resource, service.ref, one.front.resource),
    assumption: never ? undefined : "the pods do not answer over TCP on that port",
  });
}

/** A pod listens on its own ports, not on those that kube-proxy opens on the node. */
function podListens({ service, workloads }: Exposure, one: ModelledFront, check: HealthCheck): Outcome {
  const port = check.port.value;
  if (isUnknown(port)) {
    if (isHealthCheckField(port) || isOwnNodePort(port, service)) return closed(service, one, check);
    const how = "set the port of the check to a plain value";
    return undecided({ facts: FACTS, at: check.port.at, unknown: port, how });
  }
  const isOfNode =
    port === service.healthCheckNodePort ||
    (typeof port === "number" && inNodePortRange(port) && ownNodePorts(service).includes(port));
  const isOfPod = workloads.some(({ template }) =>
    template.spec.containers.some(({ ports = [] }) =>
      ports.some(({ containerPort }) => containerPort === port),
    ),
  );
  const isTraffic = port === "traffic-port" || port === one.front.targetPort.value;
  return isOfNode && !isOfPod && !isTraffic ? closed(service, one, check) : ok;
}

function closed(service: Service, one: ModelledFront, check: HealthCheck): Outcome {
  const { at } = check.port;
  return violated({
    facts: factsOfLaw(GENERAL, one, "checkPortOpen"),
    at,
    seen: showHealthCheck(check),
    wanted: reachesNodes(one.targets)
      ? "TCP on traffic-port, or HTTP /healthz on 10256"
      : "a port of the pods, such as traffic-port",
    ...fixOfLaw(one, service, "checkPortOpen"),
    patch: healthCheckPatch(one.front, service),
    related: besides(at.resource, service.ref, one.front.resource),
  });
}

function isHealthCheckField({ origin }: Unknown): boolean {
  return origin?.field?.endsWith("healthCheckNodePort") ?? false;
}
