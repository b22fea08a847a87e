import { balancerOf } from "@evenkeel/core/balancers";
import { detectionSeconds, isExternal, servesWhileTerminating } from "@evenkeel/core/estimate";
import {
  isKnown,
  isUnknown,
  orElse,
  type Exposure,
  type ObjectRef,
  type Workload,
} from "@evenkeel/core/model";
import { onlyPodTargets } from "../ask/fronts";
import { isDescribed, leastReplicas, podsByNode, TRIALS } from "../ask/placements";
import { specPatch } from "../ask/patch";
import { count } from "../ask/show";
import { deployment, LOCAL, webService } from "../examples";
import { lawExamples } from "../law-examples";
import { notApplicable, notJoined, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH, KUBE_TRAFFIC_POLICIES } from "../references";

export const localNeedsSeveralNodes = rule({
  id: "local-needs-several-nodes",
  subject: "exposure",
  severity: "high",
  level: "advisory",
  law: "A Local Service has pods on at least two nodes.",
  why: "only nodes with a ready pod carry the traffic of a Local Service: with one such node, all traffic stops when that pod or node goes away",
  fix: "Run at least two replicas and spread them over nodes, or use externalTrafficPolicy: Cluster.",
  facts: ["EK1"],
  restsOn: "kube-proxy",
  refs: [KUBE_TRAFFIC_POLICIES, KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service, workloads, missing } = exposure;
    if (!isExternal(service) || service.externalTrafficPolicy !== "Local")
      return yield notApplicable("the policy is not Local");
    if (onlyPodTargets(exposure)) return yield notApplicable("the pods are the targets");
    const absent = missing.find(({ what }) => what === "workload");
    if (workloads.length === 0) {
      const at = { resource: service.ref, path: "spec.selector" };
      return yield absent ? notJoined({ facts: ["EK1"], at, missing: absent }) : notApplicable("no selector");
    }
    yield severalNodes(exposure);
  },
  examples: () =>
    lawExamples("local-needs-several-nodes", {
      bad: [
        {
          name: "no replica count is one pod",
          objects: [webService(LOCAL), deployment()],
          expect: {
            at: "Deployment shop/web spec.replicas",
            seen: "1 replica (spec.replicas is not set)",
            wanted: "pods on at least two nodes",
            effect: "one node carries all traffic and the others answer 503 to the health check",
            fix: "Run at least two replicas and spread them over nodes, or use externalTrafficPolicy: Cluster.",
            patch: { spec: { replicas: 2 } },
            related: ["Service shop/web"],
            level: "advisory",
          },
        },
        {
          name: "one replica",
          objects: [webService(LOCAL), deployment({ replicas: 1 })],
          expect: {
            at: "Deployment shop/web spec.replicas",
            seen: "1 replica",
            wanted: "pods on at least two nodes",
            effect: "one node carries all traffic and the others answer 503 to the health check",
            patch: { spec: { replicas: 2 } },
            related: ["Service shop/web"],
          },
        },
        {
          name: "no replica",
          objects: [webService(LOCAL), deployment({ replicas: 0 })],
          expect: {
            at: "Deployment shop/web spec.replicas",
            seen: "0 replicas",
            wanted: "pods on at least two nodes",
            effect: "no node has a pod, so no connection is served",
            patch: { spec: { replicas: 2 } },
            related: ["Service shop/web"],
          },
        },
      ],
      good: [
        { name: "three replicas", objects: [webService(LOCAL), deployment({ replicas: 3 })] },
        {
          name: "a canary beside the stable pods",
          objects: [
            webService(LOCAL),
            deployment({ replicas: 10 }),
            deployment({ replicas: 1 }, "web-canary"),
          ],
        },
        { name: "one replica under Cluster", objects: [webService(), deployment()] },
      ],
    }),
});

/** Kinds of `apps/v1`, which a patch can name. */
const SCALED = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

/** One verdict on all workloads together: their pods share the Service, so their nodes do. */
function severalNodes(exposure: Exposure): Outcome {
  const { workloads } = exposure;
  const counted = workloads.filter(({ runs }) => runs === "replicas");
  const least = counted.map(leastReplicas);
  const total = least.filter(isKnown).reduce((sum, replicas) => sum + replicas, 0);
  // A DaemonSet is judged by the nodes of the cluster alone.
  if (total <= 1 && counted.length === workloads.length) {
    const open = counted.find((workload) => isUnknown(leastReplicas(workload)));
    const unknown = least.find(isUnknown);
    if (open && unknown) {
      const at = { resource: open.ref, path: "spec.replicas" };
      return undecided({ facts: ["EK1"], at, unknown, how: "set spec.replicas to a plain value" });
    }
    return tooFew(exposure, total);
  }
  if (!isDescribed(exposure)) return ok;
  const serving = podsByNode(exposure).map((pods) => pods.filter((n) => n > 0).length);
  const often = serving.filter((nodes) => nodes <= 1).length;
  if (often === 0) return ok;
  const nodes = count(exposure.cluster.nodes.length, "node");
  const workload = largest(workloads);
  return violated({
    ...EVERY_FINDING,
    at: { resource: workload.ref, path: "spec.template.spec" },
    seen: `pods on at most one node in ${often} of ${TRIALS} placements on ${nodes}`,
    effect: effectOfOneNode(exposure, workload),
    related: relatedTo(workload, exposure),
  });
}

function tooFew(exposure: Exposure, total: number): Outcome {
  const { workloads } = exposure;
  const workload = largest(workloads);
  const { by, range } = workload.replicas;
  const together = workloads.length > 1 ? ` in ${workloads.length} workloads together` : "";
  const unset = by === "default" && !range ? " (spec.replicas is not set)" : "";
  return violated({
    ...EVERY_FINDING,
    at: { resource: workload.ref, path: "spec.replicas" },
    seen: `${count(total, "replica")}${together}${unset}`,
    effect:
      total === 0 ? `no node has a pod, so no connection is served` : effectOfOneNode(exposure, workload),
    ...(SCALED.has(workload.ref.kind) && !range ? { patch: specPatch(workload, { replicas: 2 }) } : {}),
    related: relatedTo(workload, exposure),
  });
}

const EVERY_FINDING = { facts: ["EK1"], wanted: "pods on at least two nodes" } as const;

/** The workload to scale or to spread: the one that runs most pods, the first among equals. */
function largest([first, ...others]: readonly Workload[]): Workload {
  if (!first) throw new Error("a Service with no workload has none to scale");
  const pods = (workload: Workload): number => orElse(leastReplicas(workload), 0);
  return others.reduce((most, other) => (pods(other) > pods(most) ? other : most), first);
}

function relatedTo(workload: Workload, { service, workloads }: Exposure): readonly ObjectRef[] {
  return [service.ref, ...workloads.filter((other) => other !== workload).map(({ ref }) => ref)];
}

function effectOfOneNode(exposure: Exposure, workload: Workload): string {
  const { service, fronts, cluster } = exposure;
  const others =
    service.type === "LoadBalancer" ? "answer 503 to the health check" : "drop what reaches them";
  const numbers = isDescribed(exposure) && cluster.nodes.length > 1;
  const carrying = numbers
    ? `one node of ${cluster.nodes.length} carries all traffic and the others ${others}`
    : `one node carries all traffic and the others ${others}`;
  const detection = detectionSeconds(
    exposure,
    fronts.find((one) => balancerOf(one) !== undefined),
  );
  const loss =
    detection === undefined
      ? undefined
      : Math.max(0, detection - servesWhileTerminating(workload, service.ports));
  return loss ? `${carrying}; when the pod moves, new connections are lost for up to ${loss} s` : carrying;
}
