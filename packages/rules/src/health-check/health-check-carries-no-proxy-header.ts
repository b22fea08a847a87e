import { isUnknown, reachesNodes, type HealthCheck, type Service, type Setting } from "@evenkeel/core/model";
import { checksOf } from "../ask/checks";
import { besides, fixOfLaw } from "../ask/fix";
import { eachFront, type ModelledFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { isHealthCheckNodePort, PLAIN_HEALTH_PORTS } from "../ask/ports";
import { show, showHealthCheck } from "../ask/show";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH, PROXY_PROTOCOL } from "../references";

const GENERAL = "EK7";
const FACTS = factsOfLaws(GENERAL, "localCheckHeader", "checkHeader");

type Header = Setting<"off" | "v1" | "v2">;

export const healthCheckCarriesNoProxyHeader = rule({
  id: "health-check-carries-no-proxy-header",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "A health check starts with a PROXY header only if the port that it asks parses one.",
  why: "a port that does not parse the header answers with an error, so every target is unhealthy",
  fix: "Send the PROXY header with the traffic alone, or check over TCP.",
  facts: FACTS,
  restsOn: "kube-proxy",
  refs: [PROXY_PROTOCOL, KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service } = exposure;
    yield* eachFront(exposure, FACTS, function* (one) {
      const isLocal = reachesNodes(one.targets) && service.externalTrafficPolicy === "Local";
      for (const check of checksOf(one.front)) {
        const own = check.proxyProtocol;
        const header = own ?? one.front.proxyProtocol;
        if (header.value === "off") yield notApplicable("no PROXY header");
        else if (isLocal && own) yield askedOfKubeProxy(service, one, check, own);
        else if (isLocal) yield withEveryCheck(service, one, header);
        else yield askedOfPort(service, one, check, header);
      }
    });
  },
  examples: () => lawExamples("health-check-carries-no-proxy-header"),
});

/** The header goes with every check, and the only right check under Local is answered by kube-proxy, which cannot parse one. */
function withEveryCheck(service: Service, one: ModelledFront, header: Header): Outcome {
  if (isUnknown(header.value)) return notKnown(header, header.value);
  return violated({
    facts: factsOfLaw(GENERAL, one, "localCheckHeader"),
    at: header.at,
    seen: `PROXY protocol ${header.value}, on health checks too, with externalTrafficPolicy: Local`,
    wanted: "Cluster with the PROXY protocol, or Local without",
    ...fixOfLaw(one, service, "localCheckHeader"),
    related: besides(header.at.resource, service.ref, one.front.resource),
  });
}

/** A header of the check's own before the health-check node port. A check over TCP only connects; that is a rule of its own. */
function askedOfKubeProxy(service: Service, one: ModelledFront, check: HealthCheck, header: Header): Outcome {
  const port = isHealthCheckNodePort(check.port.value, service);
  if (port === false || check.protocol.value === "TCP")
    return notApplicable("the check does not ask the health-check node port over HTTP");
  if (isUnknown(header.value)) return notKnown(header, header.value);
  if (port !== true) {
    const how = "pin spec.healthCheckNodePort to the port that is checked";
    return undecided({ facts: FACTS, at: check.port.at, unknown: port, how });
  }
  return violated({
    facts: factsOfLaw(GENERAL, one, "localCheckHeader"),
    at: header.at,
    seen: `a PROXY header (${header.value}) before ${showHealthCheck(check)}`,
    wanted: "a check without the header",
    ...fixOfLaw(one, service, "localCheckHeader"),
    related: besides(header.at.resource, service.ref, one.front.resource),
  });
}

/** The port of the traffic parses the header, or nothing would work; of other ports some are known not to. */
function askedOfPort(service: Service, one: ModelledFront, check: HealthCheck, header: Header): Outcome {
  const protocol = check.protocol.value;
  const port = check.port.value;
  if (protocol === "TCP" || isUnknown(protocol) || isUnknown(port)) return ok;
  if (port === "traffic-port" || port === one.front.targetPort.value) return ok;
  if (isUnknown(header.value)) return notKnown(header, header.value);
  return violated({
    facts: factsOfLaw(GENERAL, one, "checkHeader"),
    at: header.at,
    seen: `a PROXY header (${header.value}) before ${showHealthCheck(check)}`,
    wanted: "a check over TCP, or of a port that parses the header",
    ...fixOfLaw(one, service, "checkHeader"),
    related: besides(header.at.resource, service.ref, one.front.resource),
    assumption:
      port in PLAIN_HEALTH_PORTS
        ? undefined
        : `the process on port ${show(port)} does not parse the PROXY header`,
  });
}

function notKnown({ at }: Header, unknown: Extract<Header["value"], object>): Outcome {
  return undecided({ facts: FACTS, at, unknown, how: "set the PROXY protocol to a plain value" });
}
