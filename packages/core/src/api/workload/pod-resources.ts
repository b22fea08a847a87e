import { isUnknown, type Knowable } from "../../model";
import { ifGiven, type Check } from "../answer/check";
import { goString, invalid } from "../answer/field-error";
import type { ApiTraits } from "../../releases";
import { add, compare, quantityText, type ApiQuantity } from "./quantity";
import { resourceChecks } from "./resource-checks";
import { isHugePages, podResourceName } from "./resource-names";
import type { ContainerObject, PodSpecObject, QuantityMap, ResourcesObject } from "./workload-object";

type Amounts = ReadonlyMap<string, ApiQuantity>;

/** Resources of the pod as a whole, by themselves and against those of its containers (k/k validation.go validatePodResources). */
export function podResourceChecks(spec: PodSpecObject, path: string, release: ApiTraits): readonly Check[] {
  return ifGiven(spec.resources, path, (resources) => [
    ...resourceChecks(resources, path, podResourceName, release),
    ...consistencyChecks(spec, resources, path),
  ]);
}

/** An amount that is not known is not held against any other. */
function consistencyChecks(
  { containers, initContainers }: PodSpecObject,
  { limits, requests }: ResourcesObject,
  path: string,
): readonly Check[] {
  if (isUnknown(containers) || isUnknown(initContainers)) return [];
  const of = (side: keyof ResourcesObject) => aggregate(containers ?? [], initContainers ?? [], side);
  const [ofRequests, ofLimits] = [knownOf(requests), knownOf(limits)];
  return [
    ...[...of("requests")].flatMap(([name, sum]) =>
      atLeast(ofRequests.get(name), sum, `${path}.requests[${name}]`, "requests"),
    ),
    ...[...of("limits")].flatMap(([name, sum]) =>
      isHugePages(name) ? atLeast(ofLimits.get(name), sum, `${path}.limits[${name}]`, "limits") : [],
    ),
    ...(containers ?? []).flatMap(({ resources }, i) =>
      [...knownOf(resources?.limits)].flatMap(([name, limit]) => {
        const most = ofLimits.get(name);
        return most && compare(limit, most) > 0
          ? [
              invalid(
                `${path}.containers[${i}][${name}].limits`,
                goString(quantityText(limit)),
                `must be less than or equal to pod limits of ${quantityText(most)}`,
              ),
            ]
          : [];
      }),
    ),
  ];
}

function atLeast(
  whole: ApiQuantity | undefined,
  sum: ApiQuantity,
  path: string,
  what: string,
): readonly Check[] {
  if (!whole || compare(sum, whole) <= 0) return [];
  const message = `must be greater than or equal to aggregate container ${what} of ${quantityText(sum)}`;
  return [invalid(path, goString(quantityText(whole)), message)];
}

function knownOf(amounts: QuantityMap | undefined): Amounts {
  if (amounts === undefined || isUnknown(amounts)) return new Map();
  return new Map(
    Object.entries(amounts).filter((entry): entry is [string, ApiQuantity] => !isUnknown(entry[1])),
  );
}

/** The containers together, or an init container with the sidecars before it (k8s.io/component-helpers/resource AggregateContainerRequests). */
function aggregate(
  containers: readonly ContainerObject[],
  initContainers: readonly ContainerObject[],
  side: keyof ResourcesObject,
): Amounts {
  const amounts = ({ resources }: ContainerObject) => knownOf(resources?.[side]);
  let sum = containers.map(amounts).reduce(together, new Map());
  let sidecars: Amounts = new Map();
  let starting: Amounts = new Map();
  for (const container of initContainers) {
    const own = amounts(container);
    if (isSidecar(container.restartPolicy)) {
      sum = together(sum, own);
      sidecars = together(sidecars, own);
      starting = larger(starting, sidecars);
    } else {
      starting = larger(starting, together(own, sidecars));
    }
  }
  return larger(sum, starting);
}

function isSidecar(policy: Knowable<string> | undefined): boolean {
  return policy === "Always";
}

function together(a: Amounts, b: Amounts): Amounts {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const before = sum.get(name);
    sum.set(name, before ? add(before, amount) : amount);
  }
  return sum;
}

function larger(a: Amounts, b: Amounts): Amounts {
  const most = new Map(a);
  for (const [name, amount] of b) {
    const before = most.get(name);
    if (!before || compare(amount, before) > 0) most.set(name, amount);
  }
  return most;
}
