import { placementsOf } from "@evenkeel/core/estimate";
import type { Exposure, Workload } from "@evenkeel/core/model";
import { specPatch } from "../ask/patch";
import { count } from "../ask/show";
import { daemonSet, deployment, nlbService } from "../examples";
import { notApplicable, notJoined, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_TOPOLOGY, KUBE_TRAFFIC_POLICIES } from "../references";

export const internalLocalCoversEveryNode = rule({
  id: "internal-local-covers-every-node",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "A Service with internalTrafficPolicy Local has a pod on every node that has clients: a DaemonSet.",
  why: "on a node without a local pod every connection to the cluster IP is dropped, without an answer and without falling back",
  fix: "Run a DaemonSet, or use internalTrafficPolicy: Cluster with trafficDistribution: PreferSameNode (Kubernetes 1.34), which prefers the node and falls back.",
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
    for (const workload of workloads) {
      if (workload.runs === "everyNode") yield ok;
      else {
        yield violated({
          facts: ["K8S-L4"],
          at,
          seen: `Local in front of a ${workload.ref.kind}`,
          wanted: "Cluster, or a DaemonSet",
          patch: specPatch(service, { internalTrafficPolicy: "Cluster" }),
          related: [workload.ref],
          ...(coversEveryNode(exposure, workload)
            ? {
                assumption: `the pods stay on all ${count(exposure.cluster.nodes.length, "node")}, as the scheduler would place them today`,
              }
            : {}),
        });
      }
    }
  },
  examples: () => ({
    bad: [
      {
        name: "internal Local in front of a Deployment",
        objects: [nlbService({}, { internalTrafficPolicy: "Local" }), deployment({ replicas: 3 })],
        facts: ["K8S-L4"],
      },
    ],
    good: [
      {
        name: "internal Local in front of a DaemonSet",
        objects: [nlbService({}, { internalTrafficPolicy: "Local" }), daemonSet()],
      },
      {
        name: "internal Cluster in front of a Deployment",
        objects: [nlbService(), deployment({ replicas: 3 })],
      },
    ],
  }),
});

const TRIALS = 20;

/** True if a described cluster gets a pod on each of its nodes in every placement. */
function coversEveryNode({ service, cluster }: Exposure, workload: Workload): boolean {
  if (cluster.nodes.length === 0 || cluster.assumed) return false;
  return placementsOf(service, workload, cluster, { trials: TRIALS, seed: 1 }).every(({ podsOnNode }) =>
    podsOnNode.every((pods) => pods > 0),
  );
}
