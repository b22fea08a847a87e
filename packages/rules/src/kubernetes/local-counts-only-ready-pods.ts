import { onlyPodTargets } from "../ask/fronts";
import { specPatch } from "../ask/patch";
import { LOCAL, nlbService } from "../examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH } from "../references";

export const localCountsOnlyReadyPods = rule({
  id: "local-counts-only-ready-pods",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "A Local LoadBalancer does not publish addresses of pods that are not ready.",
  why: "publishNotReadyAddresses makes every pod look ready, starting, failing and terminating ones too, so the health-check node port says 200 where nothing serves",
  fix: "Remove publishNotReadyAddresses, or use a headless Service of its own for the peers that need it.",
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
  examples: () => ({
    bad: [
      {
        name: "Local that publishes pods that are not ready",
        objects: [nlbService({}, { ...LOCAL, publishNotReadyAddresses: true })],
        expect: {
          at: "Service shop/web spec.publishNotReadyAddresses",
          seen: "true",
          wanted: "false",
          fix: "Remove publishNotReadyAddresses, or use a headless Service of its own for the peers that need it.",
          patch: { spec: { publishNotReadyAddresses: false } },
          level: "mandatory",
        },
      },
    ],
    good: [
      { name: "Local with ready pods only", objects: [nlbService({}, LOCAL)] },
      {
        name: "a load balancer that asks the pods themselves",
        objects: [nlbService({}, { ...LOCAL, publishNotReadyAddresses: true }, "ip")],
      },
      { name: "Cluster may publish them", objects: [nlbService({}, { publishNotReadyAddresses: true })] },
    ],
  }),
});
