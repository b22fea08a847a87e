import { judgeWorkload } from "@evenkeel/core/api";
import { isMap, type Cluster, type Workload } from "@evenkeel/core/model";
import { refusals, versionsAsked, waiting, type Verdict } from "../ask/api-answers";
import { deployment, webService } from "../examples";
import type { FactId } from "../facts";
import { notApplicable, ok, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_WORKLOAD_VALIDATION } from "../references";

const POD = "K8S:spec.template.spec";

/** Fields that decide where pods run, how many there are and how they stop. */
const FACTS: readonly FactId[] = [
  "K8S:spec.replicas",
  "K8S:spec.selector",
  "K8S:spec.selector.matchExpressions[i].operator",
  "K8S:spec.template.metadata.labels",
  "K8S:spec.strategy.rollingUpdate.maxUnavailable",
  "K8S:spec.updateStrategy.rollingUpdate.maxSurge",
  "K8S:spec.progressDeadlineSeconds",
  `${POD}.containers[i].resources.limits[name]`,
  `${POD}.containers[i].resources.requests[name]`,
  `${POD}.containers[i].resources.requests`,
  `${POD}.containers[i].ports[i].hostPort`,
  `${POD}.containers[i].lifecycle.preStop.sleep`,
  `${POD}.resources.requests[name]`,
  `${POD}.nodeSelector`,
  `${POD}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`,
  `${POD}.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[i].weight`,
  `${POD}.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[i].topologyKey`,
  `${POD}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[i].topologyKey`,
  `${POD}.tolerations[i].operator`,
  `${POD}.topologySpreadConstraints[i].maxSkew`,
  `${POD}.topologySpreadConstraints[i].whenUnsatisfiable`,
  `${POD}.topologySpreadConstraints[i].minDomains`,
  "K8S:…topologySpreadConstraints[i].minDomains",
  `${POD}.topologySpreadConstraints[i].{topologyKey, whenUnsatisfiable}`,
  `${POD}.readinessGates[i].conditionType`,
];

const STORED: readonly Outcome[] = [notApplicable("the workload is already stored")];

export const workloadAcceptedByApiServer = rule({
  id: "workload-accepted-by-api-server",
  subject: "workload",
  severity: "critical",
  level: "mandatory",
  law: "The API server accepts the workload.",
  why: "the workload is refused when it is applied, after the preview has passed, and there are no pods",
  fix: "Correct the field as the message describes.",
  facts: FACTS,
  refs: [KUBE_WORKLOAD_VALIDATION],
  check: ({ workload, cluster }) => answers(workload, cluster),
  examples: () => ({
    bad: [
      {
        name: "a request above its limit",
        objects: [webService(), inPod({ resources: { requests: { cpu: "2" }, limits: { cpu: "500m" } } })],
        expect: {
          at: "Deployment shop/web spec.template.spec.containers[0].resources.requests",
          seen: "2",
          wanted: "must be less than or equal to cpu limit of 500m",
          effect:
            'the API server answers: spec.template.spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 500m',
          fix: "Correct the field as the message describes.",
          facts: ["K8S:spec.template.spec.containers[i].resources.requests"],
          level: "mandatory",
        },
      },
      {
        name: "a quantity that is none",
        objects: [webService(), inPod({ resources: { requests: { memory: "512MB" } } })],
        expect: {
          at: "Deployment shop/web spec.template.spec.containers[0].resources.requests[memory]",
          seen: "512MB",
          wanted:
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
          effect:
            "the API server answers: Deployment in version \"v1\" cannot be handled as a Deployment: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
          facts: ["K8S:spec.template.spec.containers[i].resources.requests[name]"],
        },
      },
      {
        name: "a spread constraint that allows no difference at all",
        objects: [
          webService(),
          inPod(
            {},
            {
              topologySpreadConstraints: [
                {
                  maxSkew: 0,
                  topologyKey: "topology.kubernetes.io/zone",
                  whenUnsatisfiable: "DoNotSchedule",
                  labelSelector: { matchLabels: { app: "web" } },
                },
              ],
            },
          ),
        ],
        expect: {
          at: "Deployment shop/web spec.template.spec.topologySpreadConstraints[0].maxSkew",
          seen: "0",
          wanted: "must be greater than zero",
          effect:
            "the API server answers: spec.template.spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
          facts: [
            "K8S:spec.template.spec.topologySpreadConstraints[i].maxSkew",
            "K8S:…topologySpreadConstraints[i].minDomains",
          ],
        },
      },
      {
        name: "a rollout that can never begin",
        objects: [
          webService(),
          deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
        ],
        expect: {
          at: "Deployment shop/web spec.strategy.rollingUpdate.maxUnavailable",
          seen: "0",
          wanted: "may not be 0 when `maxSurge` is 0",
          effect:
            "the API server answers: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
          facts: ["K8S:spec.strategy.rollingUpdate.maxUnavailable"],
        },
      },
    ],
    good: [
      {
        name: "a Deployment in order",
        objects: [webService(), inPod({ resources: { requests: { cpu: "250m" }, limits: { cpu: "1" } } })],
      },
    ],
  }),
});

/** Names come from elsewhere; of what is not known, only the spec is spoken of. */
function answers({ ref, written }: Workload, cluster: Cluster): readonly Outcome[] {
  if (!written) return STORED;
  const verdicts = verdictsOn(written, versionsAsked(cluster));
  const refused = refusals(verdicts, ref);
  const open = (verdicts[0]?.undecided ?? []).filter(({ path }) => path.startsWith("spec."));
  return [...(refused.length > 0 ? refused : [ok]), ...waiting(open, ref)];
}

/**
 * Before 1.34 the API server compared the template of a StatefulSet with the rules for pods only when it created the pods: it accepted
 * the object, which then had none (k/k pkg/apis/apps/validation, `ValidatePodTemplateSpecForStatefulSet`). What any other template is
 * refused for counts then too.
 */
function verdictsOn(
  written: NonNullable<Workload["written"]>,
  versions: readonly string[],
): readonly Verdict[] {
  const verdicts = judgeWorkload(written, versions);
  const { apiVersion, kind, metadata, spec } = written;
  if (kind !== "StatefulSet" || !isMap(spec)) return verdicts;
  const { selector, template } = spec;
  const ofPods = judgeWorkload(
    { apiVersion, kind: "Deployment", metadata, spec: { selector, template } },
    versions,
  );
  return verdicts.map((verdict, index) => {
    const reported = new Set(verdict.errors.map(({ path }) => path));
    const more = ofPods[index]?.errors.filter(
      ({ path }) => path.startsWith("spec.template.spec.") && !reported.has(path),
    );
    return { ...verdict, errors: [...verdict.errors, ...(more ?? [])] };
  });
}

function inPod(container: object, pod: object = {}) {
  const labels = { app: "web" };
  return deployment({
    template: {
      metadata: { labels },
      spec: { containers: [{ name: "web", image: "web:1", ...container }], ...pod },
    },
  });
}
