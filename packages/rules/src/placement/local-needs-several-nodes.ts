import { balancerOf } from "@evenkeel/core/balancers";
import { detectionSeconds, isExternal, placementsOf, servesWhileTerminating } from "@evenkeel/core/estimate";
import { isUnknown, reachesNodes, type Exposure, type Workload } from "@evenkeel/core/model";
import { specPatch } from "../ask/patch";
import { count } from "../ask/show";
import { deployment, LOCAL, nlbService } from "../examples";
import { notApplicable, notJoined, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH, KUBE_TRAFFIC_POLICIES } from "../references";

export const localNeedsSeveralNodes = rule({
  id: "local-needs-several-nodes",
  subject: "exposure",
  severity: "high",
  level: "advisory",
  law: "A Local Service has pods on at least two nodes.",
  why: "only nodes with a ready pod carry the traffic of a Local Service: with one, everything stops when that pod or node goes",
  fix: "Run at least two replicas and spread them over nodes, or use externalTrafficPolicy: Cluster.",
  facts: ["EK1"],
  restsOn: "kube-proxy",
  refs: [KUBE_TRAFFIC_POLICIES, KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service, workloads, missing } = exposure;
    if (!isExternal(service) || service.externalTrafficPolicy !== "Local")
      return yield notApplicable("the policy is not Local");
    if (
      exposure.fronts.length > 0 &&
      exposure.fronts.every(({ targets }) => !isUnknown(targets.value) && !reachesNodes(targets.value))
    ) {
      return yield notApplicable("the pods are the targets");
    }
    const absent = missing.find(({ what }) => what === "workload");
    if (workloads.length === 0) {
      const at = { resource: service.ref, path: "spec.selector" };
      return yield absent ? notJoined({ facts: ["EK1"], at, missing: absent }) : notApplicable("no selector");
    }
    for (const workload of workloads) yield severalNodes(exposure, workload);
  },
  examples: () => ({
    bad: [
      { name: "no replica count is one pod", objects: [nlbService({}, LOCAL), deployment()], facts: ["EK1"] },
      { name: "one replica", objects: [nlbService({}, LOCAL), deployment({ replicas: 1 })], facts: ["EK1"] },
    ],
    good: [
      { name: "three replicas", objects: [nlbService({}, LOCAL), deployment({ replicas: 3 })] },
      { name: "one replica under Cluster", objects: [nlbService(), deployment()] },
    ],
  }),
});

/** Kinds of `apps/v1`, which a patch can name. */
const SCALED = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

/** Placements tried to see whether several replicas may end up on one node. */
const TRIALS = 20;

function severalNodes(exposure: Exposure, workload: Workload): Outcome {
  const { count: replicas, by, range } = workload.replicas;
  const at = { resource: workload.ref, path: "spec.replicas" };
  if (workload.runs === "replicas" && isUnknown(replicas)) {
    return undecided({ facts: ["EK1"], at, unknown: replicas, how: "set spec.replicas to a plain value" });
  }
  const least = range?.min ?? (isUnknown(replicas) ? 1 : replicas);
  if (workload.runs === "replicas" && least <= 1) {
    const unset = by === "default" && !range ? " (spec.replicas is not set)" : "";
    return found(exposure, workload, { at, seen: `${count(least, "replica")}${unset}` });
  }
  // Only a cluster that somebody described can say that several replicas share a node.
  if (exposure.cluster.nodes.length === 0 || exposure.cluster.assumed) return ok;
  const placements = placementsOf(exposure.service, workload, exposure.cluster, {
    trials: TRIALS,
    seed: 1,
    replicas: least,
  });
  const serving = placements.map(({ podsOnNode }) => podsOnNode.filter((n) => n > 0).length);
  if (Math.min(...serving) > 1) return ok;
  const often = serving.filter((nodes) => nodes <= 1).length;
  const seen = `its pods on one node in ${often} of ${TRIALS} placements on ${count(exposure.cluster.nodes.length, "node")}`;
  return found(exposure, workload, { at: { ...at, path: "spec.template.spec" }, seen });
}

function found(
  exposure: Exposure,
  workload: Workload,
  { at, seen }: { at: { resource: Workload["ref"]; path: string }; seen: string },
): Outcome {
  const front = exposure.fronts.find((one) => balancerOf(one) !== undefined);
  const detection = detectionSeconds(exposure.service, front);
  const nodes = exposure.cluster.nodes.length || 10;
  const loss =
    detection === undefined ? undefined : Math.max(0, detection - servesWhileTerminating(workload));
  const effect = [
    `one node of ${nodes} carries all traffic and ${nodes - 1} answer 503 to the health check`,
    ...(loss ? [`when the pod moves, new connections are lost for up to ${loss} s`] : []),
  ].join("; ");
  return violated({
    facts: ["EK1"],
    at,
    seen,
    wanted: "pods on at least two nodes",
    effect,
    ...(at.path === "spec.replicas" && SCALED.has(workload.ref.kind) && !workload.replicas.range
      ? { patch: specPatch(workload, { replicas: 2 }) }
      : {}),
    related: [exposure.service.ref],
  });
}
