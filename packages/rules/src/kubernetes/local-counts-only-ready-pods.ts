import { onlyPodTargets } from "../ask/fronts";
import { specPatch } from "../ask/patch";
import { LOCAL, webService } from "../examples";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH } from "../references";

export const localCountsOnlyReadyPods = rule({
  id: "local-counts-only-ready-pods",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "A Local Service does not publish the addresses of pods that are not ready.",
  why: "publishNotReadyAddresses counts starting, failing and terminating pods as ready, so the health-check node port answers 200 on nodes where nothing serves",
  fix: "Remove publishNotReadyAddresses; give peers that need unready addresses a headless Service of their own.",
  facts: ["K8S-L3"],
  restsOn: "kube-proxy",
  refs: [KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service } = exposure;
    if (service.type !== "LoadBalancer" || service.externalTrafficPolicy !== "Local")
      return yield notApplicable("no Local LoadBalancer");
    if (onlyPodTargets(exposure)) return yield notApplicable("the pods are the targets");
    if (service.publishNotReadyAddresses !== true) return yield ok;
    yield violated({
      facts: ["K8S-L3"],
      at: { resource: service.ref, path: "spec.publishNotReadyAddresses" },
      seen: "true",
      wanted: "false",
      patch: specPatch(service, { publishNotReadyAddresses: false }),
    });
  },
  examples: () =>
    lawExamples("local-counts-only-ready-pods", {
      bad: [
        {
          name: "Local that publishes pods that are not ready",
          objects: [webService({ ...LOCAL, publishNotReadyAddresses: true })],
          expect: {
            at: "Service shop/web spec.publishNotReadyAddresses",
            seen: "true",
            wanted: "false",
            fix: "Remove publishNotReadyAddresses; give peers that need unready addresses a headless Service of their own.",
            patch: { spec: { publishNotReadyAddresses: false } },
            level: "mandatory",
          },
        },
      ],
      good: [
        { name: "Local with ready pods only", objects: [webService(LOCAL)] },

        { name: "Cluster may publish them", objects: [webService({ publishNotReadyAddresses: true })] },
      ],
    }),
});
