import { reachesNodes } from "@evenkeel/core/model";
import { besides, fixOfLaw } from "../ask/fix";
import { eachFront, onlyPodTargets } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { clusterPatch } from "../ask/patch";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_TRAFFIC_POLICIES } from "../references";

const GENERAL = "EK10";
const FACTS = factsOfLaws(GENERAL, "podTargets");

export const podTargetsNeedNoLocal = rule({
  id: "pod-targets-need-no-local",
  subject: "exposure",
  severity: "low",
  level: "advisory",
  law: "A Service whose load balancer sends to the pods themselves keeps externalTrafficPolicy Cluster.",
  why: "kube-proxy is not on that path, so Local changes nothing there, and drops traffic that enters by node ports on nodes without a pod",
  fix: "Set externalTrafficPolicy: Cluster.",
  facts: FACTS,
  refs: [KUBE_TRAFFIC_POLICIES],
  *check(exposure) {
    const { service } = exposure;
    if (service.externalTrafficPolicy !== "Local") return yield ok;
    yield* eachFront(exposure, FACTS, function* (one) {
      if (reachesNodes(one.targets)) return yield notApplicable("nodes are the targets");
      if (!onlyPodTargets(exposure)) return yield notApplicable("another load balancer sends to nodes");
      yield violated({
        facts: factsOfLaw(GENERAL, one, "podTargets"),
        at: { resource: service.ref, path: "spec.externalTrafficPolicy" },
        seen: "Local",
        wanted: "Cluster",
        ...fixOfLaw(one, service, "podTargets"),
        patch: clusterPatch(service),
        related: besides(service.ref, one.front.resource),
      });
    });
  },
  examples: () => lawExamples("pod-targets-need-no-local"),
});
