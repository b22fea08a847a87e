import { isExternal } from "@evenkeel/core/estimate";
import { onlyPodTargets } from "../ask/fronts";
import { LOCAL, webService } from "../examples";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_TOPOLOGY, KUBE_TRAFFIC_POLICIES } from "../references";

export const localNeedsSelector = rule({
  id: "local-needs-selector",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "A Local Service has a selector.",
  why: "endpoints that are maintained by hand name no node, so no node has a local one and all traffic from outside is dropped",
  fix: "Give the Service a selector, or set externalTrafficPolicy: Cluster, or write nodeName on every endpoint of its EndpointSlices.",
  facts: ["K8S-L1"],
  restsOn: "kube-proxy",
  refs: [KUBE_PROXY_TOPOLOGY, KUBE_TRAFFIC_POLICIES],
  *check(exposure) {
    const { service, endpoints } = exposure;
    if (!isExternal(service) || service.externalTrafficPolicy !== "Local")
      return yield notApplicable("the policy is not Local");
    if (onlyPodTargets(exposure)) return yield notApplicable("the pods are the targets");
    if (service.selector !== undefined) return yield ok;
    const slices = Object.values(endpoints ?? {}).flat();
    if (slices.length > 0 && slices.every(({ nodeName }) => nodeName !== undefined)) return yield ok;
    yield violated({
      facts: ["K8S-L1"],
      at: { resource: service.ref, path: "spec.selector" },
      seen: "no selector with externalTrafficPolicy: Local",
      wanted: "a selector, or endpoints that name their node",
    });
  },
  examples: () =>
    lawExamples("local-needs-selector", {
      bad: [
        {
          name: "Local without a selector",
          objects: [webService({ ...LOCAL, selector: undefined })],
          expect: {
            at: "Service shop/web spec.selector",
            seen: "no selector with externalTrafficPolicy: Local",
            wanted: "a selector, or endpoints that name their node",
            fix: "Give the Service a selector, or set externalTrafficPolicy: Cluster, or write nodeName on every endpoint of its EndpointSlices.",
            level: "mandatory",
          },
        },
        {
          name: "endpoints maintained by hand that name no node",
          objects: [webService({ ...LOCAL, selector: undefined }), byHand({})],
          expect: {
            at: "Service shop/web spec.selector",
            seen: "no selector with externalTrafficPolicy: Local",
            wanted: "a selector, or endpoints that name their node",
          },
        },
      ],
      good: [
        {
          name: "endpoints maintained by hand that name their node",
          objects: [webService({ ...LOCAL, selector: undefined }), byHand({ nodeName: "node-a" })],
        },
        { name: "Local with a selector", objects: [webService(LOCAL)] },

        { name: "Cluster without a selector", objects: [webService({ selector: undefined })] },
      ],
    }),
});

function byHand(endpoint: object) {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web-1", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    endpoints: [{ addresses: ["192.0.2.10"], ...endpoint }],
    ports: [{ name: "http", port: 8080 }],
  };
}
