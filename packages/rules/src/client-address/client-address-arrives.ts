import { clientAddressOf } from "@evenkeel/core/balancers";
import { isUnknown, type Service } from "@evenkeel/core/model";
import { besides, fixOfLaw } from "../ask/fix";
import { eachFront, type ModelledFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_TRAFFIC_POLICIES, PROXY_PROTOCOL } from "../references";

const GENERAL = "EK9";
const FACTS = factsOfLaws(GENERAL, "clientAddress");

export const clientAddressArrives = rule({
  id: "client-address-arrives",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "Pods that need the client's address get it.",
  why: "logs, rate limits and allow-lists of the pods work on the address of a node or of the load balancer instead",
  fix: "Send a PROXY header that the pods read, or preserve the client's address on the whole path.",
  facts: FACTS,
  refs: [KUBE_TRAFFIC_POLICIES, PROXY_PROTOCOL],
  *check(exposure) {
    const { service, wishes } = exposure;
    if (!wishes?.clientAddress)
      return yield notApplicable("nothing says that the client's address is needed");
    yield* eachFront(exposure, FACTS, function* (one) {
      yield arrives(service, one);
    });
  },
  examples: () => lawExamples("client-address-arrives"),
});

function arrives(service: Service, one: ModelledFront): Outcome {
  const { proxyProtocol, preservesClientAddress: preserves } = one.front;
  const address = clientAddressOf(one.front, service);
  if (isUnknown(proxyProtocol.value)) {
    const how = "set the PROXY protocol to one plain value for all targets";
    return undecided({ facts: FACTS, at: proxyProtocol.at, unknown: proxyProtocol.value, how });
  }
  if (isUnknown(address)) {
    const how = "set what decides whose address the pods see to plain values";
    return undecided({ facts: FACTS, at: preserves.at, unknown: address, how });
  }
  const { sees, via } = address;
  if (sees === "client" && via === "peer" && isUnknown(preserves.value)) {
    const how = "set whether the client's address is preserved to a plain value";
    return undecided({ facts: FACTS, at: preserves.at, unknown: preserves.value, how });
  }
  if (sees === "client") return ok;
  // A load balancer that preserves the address leaves the loss to kube-proxy, which masquerades under Cluster.
  const byPolicy = preserves.value === true;
  const at = byPolicy ? { resource: service.ref, path: "spec.externalTrafficPolicy" } : proxyProtocol.at;
  return violated({
    facts: factsOfLaw(GENERAL, one, "clientAddress"),
    at,
    seen: `${byPolicy ? "Cluster and " : ""}no PROXY header: the pods see the address of ${sees === "node" ? "a node" : "the load balancer"}`,
    wanted: "the client's address",
    ...fixOfLaw(one, service, "clientAddress"),
    related: besides(at.resource, service.ref, one.front.resource),
  });
}
