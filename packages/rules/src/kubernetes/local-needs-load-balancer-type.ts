import { balancerOf } from "@evenkeel/core/balancers";
import { besides } from "../ask/fix";
import { onlyPodTargets } from "../ask/fronts";
import { factsOfLaws } from "../ask/law";
import { specPatch } from "../ask/patch";
import { LOCAL, webService } from "../examples";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH, KUBE_TRAFFIC_POLICIES } from "../references";

export const localNeedsLoadBalancerType = rule({
  id: "local-needs-load-balancer-type",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "A Local Service is of type LoadBalancer.",
  why: "type NodePort has no health-check node port, so no load balancer can find out which nodes have a pod, and the others drop the traffic",
  fix: "Use type LoadBalancer, with a loadBalancerClass that no controller claims if the load balancer is built elsewhere, or externalTrafficPolicy: Cluster.",
  facts: ["K8S-L2", ...factsOfLaws("K8S-L2", "localServiceType")],
  restsOn: "kube-proxy",
  refs: [KUBE_PROXY_HEALTH, KUBE_TRAFFIC_POLICIES],
  *check(exposure) {
    const { service } = exposure;
    if (service.externalTrafficPolicy !== "Local") return yield notApplicable("the policy is not Local");
    if (service.type !== "NodePort") return yield ok;
    if (onlyPodTargets(exposure)) return yield notApplicable("the pods are the targets");
    const behind = exposure.fronts.flatMap((front) => ({
      front,
      law: balancerOf(front)?.laws.localServiceType,
    }));
    yield violated({
      facts: [...new Set(["K8S-L2" as const, ...behind.flatMap(({ law }) => law?.facts ?? [])])],
      at: { resource: service.ref, path: "spec.type" },
      seen: "NodePort with externalTrafficPolicy: Local",
      wanted: "LoadBalancer, or Cluster",
      patch: specPatch(service, { externalTrafficPolicy: "Cluster" }),
      related: besides(service.ref, ...behind.slice(0, 1).map(({ front }) => front.resource)),
    });
  },
  examples: () =>
    lawExamples("local-needs-load-balancer-type", {
      bad: [
        {
          name: "Local on a NodePort Service",
          objects: [
            webService({ type: "NodePort", externalTrafficPolicy: "Local", loadBalancerClass: undefined }),
          ],
          expect: {
            at: "Service shop/web spec.type",
            seen: "NodePort with externalTrafficPolicy: Local",
            wanted: "LoadBalancer, or Cluster",
            fix: "Use type LoadBalancer, with a loadBalancerClass that no controller claims if the load balancer is built elsewhere, or externalTrafficPolicy: Cluster.",
            patch: { spec: { externalTrafficPolicy: "Cluster" } },
            facts: ["K8S-L2"],
            level: "mandatory",
          },
        },
      ],
      good: [
        { name: "Local on a LoadBalancer", objects: [webService(LOCAL)] },

        {
          name: "Cluster on a NodePort Service",
          objects: [webService({ type: "NodePort", loadBalancerClass: undefined })],
        },
      ],
    }),
});
