import type { Knowable } from "../../model";
import { each, ifGiven, isUndecided, type Check } from "../answer/check";
import {
  duplicate,
  forbidden,
  goNamed,
  goPlain,
  goString,
  invalid,
  notSupported,
} from "../answer/field-error";
import { annotations, labels } from "../metadata/metadata";
import { wrongWithQualifiedName, wrongWithSubdomain } from "../metadata/names";
import type { StringMap } from "../service/service-object";
import { affinityChecks } from "./affinity-checks";
import { containersChecks, initContainersChecks } from "./container-checks";
import { hostNetworkChecks } from "./container-ports";
import type { ApiTraits } from "../../releases";
import { podResourceChecks } from "./pod-resources";
import { resourceChecks } from "./resource-checks";
import { containerResourceName } from "./resource-names";
import { spreadChecks } from "./spread-checks";
import { tolerationChecks } from "./toleration-checks";
import type { PodSpecObject, SchedulingGateObject, TemplateObject } from "./workload-object";

/** k/k validation.go ValidatePodTemplateSpec; the labels are spoken of without `metadata`. */
export function templateChecks(
  { metadata = {}, spec = {} }: TemplateObject,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return [...templateMetadataChecks(metadata, path, release), ...podChecks(spec, `${path}.spec`, release)];
}

export function templateMetadataChecks(
  metadata: Exclude<TemplateObject["metadata"], undefined>,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...labels(metadata.labels, `${path}.labels`, release),
    ...annotations(metadata.annotations, `${path}.annotations`, release),
    ...deletionCostChecks(metadata.annotations, `${path}.annotations`),
  ];
}

const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 };

/** k/k pkg/apis/core/helper GetDeletionCostFromPodAnnotations */
function deletionCostChecks(pairs: StringMap | undefined, path: string): readonly Check[] {
  return ifGiven(pairs, path, (known) =>
    ifGiven(
      Object.hasOwn(known, DELETION_COST) ? known[DELETION_COST] : undefined,
      `${path}[${DELETION_COST}]`,
      (text) => {
        const cost = /^(0|-\d+|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
        return cost !== undefined && cost >= INT32.least && cost <= INT32.most
          ? []
          : [invalid(`${path}[${DELETION_COST}]`, goString(text), "must be a 32bit integer")];
      },
    ),
  );
}

/** k/k validation.go ValidatePodSpec, in its order. */
function podChecks(spec: PodSpecObject, path: string, release: ApiTraits): readonly Check[] {
  return [
    ...containersChecks(spec, `${path}.containers`, release),
    ...initContainersChecks(spec, `${path}.initContainers`, release),
    ...(spec.resources !== undefined && release.podLevelResources
      ? podResourceChecks(spec, `${path}.resources`, release)
      : []),
    ...hostNetworkChecks(spec, `${path}.containers`),
    ...restartPolicyChecks(spec.restartPolicy, `${path}.restartPolicy`, RESTART_POLICIES),
    ...labels(spec.nodeSelector, `${path}.nodeSelector`, release),
    ...affinityChecks(spec.affinity, `${path}.affinity`, release),
    ...each(spec.readinessGates, `${path}.readinessGates`, ({ conditionType }, at) =>
      qualifiedName(conditionType, `${at}.conditionType`, release),
    ),
    ...gateChecks(spec.schedulingGates, `${path}.schedulingGates`, release),
    ...spreadChecks(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`, release),
    ...subdomain(spec.nodeName, `${path}.nodeName`),
    ...deadlineChecks(spec.activeDeadlineSeconds, `${path}.activeDeadlineSeconds`),
    ...tolerationChecks(spec.tolerations, `${path}.tolerations`, release),
    ...subdomain(spec.priorityClassName, `${path}.priorityClassName`),
    ...resourceChecks({ limits: spec.overhead }, `${path}.overhead`, containerResourceName, release),
  ];
}

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];

function restartPolicyChecks(
  policy: Knowable<string> | undefined,
  path: string,
  supported: readonly string[],
): readonly Check[] {
  return ifGiven(policy, path, (name) =>
    supported.includes(name) ? [] : [notSupported(path, goNamed(name), supported)],
  );
}

/** Pods of a workload are started again for ever. */
export function forEverChecks(spec: PodSpecObject, kind: string, path: string): readonly Check[] {
  const at = `${path}.activeDeadlineSeconds`;
  return [
    ...restartPolicyChecks(spec.restartPolicy, `${path}.restartPolicy`, ["Always"]),
    ...ifGiven(spec.activeDeadlineSeconds, at, () => [
      forbidden(at, `activeDeadlineSeconds in ${kind} is not Supported`),
    ]),
  ];
}

function deadlineChecks(seconds: Knowable<number> | undefined, path: string): readonly Check[] {
  return ifGiven(seconds, path, (value) =>
    value >= 1 && value <= INT32.most
      ? []
      : [invalid(path, goPlain(value), `must be between 1 and ${INT32.most}, inclusive`)],
  );
}

function qualifiedName(
  name: Knowable<string> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(name ?? "", path, (text) =>
    wrongWithQualifiedName(text, release).map((message) => invalid(path, goString(text), message)),
  );
}

function subdomain(name: Knowable<string> | undefined, path: string): readonly Check[] {
  return ifGiven(name, path, (text) =>
    wrongWithSubdomain(text).map((message) => invalid(path, goString(text), message)),
  );
}

function gateChecks(
  gates: Knowable<readonly SchedulingGateObject[]> | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  const seen = new Set<string>();
  return each(gates, path, ({ name = "" }, at) => {
    const checks = qualifiedName(name, at, release);
    if (checks.some(isUndecided) || typeof name !== "string") return checks;
    if (seen.has(name)) return [...checks, duplicate(at, goString(name))];
    seen.add(name);
    return checks;
  });
}
