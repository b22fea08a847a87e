import { decide, type Decision } from "@evenkeel/core/decide";
import { isUnknown, unknownAt, type Exposure, type TrafficPolicy, type Unknown } from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { frontsOf } from "./component-front";
import { serviceOf, type Policy } from "./component-service";
import {
  componentKind,
  type ComponentIdentity,
  type ComponentInputs,
  type ComponentKind,
} from "./component-inputs";
import { clusterOf, requirementsOf, workloadsOf } from "./component-shape";

/** What the arguments of a component say. */
export interface ComponentReading {
  readonly exposure: Exposure;
  /**
   * What core makes of the policies; under `Auto` its choice is the policy of the exposure. Absent while a value that it rests on
   * is not known: a choice made without it could differ between preview and update.
   */
  readonly decision?: Decision;
  /** The first value that the decision waits for. */
  readonly waitsFor?: Unknown;
}

/**
 * The Exposure that a component of `@evenkeel/pulumi` creates, from its arguments as plain JSON with `Unknown` in place of what is
 * not known. The component's constructor and the policy pack both read it here, so that they check the same thing.
 * Undefined for other types; never throws, what cannot be used is read as absent (the constructor refuses it).
 */
export function exposureFromComponent(
  type: string,
  inputs: unknown,
  identity: ComponentIdentity,
): ComponentReading | undefined {
  const kind = componentKind(type);
  if (!kind || !isMap(inputs)) return undefined;
  const waitsFor = firstUnknown(inputs);
  const policy = policyOf(kind, inputs);
  if (waitsFor) {
    const open: Policy =
      policy.externalTrafficPolicy === "Auto"
        ? { ...policy, externalTrafficPolicy: unknownAt("trafficPolicy", waitsFor.origin) }
        : policy;
    return { exposure: exposureOf(kind, inputs, identity, open), waitsFor };
  }
  // The policy that stands while the choice is made is one of the candidates; `decide` puts each in its place.
  const asked = exposureOf(kind, inputs, identity, withoutAuto(policy, "Cluster"));
  const [decision] = decide(asked, { requirements: requirementsOf(inputs) });
  if (policy.externalTrafficPolicy !== "Auto" || !decision) return { exposure: asked, decision };
  const { externalTrafficPolicy, trafficDistribution } = decision.chosen;
  const chosen: Policy = {
    externalTrafficPolicy,
    trafficDistribution: trafficDistribution ?? policy.trafficDistribution,
  };
  return { exposure: exposureOf(kind, inputs, identity, chosen), decision };
}

function exposureOf(
  kind: ComponentKind,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
  policy: Policy,
): Exposure {
  const cluster = clusterOf(inputs);
  const service = serviceOf(kind, inputs, identity, policy, cluster.kubernetesVersion);
  const { workloads, missing } = workloadsOf(inputs, identity);
  return { service, fronts: frontsOf(kind, inputs, identity, service), workloads, cluster, missing };
}

/** As written: the default is `Auto` behind nodes; behind pods no policy has an effect, and there is no argument for one. */
function policyOf(kind: ComponentKind, inputs: ComponentInputs): WrittenPolicy {
  const { trafficDistribution } = inputs;
  const written = kind.targets === "ip" ? "Cluster" : (inputs.trafficPolicy ?? "Auto");
  return { externalTrafficPolicy: written, trafficDistribution };
}

interface WrittenPolicy {
  readonly externalTrafficPolicy: unknown;
  readonly trafficDistribution: unknown;
}

function withoutAuto({ externalTrafficPolicy, ...rest }: WrittenPolicy, stand: TrafficPolicy): Policy {
  return { ...rest, externalTrafficPolicy: externalTrafficPolicy === "Auto" ? stand : externalTrafficPolicy };
}

/**
 * Arguments that neither the choice nor the estimate reads: names, and what AWS is told about networks. They are often outputs of
 * other resources, and must not make the choice wait.
 */
const INERT = new Set([
  "namespace",
  "serviceName",
  "labels",
  "annotations",
  "tags",
  "controllerOwned",
  "pulumiOwned",
]);

/** The first value that is not known yet among those that the choice rests on. */
export function firstUnknown(inputs: ComponentInputs): Unknown | undefined {
  for (const [key, value] of Object.entries(inputs)) {
    if (INERT.has(key)) continue;
    const found = unknownIn(value, key);
    if (found) return found;
  }
  return undefined;
}

/** A workload that is named by a string is a resource's URN, as packs receive it: its properties are not here. */
const RESOURCES = new Set(["deployment", "statefulSet", "daemonSet"]);

function unknownIn(value: unknown, path: string): Unknown | undefined {
  if (isUnknown(value)) return unknownAt(path, value.origin);
  if (typeof value === "string" && RESOURCES.has(path)) return unknownAt(path, { resource: value });
  if (Array.isArray(value)) return firstOf(value.map((item: unknown, index) => [`${path}[${index}]`, item]));
  return isMap(value)
    ? firstOf(Object.entries(value).map(([key, item]) => [`${path}.${key}`, item]))
    : undefined;
}

function firstOf(items: readonly (readonly [string, unknown])[]): Unknown | undefined {
  for (const [path, item] of items) {
    const found = unknownIn(item, path);
    if (found) return found;
  }
  return undefined;
}
