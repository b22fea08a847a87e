import { type Check } from "../answer/check";
import { invalid, notSupported, type GoValue } from "../answer/field-error";
import { wrongWithQualifiedName } from "../metadata/names";
import type { ApiTraits } from "../../releases";

/** Names of resources as the API knows them (k/k pkg/apis/core/helper/helpers.go). */

const OF_CONTAINERS = new Set(["cpu", "memory", "ephemeral-storage"]);
const COUNTED = new Set([
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);
const STANDARD = new Set([
  ...COUNTED,
  ...[...OF_CONTAINERS].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
  "storage",
  "requests.storage",
]);

export function isHugePages(name: string): boolean {
  return name.startsWith("hugepages-");
}

function isNative(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** In no namespace of Kubernetes' own, and still a name once a quota is asked for it. */
function isExtended(name: string, release: ApiTraits): boolean {
  if (isNative(name) || name.startsWith("requests.")) return false;
  return wrongWithQualifiedName(`requests.${name}`, release).length === 0;
}

export function isCounted(name: string, release: ApiTraits): boolean {
  return COUNTED.has(name) || isExtended(name, release);
}

/** Whether a request may be less than the limit. */
export function mayOvercommit(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** `core.ResourceName`, which says itself how it is printed: older releases do not quote it. */
function goResource(name: string): GoValue {
  return { go: "struct", value: name, syntax: name };
}

export type NameChecks = (name: string, path: string, release: ApiTraits) => readonly Check[];

/** validateResourceName */
const resourceName: NameChecks = (name, path, release) => {
  const wrong = wrongWithQualifiedName(name, release);
  if (wrong.length > 0) return wrong.map((message) => invalid(path, goResource(name), message));
  const standard = STANDARD.has(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
  return name.includes("/") || standard
    ? []
    : [invalid(path, goResource(name), "must be a standard resource type or fully qualified")];
};

/** validateContainerResourceName */
export const containerResourceName: NameChecks = (name, path, release) => {
  const found = resourceName(name, path, release);
  if (!name.includes("/")) {
    return OF_CONTAINERS.has(name) || isHugePages(name)
      ? found
      : [...found, invalid(path, goResource(name), "must be a standard resource for containers")];
  }
  return isNative(name) || isExtended(name, release)
    ? found
    : [...found, invalid(path, goResource(name), "doesn't follow extended resource name standard")];
};

/** What a pod as a whole may ask for: cpu, memory, huge pages. */
function isOfPods(name: string): boolean {
  return name === "cpu" || name === "memory" || isHugePages(name);
}

/** validatePodResourceName */
export const podResourceName: NameChecks = (name, path, release) => {
  const found = resourceName(name, path, release);
  if (found.length > 0 || isOfPods(name)) return found;
  return [notSupported(path, goResource(name), ["cpu", "hugepages-", "memory"])];
};
