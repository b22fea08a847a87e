import { isUnknown } from "../../model";
import { ifGiven, ifTrue, type Check } from "../answer/check";
import { goNamed, goPlain, invalid, required } from "../answer/field-error";
import { not, type Truth } from "../service/truth";
import { forEverChecks, templateChecks, templateMetadataChecks } from "./pod-checks";
import type { ApiTraits } from "../../releases";
import { goMap, goSelector, selection, selectorChecks } from "./selector-checks";
import {
  daemonSetStrategyChecks,
  deploymentStrategyChecks,
  notNegative,
  statefulSetStrategyChecks,
} from "./strategy-checks";
import type { SelectorObject, TemplateObject, WorkloadSpec } from "./workload-object";
import type { WorkloadKind } from "./workload-schema";

type SpecChecks = (spec: WorkloadSpec, release: ApiTraits) => readonly Check[];

const SELECTOR = "spec.selector";
const TEMPLATE = "spec.template";

/** The spec of each kind, in the order in which the server asks (k/k pkg/apis/apps/validation/validation.go). */
export const SPEC_CHECKS: Readonly<Record<WorkloadKind, SpecChecks>> = {
  Deployment: (spec, release) => [
    ...notNegative(spec.replicas, "spec.replicas"),
    ...requiredSelector(spec, "deployment", release),
    ...replicaTemplate(spec, "invalid label selector", release),
    ...deploymentStrategyChecks(spec.strategy, "spec.strategy"),
    ...notNegative(spec.minReadySeconds, "spec.minReadySeconds"),
    ...notNegative(spec.revisionHistoryLimit, "spec.revisionHistoryLimit"),
    ...deadlineChecks(spec),
  ],
  ReplicaSet: (spec, release) => [
    ...notNegative(spec.replicas, "spec.replicas"),
    ...notNegative(spec.minReadySeconds, "spec.minReadySeconds"),
    ...requiredSelector(spec, "deployment", release),
    ...replicaTemplate(spec, "invalid label selector", release),
  ],
  StatefulSet: (spec, release) => [
    ...ifGiven(spec.podManagementPolicy, "spec.podManagementPolicy", (policy) =>
      policy === "OrderedReady" || policy === "Parallel"
        ? []
        : [invalid("spec.podManagementPolicy", goNamed(policy), "must be 'OrderedReady' or 'Parallel'")],
    ),
    ...statefulSetStrategyChecks(spec.updateStrategy, "spec.updateStrategy", release),
    ...notNegative(spec.replicas, "spec.replicas"),
    ...notNegative(spec.minReadySeconds, "spec.minReadySeconds"),
    ...requiredSelector(spec, "statefulset", release),
    ...behindSelector(spec, "", release, (template) =>
      release.checksStatefulSetTemplate
        ? templateChecks(template, TEMPLATE, release)
        : templateMetadataChecks(template.metadata ?? {}, TEMPLATE, release),
    ),
    ...forEverChecks(spec.template?.spec ?? {}, "StatefulSet", `${TEMPLATE}.spec`),
  ],
  DaemonSet: (spec, release) => {
    const { selector, template = {} } = spec;
    return [
      ...selectorChecks(selector, SELECTOR, release),
      ...mismatch(selection(selector, template.metadata?.labels, release), template),
      ...emptySelector(spec, "daemonset"),
      ...templateChecks(template, TEMPLATE, release),
      ...forEverChecks(template.spec ?? {}, "DaemonSet", `${TEMPLATE}.spec`),
      ...notNegative(spec.minReadySeconds, "spec.minReadySeconds"),
      ...daemonSetStrategyChecks(spec.updateStrategy, "spec.updateStrategy"),
      ...notNegative(spec.revisionHistoryLimit, "spec.revisionHistoryLimit"),
    ];
  },
};

function requiredSelector(spec: WorkloadSpec, kind: string, release: ApiTraits): readonly Check[] {
  if (spec.selector === undefined) return [required(SELECTOR)];
  return [...selectorChecks(spec.selector, SELECTOR, release), ...emptySelector(spec, kind)];
}

function emptySelector({ selector }: WorkloadSpec, kind: string): readonly Check[] {
  return ifGiven(selector, SELECTOR, (known) =>
    isEmpty(known) ? [invalid(SELECTOR, goSelector(known), `empty selector is invalid for ${kind}`)] : [],
  );
}

function isEmpty({ matchLabels = {}, matchExpressions = [] }: SelectorObject): boolean {
  if (isUnknown(matchLabels) || isUnknown(matchExpressions)) return false;
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

/** ValidatePodTemplateSpecForReplicaSet, which Deployments share. */
function replicaTemplate(spec: WorkloadSpec, wrong: string, release: ApiTraits): readonly Check[] {
  return behindSelector(spec, wrong, release, (template) => [
    ...templateChecks(template, TEMPLATE, release),
    ...forEverChecks(template.spec ?? {}, "ReplicaSet", `${TEMPLATE}.spec`),
  ]);
}

/** The template is not looked at behind a selector that cannot be read. */
function behindSelector(
  { selector, template = {} }: WorkloadSpec,
  wrong: string,
  release: ApiTraits,
  check: (template: TemplateObject) => readonly Check[],
): readonly Check[] {
  const selected = selection(selector, template.metadata?.labels, release);
  if (selected === "error")
    return ifGiven(selector, SELECTOR, (known) => [invalid(SELECTOR, goSelector(known), wrong)]);
  return [...mismatch(selected, template), ...check(template)];
}

function mismatch(selected: "error" | Truth, { metadata }: TemplateObject): readonly Check[] {
  if (selected === "error") return [];
  const path = `${TEMPLATE}.metadata.labels`;
  return ifTrue(not(selected), path, () => [
    invalid(path, goMap(metadata?.labels), "`selector` does not match template `labels`"),
  ]);
}

const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;

function deadlineChecks({
  progressDeadlineSeconds = DEFAULT_PROGRESS_DEADLINE_SECONDS,
  minReadySeconds = 0,
}: WorkloadSpec): readonly Check[] {
  const path = "spec.progressDeadlineSeconds";
  return [
    ...notNegative(progressDeadlineSeconds, path),
    ...ifGiven(progressDeadlineSeconds, path, (deadline) =>
      ifGiven(minReadySeconds, path, (ready) =>
        deadline <= ready ? [invalid(path, goPlain(deadline), "must be greater than minReadySeconds")] : [],
      ),
    ),
  ];
}
