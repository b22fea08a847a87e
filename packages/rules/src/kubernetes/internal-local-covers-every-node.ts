import { displayName, type Exposure } from "@evenkeel/core/model";
import { isDescribed, podsByNode } from "../ask/placements";
import { specPatch } from "../ask/patch";
import { daemonSet, deployment, webService } from "../examples";
import { notApplicable, notJoined, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_TOPOLOGY, KUBE_TRAFFIC_POLICIES } from "../references";

export const internalLocalCoversEveryNode = rule({
  id: "internal-local-covers-every-node",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "A Service with internalTrafficPolicy: Local has a pod on every node that has clients, as a DaemonSet does.",
  why: "on a node without a pod every connection to the cluster IP is dropped: there is no answer and no fallback to other nodes",
  fix: "Run a DaemonSet, or use internalTrafficPolicy: Cluster with trafficDistribution: PreferSameNode (Kubernetes 1.34), which prefers pods on the same node and falls back to others.",
  facts: ["K8S-L4"],
  restsOn: "kube-proxy",
  refs: [KUBE_TRAFFIC_POLICIES, KUBE_PROXY_TOPOLOGY],
  *check(exposure) {
    const { service, workloads, missing } = exposure;
    if (service.internalTrafficPolicy !== "Local" || service.headless)
      return yield notApplicable("the internal policy is not Local");
    const at = { resource: service.ref, path: "spec.internalTrafficPolicy" };
    const absent = missing.find(({ what }) => what === "workload");
    if (workloads.length === 0 && absent) return yield notJoined({ facts: ["K8S-L4"], at, missing: absent });
    if (workloads.length === 0) return yield notApplicable("no selector");
    if (workloads.some(({ runs }) => runs === "everyNode")) return yield ok;
    yield violated({
      facts: ["K8S-L4"],
      at,
      seen: `Local in front of ${workloads.map(({ ref }) => displayName(ref)).join(" and ")}`,
      wanted: "Cluster, or a DaemonSet",
      patch: specPatch(service, { internalTrafficPolicy: "Cluster" }),
      related: workloads.map(({ ref }) => ref),
      ...(coversEveryNode(exposure)
        ? {
            assumption: `every node of the cluster keeps a pod, as the scheduler would place them today`,
          }
        : {}),
    });
  },
  examples: () => ({
    bad: [
      {
        name: "internal Local in front of a Deployment",
        objects: [webService({ internalTrafficPolicy: "Local" }), deployment({ replicas: 3 })],
        expect: {
          at: "Service shop/web spec.internalTrafficPolicy",
          seen: "Local in front of Deployment shop/web",
          wanted: "Cluster, or a DaemonSet",
          fix: "Run a DaemonSet, or use internalTrafficPolicy: Cluster with trafficDistribution: PreferSameNode (Kubernetes 1.34), which prefers pods on the same node and falls back to others.",
          patch: { spec: { internalTrafficPolicy: "Cluster" } },
          related: ["Deployment shop/web"],
          level: "mandatory",
        },
      },
    ],
    good: [
      {
        name: "internal Local in front of a DaemonSet",
        objects: [webService({ internalTrafficPolicy: "Local" }), daemonSet()],
      },
      {
        name: "a DaemonSet beside a Deployment",
        objects: [
          webService({ internalTrafficPolicy: "Local" }),
          daemonSet(),
          deployment({ replicas: 1 }, "web-canary"),
        ],
      },
      {
        name: "internal Cluster in front of a Deployment",
        objects: [webService(), deployment({ replicas: 3 })],
      },
    ],
  }),
});

/** True if a described cluster gets a pod on each of its nodes in every placement. */
function coversEveryNode(exposure: Exposure): boolean {
  return isDescribed(exposure) && podsByNode(exposure).every((pods) => pods.every((n) => n > 0));
}
