import { besides, fixOfLaw } from "../ask/fix";
import { checksOf } from "../ask/checks";
import { eachLocalFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { clusterPatch } from "../ask/patch";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_TRAFFIC_POLICIES, PROXY_PROTOCOL } from "../references";

const GENERAL = "EK11";
const FACTS = factsOfLaws(GENERAL, "localBesideProxyHeader");

export const proxyProtocolNeedsNoLocal = rule({
  id: "proxy-protocol-needs-no-local",
  subject: "exposure",
  severity: "low",
  level: "advisory",
  law: "A Service whose load balancer sends a PROXY header keeps externalTrafficPolicy Cluster.",
  why: "the header carries the client's address under Cluster too, which spreads evenly over the pods and works with a plain health check; Local only adds imbalance",
  fix: "Set externalTrafficPolicy: Cluster, keep the PROXY header, and check the port of the traffic.",
  facts: FACTS,
  restsOn: "kube-proxy",
  refs: [PROXY_PROTOCOL, KUBE_TRAFFIC_POLICIES],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, FACTS, function* (one) {
      const header = one.front.proxyProtocol.value;
      if (header !== "v1" && header !== "v2") return yield ok;
      if (checksOf(one.front).some(({ proxyProtocol }) => proxyProtocol === undefined))
        return yield notApplicable("the header breaks the health check, which another rule reports");
      yield violated({
        facts: factsOfLaw(GENERAL, one, "localBesideProxyHeader"),
        at: { resource: service.ref, path: "spec.externalTrafficPolicy" },
        seen: `Local with a PROXY header (${header})`,
        wanted: "Cluster",
        ...fixOfLaw(one, service, "localBesideProxyHeader"),
        patch: clusterPatch(service),
        related: besides(service.ref, one.front.resource),
      });
    });
  },
  examples: () => lawExamples("proxy-protocol-needs-no-local"),
});
