import { isUnknown, type Knowable } from "../../model";
import { each, ifGiven, type Check } from "../answer/check";
import {
  duplicate,
  forbidden,
  goNamed,
  goString,
  invalid,
  notSupported,
  required,
} from "../answer/field-error";
import { wrongWithLabel } from "../metadata/names";
import { hostPortConflicts, portChecks } from "./container-ports";
import { lifecycleChecks } from "./lifecycle-checks";
import type { ApiTraits } from "../../releases";
import { resourceChecks } from "./resource-checks";
import { containerResourceName } from "./resource-names";
import type { ContainerObject, PodSpecObject } from "./workload-object";

/** Of every pod that says nothing else. */
const DEFAULT_GRACE_PERIOD_SECONDS = 30;
const RESTART_POLICIES = ["Always", "Never", "OnFailure"] as const;

/** k/k validation.go validateContainers */
export function containersChecks(
  { containers, terminationGracePeriodSeconds: grace = DEFAULT_GRACE_PERIOD_SECONDS }: PodSpecObject,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(containers ?? [], path, (list) => {
    if (list.length === 0) return [required(path)];
    const names = new Set<string>();
    return [
      ...list.flatMap((container, i) => {
        const at = `${path}[${i}]`;
        return [
          ...commonChecks(container, at, release),
          ...nameOnce(container.name, names, `${at}.name`),
          ...lifecycleChecks(container.lifecycle, grace, `${at}.lifecycle`, release),
          ...ownRestartPolicy(container.restartPolicy, `${at}.restartPolicy`, release),
        ];
      }),
      ...hostPortConflicts(list, path),
    ];
  });
}

/** k/k validation.go validateInitContainers */
export function initContainersChecks(
  {
    containers,
    initContainers,
    terminationGracePeriodSeconds: grace = DEFAULT_GRACE_PERIOD_SECONDS,
  }: PodSpecObject,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  const regular = containers === undefined || isUnknown(containers) ? [] : containers;
  const names = new Set(regular.map(({ name = "" }) => (isUnknown(name) ? undefined : name)));
  return each(initContainers, path, (container, at) => [
    ...commonChecks(container, at, release),
    ...initRestartPolicy(container.restartPolicy, `${at}.restartPolicy`, release),
    ...nameOnce(container.name, names, `${at}.name`, false),
    // Init containers run one by one, and the server gives the place among all of them as the first.
    ...hostPortConflicts([container], path),
    ...(container.restartPolicy === "Always"
      ? lifecycleChecks(container.lifecycle, grace, `${at}.lifecycle`, release)
      : notForInitContainers(container, at)),
  ]);
}

/** k/k validation.go validateContainerCommon. An image that is not known yet is some image. */
function commonChecks(container: ContainerObject, path: string, release: ApiTraits): readonly Check[] {
  const { name, image, ports, resources } = container;
  return [
    ...(name === undefined
      ? [required(`${path}.name`)]
      : ifGiven(name, `${path}.name`, (text) =>
          wrongWithLabel(text).map((message) => invalid(`${path}.name`, goString(text), message)),
        )),
    ...(image === undefined ? [required(`${path}.image`)] : []),
    ...portChecks(ports, `${path}.ports`),
    ...(resources ? resourceChecks(resources, `${path}.resources`, containerResourceName, release) : []),
  ];
}

/** Adds the name to those that are taken; an init container without one takes none. */
function nameOnce(
  name: Knowable<string> | undefined,
  taken: Set<string | undefined>,
  path: string,
  emptyCounts = true,
): readonly Check[] {
  const own = name ?? "";
  if (isUnknown(own)) return [];
  if (taken.has(own)) return [duplicate(path, goString(own))];
  if (own !== "" || emptyCounts) taken.add(own);
  return [];
}

function ownRestartPolicy(
  policy: Knowable<string> | undefined,
  path: string,
  { containerRestartPolicies }: ApiTraits,
): readonly Check[] {
  if (policy === undefined || containerRestartPolicies === "dropped") return [];
  if (containerRestartPolicies === "refused")
    return [forbidden(path, "may not be set for non-init containers")];
  return supported(policy, path, RESTART_POLICIES);
}

function initRestartPolicy(
  policy: Knowable<string> | undefined,
  path: string,
  { containerRestartPolicies }: ApiTraits,
): readonly Check[] {
  if (containerRestartPolicies === "dropped") return [];
  return supported(policy, path, containerRestartPolicies === "kept" ? RESTART_POLICIES : ["Always"]);
}

function supported(
  policy: Knowable<string> | undefined,
  path: string,
  policies: readonly string[],
): readonly Check[] {
  return ifGiven(policy, path, (name) =>
    policies.includes(name) ? [] : [notSupported(path, goNamed(name), policies)],
  );
}

const PROBES = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const;

function notForInitContainers(container: ContainerObject, path: string): readonly Check[] {
  return PROBES.flatMap((field) =>
    ifGiven<unknown>(container[field], `${path}.${field}`, () => [
      forbidden(`${path}.${field}`, "may not be set for init containers without restartPolicy=Always"),
    ]),
  );
}
