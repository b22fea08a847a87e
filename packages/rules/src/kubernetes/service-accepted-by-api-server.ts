import { judgeService, validateServiceUpdate, type ApiError } from "@evenkeel/core/api";
import type { LoneService } from "@evenkeel/core/model";
import { refusals, versionsAsked, waiting } from "../ask/api-answers";
import { webService } from "../examples";
import type { FactId } from "../facts";
import { notApplicable, ok, type Outcome } from "../frame/outcome";
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
  fix: "Correct the field as the message describes.",
  facts: FACTS,
  refs: [KUBE_SERVICE_VALIDATION],
  check: (lone) =>
    lone.written ? answers(lone, lone.written) : [notApplicable("the Service is already stored")],
  examples: () => ({
    bad: [
      {
        name: "a health-check node port under Cluster",
        objects: [webService({ healthCheckNodePort: 30081 })],
        expect: {
          at: "Service shop/web spec.healthCheckNodePort",
          seen: "30081",
          wanted: "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
          effect:
            "the API server answers: spec.healthCheckNodePort: Invalid value: 30081: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
          fix: "Correct the field as the message describes.",
          facts: ["K8S:spec.healthCheckNodePort"],
          level: "mandatory",
        },
      },
      {
        name: "a policy of no such name",
        objects: [webService({ externalTrafficPolicy: "Lokal" })],
        expect: {
          at: "Service shop/web spec.externalTrafficPolicy",
          seen: "Lokal",
          wanted: 'supported values: "Cluster", "Local"',
          effect:
            'the API server answers: spec.externalTrafficPolicy: Unsupported value: "Lokal": supported values: "Cluster", "Local"',
          facts: ["K8S:spec.externalTrafficPolicy"],
        },
      },
      {
        name: "a node port out of range",
        objects: [webService({ ports: [{ port: 80, nodePort: 8080 }] })],
        expect: {
          at: "Service shop/web spec.ports[0].nodePort",
          seen: "8080",
          wanted: "provided port is not in the valid range. The range of valid ports is 30000-32767",
          effect:
            "the API server answers: spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767",
          facts: ["K8S:spec.ports[i].nodePort"],
        },
      },
    ],
    good: [{ name: "a Service in order", objects: [webService()] }],
  }),
});

function answers(
  { service: { ref }, stored, cluster }: LoneService,
  written: Readonly<Record<string, unknown>>,
): readonly Outcome[] {
  const verdicts = judgeService(written, versionsAsked(cluster)).map((verdict) =>
    stored === undefined
      ? verdict
      : { ...verdict, errors: [...verdict.errors, ...changesRefused(stored, written, verdict.version)] },
  );
  const refused = refusals(verdicts, ref);
  // What the cluster itself is configured to is no property of the Service.
  const open = (verdicts[0]?.undecided ?? []).filter(({ unknown }) => !unknown.path.startsWith("cluster."));
  return [...(refused.length > 0 ? refused : [ok]), ...waiting(open, ref)];
}

/** Values that a Service may have, but not in place of the ones it has now (k/k ValidateServiceUpdate). */
function changesRefused(stored: object, written: object, kubernetesVersion: string): readonly ApiError[] {
  return validateServiceUpdate(stored, written, { kubernetesVersion }).errors.filter(
    ({ message }) => message === "may not change once set" || message === "field is immutable",
  );
}
