import { eachFront } from "../ask/fronts";
import { clusterPatch } from "../ask/patch";
import { LOCAL, nlbService } from "../examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_TRAFFIC_POLICIES, LBC_NLB } from "../references";

export const nlbIpTargetsIgnoreLocal = rule({
  id: "nlb-ip-targets-ignore-local",
  subject: "exposure",
  severity: "low",
  level: "advisory",
  law: "A Service with IP targets keeps externalTrafficPolicy Cluster.",
  why: "the load balancer sends to the pods past kube-proxy, so Local changes nothing there and only makes other entrances drop traffic",
  fix: "Set externalTrafficPolicy: Cluster; to keep the client's address, set preserve_client_ip.enabled=true or PROXY protocol v2.",
  facts: ["U5"],
  refs: [LBC_NLB, KUBE_TRAFFIC_POLICIES],
  *check(exposure) {
    const { service } = exposure;
    yield* eachFront(exposure, "nlb", ["U5"], function* ({ front, targets }) {
      if (targets !== "ip") return yield notApplicable("nodes are the targets");
      if (service.externalTrafficPolicy !== "Local") return yield ok;
      yield violated({
        facts: ["U5"],
        at: { resource: service.ref, path: "spec.externalTrafficPolicy" },
        seen: "Local",
        wanted: "Cluster",
        patch: clusterPatch(service),
        related: front.resource.kind === "Service" ? [] : [front.resource],
      });
    });
  },
  examples: () => ({
    bad: [
      {
        name: "Local in front of pods",
        objects: [nlbService({}, LOCAL, "ip")],
        expect: {
          at: "Service shop/web spec.externalTrafficPolicy",
          seen: "Local",
          wanted: "Cluster",
          fix: "Set externalTrafficPolicy: Cluster; to keep the client's address, set preserve_client_ip.enabled=true or PROXY protocol v2.",
          patch: { spec: { externalTrafficPolicy: "Cluster", healthCheckNodePort: null } },
          level: "advisory",
        },
      },
    ],
    good: [
      { name: "Cluster in front of pods", objects: [nlbService({}, {}, "ip")] },
      { name: "Local in front of nodes", objects: [nlbService({}, LOCAL)] },
    ],
  }),
});
