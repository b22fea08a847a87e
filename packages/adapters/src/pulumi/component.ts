import {
  decide,
  decideInternal,
  internalCandidate,
  type DecideOptions,
  type Decision,
} from "@evenkeel/core/decide";
import {
  isAnswered,
  isUnknown,
  TRAFFIC_DISTRIBUTIONS,
  TRAFFIC_POLICIES,
  unknownAt,
  type Exposure,
  type TrafficPolicy,
  type Unknown,
} from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import { frontsOf } from "./component-front";
import {
  componentKind,
  type ComponentIdentity,
  type ComponentInputs,
  type ComponentKind,
} from "./component-inputs";
import { storedService, writtenService, type Policy } from "./component-service";
import { clusterOf, requirementsOf } from "./component-shape";
import { firstUnknown } from "./component-unknown";
import { workloadsOf } from "./component-workload";

export { componentKind, type ComponentIdentity, type ComponentKind } from "./component-inputs";
export { decidesTraffic } from "./component-unknown";

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
 * Undefined for other types, and for a component's outputs, which are all that some sources have; never throws, what cannot be used
 * is read as absent (the constructor refuses it).
 *
 * @example
 * const reading = exposureFromComponent("evenkeel:index:NlbIpService", inputs, { name: "api", urn });
 * reading?.exposure.fronts.length; // one a port
 */
export function exposureFromComponent(
  type: string,
  inputs: unknown,
  identity: ComponentIdentity,
): ComponentReading | undefined {
  const kind = componentKind(type);
  if (!kind || !isMap(inputs) || !hasPorts(inputs)) return undefined;
  const policy = policyOf(kind, inputs);
  const { chosen, argument } = choiceOf(kind);
  const isAuto = policy[chosen] === "Auto";
  const waitsFor = firstUnknown(inputs);
  if (waitsFor) {
    const open = {
      ...policy,
      [chosen]: unknownAt(argument, waitsFor.origin),
      // It is chosen together with the policy, unless it is given.
      trafficDistribution: policy.trafficDistribution ?? unknownAt("trafficDistribution", waitsFor.origin),
    };
    return { exposure: exposureOf(kind, inputs, identity, isAuto ? open : policy), waitsFor };
  }
  // Whatever policy stands while the choice is made: `decide` puts each candidate in its place.
  const stand: TrafficPolicy = "Cluster";
  const asked = exposureOf(kind, inputs, identity, isAuto ? { ...policy, [chosen]: stand } : policy);
  const fixed = TRAFFIC_DISTRIBUTIONS.find((one) => one === policy.trafficDistribution);
  const pin = pinOf(inputs, asked, chosen);
  const options = present({ requirements: requirementsOf(inputs), trafficDistribution: fixed, ...pin });
  const decision =
    chosen === "internalTrafficPolicy"
      ? decideInternal(asked, options)
      : decide(asked, options).filter(isAnswered)[0];
  if (!isAuto || !decision) return present({ exposure: asked, decision });
  const { trafficDistribution, ...candidate } = decision.chosen;
  const settled = { ...policy, [chosen]: candidate[chosen], trafficDistribution };
  return { exposure: withPin(exposureOf(kind, inputs, identity, settled), decision.side, pin), decision };
}

function withPin(
  exposure: Exposure,
  side: Decision["side"],
  { pinned, betterBy }: Pick<DecideOptions, "pinned" | "betterBy">,
): Exposure {
  if (!pinned) return exposure;
  return { ...exposure, wishes: { ...exposure.wishes, pinned: present({ side, choice: pinned, betterBy }) } };
}

/** Every component has ports; what a component says of itself has none. */
function hasPorts({ ports }: ComponentInputs): boolean {
  return Array.isArray(ports) || isUnknown(ports);
}

function exposureOf(
  kind: ComponentKind,
  inputs: ComponentInputs,
  identity: ComponentIdentity,
  policy: Policy,
): Exposure {
  const cluster = clusterOf(inputs);
  const written = writtenService(kind, inputs, identity, policy);
  const service = storedService(written, inputs, identity, cluster.kubernetesVersion);
  return {
    service,
    written,
    fronts: frontsOf(kind, inputs, identity, service),
    ...workloadsOf(inputs, identity),
    cluster,
    ...wishesOf(inputs),
  };
}

/** The choice made before, which stays while it meets the requirements. */
function pinOf(
  { pinned, betterBy }: ComponentInputs,
  { service }: Exposure,
  chosen: "externalTrafficPolicy" | "internalTrafficPolicy",
): Pick<DecideOptions, "pinned" | "betterBy"> {
  const written = isMap(pinned) ? pinned : {};
  const policy = TRAFFIC_POLICIES.find((one) => one === written.policy);
  if (!policy) return {};
  const trafficDistribution =
    TRAFFIC_DISTRIBUTIONS.find((one) => one === written.trafficDistribution) ?? null;
  return present({
    pinned:
      chosen === "externalTrafficPolicy"
        ? { externalTrafficPolicy: policy, trafficDistribution }
        : internalCandidate(service, { internalTrafficPolicy: policy, trafficDistribution }),
    betterBy: typeof betterBy === "number" ? betterBy : undefined,
  });
}

/** Requirements, for whoever decides on the exposure later; some of them rules read too. */
function wishesOf(inputs: ComponentInputs): Pick<Exposure, "wishes"> {
  const requirements = requirementsOf(inputs);
  if (Object.keys(requirements).length === 0) return {};
  const { clientAddress, inClusterClients } = requirements;
  return {
    wishes: present({
      clientAddress: clientAddress === "required" || undefined,
      inClusterClients: inClusterClients || undefined,
      requirements: { ...requirements },
    }),
  };
}

/** The policy that `Auto` chooses, and the argument that gives it. */
function choiceOf({ targets }: ComponentKind): {
  readonly chosen: "externalTrafficPolicy" | "internalTrafficPolicy";
  readonly argument: string;
} {
  return targets === "none"
    ? { chosen: "internalTrafficPolicy", argument: "internalTrafficPolicy" }
    : { chosen: "externalTrafficPolicy", argument: "trafficPolicy" };
}

/** As written: the default is `Auto` behind nodes; behind pods no policy has an effect, and there is no argument for one. */
function policyOf(
  { targets }: ComponentKind,
  { trafficPolicy, internalTrafficPolicy, trafficDistribution }: ComponentInputs,
): Policy {
  if (targets === "none")
    return { internalTrafficPolicy: internalTrafficPolicy ?? "Auto", trafficDistribution };
  return {
    externalTrafficPolicy: targets === "ip" ? "Cluster" : (trafficPolicy ?? "Auto"),
    internalTrafficPolicy,
    trafficDistribution,
  };
}
