import { judgeService, type ApiError, type ServiceVerdict } from "@evenkeel/core/api";
import { SUPPORTED_VERSIONS, type Cluster, type Service } from "@evenkeel/core/model";
import { show } from "../ask/show";
import { nlbService } from "../examples";
import type { FactId } from "../facts";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_SERVICE_VALIDATION } from "../references";

/** Fields that concern exposure and that the API server holds against each other. */
const FACTS: readonly FactId[] = [
  "K8S:spec.type",
  "K8S:spec.ports",
  "K8S:spec.ports[i].name",
  "K8S:spec.ports[i].nodePort",
  "K8S:spec.clusterIPs[i]",
  "K8S:spec.externalTrafficPolicy",
  "K8S:spec.internalTrafficPolicy",
  "K8S:spec.trafficDistribution",
  "K8S:spec.healthCheckNodePort",
  "K8S:spec.allocateLoadBalancerNodePorts",
  "K8S:spec.loadBalancerClass",
  "K8S:spec.LoadBalancerSourceRanges",
  "K8S:spec.sessionAffinity",
  "K8S:spec.sessionAffinityConfig.clientIP.timeoutSeconds",
  "K8S:spec.externalIPs[i]",
  "K8S:-",
];

export const serviceAcceptedByApiServer = rule({
  id: "service-accepted-by-api-server",
  subject: "service",
  severity: "critical",
  level: "mandatory",
  law: "The API server accepts the Service.",
  why: "the Service is refused when it is applied, after the preview has passed",
  fix: "Change the field as the message says.",
  facts: FACTS,
  refs: [KUBE_SERVICE_VALIDATION],
  check: ({ service, written, cluster }) =>
    written ? answers(service, written, cluster) : [notApplicable("the Service is already stored")],
  examples: () => ({
    bad: [
      {
        name: "a health-check node port under Cluster",
        objects: [nlbService({}, { healthCheckNodePort: 30081 })],
        facts: ["K8S:spec.healthCheckNodePort"],
      },
      {
        name: "a policy of no such name",
        objects: [nlbService({}, { externalTrafficPolicy: "Lokal" })],
        facts: ["K8S:spec.externalTrafficPolicy"],
      },
      {
        name: "a node port out of range",
        objects: [nlbService({}, { ports: [{ port: 80, nodePort: 8080 }] })],
        facts: ["K8S:spec.ports[i].nodePort"],
      },
    ],
    good: [{ name: "a Service in order", objects: [nlbService()] }],
  }),
});

/** With no version given, what both ends of the supported range refuse is certain; what one of them refuses rests on the version. */
function answers(
  { ref }: Service,
  written: Readonly<Record<string, unknown>>,
  { kubernetesVersion }: Cluster,
): readonly Outcome[] {
  const each = judgeService(written, kubernetesVersion === undefined ? BOTH_ENDS : [kubernetesVersion]);
  const [newest] = each;
  const outcomes: Outcome[] = merged(each).map(({ error, only }) =>
    violated({
      facts: [error.fact as FactId],
      at: { resource: ref, path: error.path },
      seen: seen(error),
      wanted: error.message || error.kind.toLowerCase(),
      effect: `the API server answers: ${error.text}`,
      ...(only ? { assumption: `the cluster runs Kubernetes ${only}, or one that agrees with it` } : {}),
    }),
  );
  if (outcomes.length === 0) outcomes.push(ok);
  for (const { unknown } of newest?.undecided ?? []) {
    // What the cluster itself is configured to is no property of the Service.
    if (unknown.path.startsWith("cluster.")) continue;
    outcomes.push(
      undecided({
        facts: [`K8S:${unknown.path}`],
        at: { resource: ref, path: unknown.path },
        unknown,
        how: "set it to a plain value",
      }),
    );
  }
  return outcomes;
}

const BOTH_ENDS: readonly string[] = [SUPPORTED_VERSIONS.newest, SUPPORTED_VERSIONS.oldest];

function merged(each: readonly ServiceVerdict[]): readonly { error: ApiError; only?: string }[] {
  const [first, second] = each;
  if (!first || each.every(({ errors }) => errors.length === 0)) return [];
  if (!second) return first.errors.map((error) => ({ error }));
  // Texts change between releases; the place and the kind of an error tell whether both mean the same.
  const key = ({ path, kind }: ApiError): string => `${path} ${kind}`;
  const mine = new Set(first.errors.map(key));
  const theirs = new Set(second.errors.map(key));
  return [
    ...first.errors.map((error) => (theirs.has(key(error)) ? { error } : { error, only: first.version })),
    ...second.errors
      .filter((error) => !mine.has(key(error)))
      .map((error) => ({ error, only: second.version })),
  ];
}

function seen({ value, kind }: ApiError): string {
  if (kind === "Required") return "not set";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? show(value)
    : "set";
}
