import { balancerOf } from "@evenkeel/core/balancers";
import { isUnknown, type Exposure, type Place } from "@evenkeel/core/model";
import { besides } from "../ask/fix";
import { eachFront, type ModelledFront } from "../ask/fronts";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_IP_MODE, PROXY_PROTOCOL } from "../references";

const FACTS = ["proxy-header-inside"] as const;

export const proxyProtocolNeedsProxyModeInside = rule({
  id: "proxy-protocol-needs-proxy-mode-inside",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "In-cluster calls of a load balancer that sends a PROXY header leave the cluster: its status has a hostname, or ipMode Proxy.",
  why: "kube-proxy answers in-cluster calls of an address with ipMode VIP itself, without the PROXY header, and the pods close them as broken",
  fix: "Have the controller publish a hostname, or the address with ipMode Proxy; or let in-cluster clients call another Service whose pods read no header.",
  facts: FACTS,
  restsOn: "kube-proxy",
  refs: [KUBE_IP_MODE, PROXY_PROTOCOL],
  *check(exposure) {
    if (!exposure.wishes?.inClusterClients)
      return yield notApplicable("no client inside the cluster is known");
    yield* eachFront(exposure, FACTS, function* (one) {
      yield leavesCluster(exposure, one);
    });
  },
  examples: () => lawExamples("proxy-protocol-needs-proxy-mode-inside"),
});

function leavesCluster({ service }: Exposure, { front }: ModelledFront): Outcome {
  const { at, value: header } = front.proxyProtocol;
  if (header === "off") return ok;
  const owned = service.ingress.findIndex(({ ip, ipMode = "VIP" }) => ip !== undefined && ipMode === "VIP");
  const published = front.publishes?.value;
  if (service.ingress.length === 0 && isUnknown(published)) {
    const how = "add the Service with its status, as the cluster has it";
    return undecided({ facts: FACTS, at: front.publishes?.at ?? at, unknown: published, how });
  }
  const isOwned = service.ingress.length > 0 ? owned >= 0 : balancerOf(front)?.publishes(front) === "address";
  if (!isOwned) return ok;
  if (isUnknown(header)) {
    const how = "set the PROXY protocol to a plain value";
    return undecided({ facts: FACTS, at, unknown: header, how });
  }
  const place: Place = front.publishes?.at ?? at;
  return violated({
    facts: FACTS,
    at: place,
    seen:
      owned >= 0
        ? `an address with ipMode VIP in the status, and a PROXY header (${header})`
        : `an address with ipMode VIP, which the controller publishes, and a PROXY header (${header})`,
    wanted: "a hostname, or an address with ipMode Proxy",
    related: besides(place.resource, service.ref, front.resource),
  });
}
