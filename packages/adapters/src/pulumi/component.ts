import { internalCandidate, type Candidate } from "@evenkeel/core/decide";
import {
  isUnknown,
  TRAFFIC_DISTRIBUTIONS,
  TRAFFIC_POLICIES,
  unknownAt,
  type Exposure,
  type PolicyChoice,
  type Service,
} from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import { frontsOf } from "../aws/component-front";
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
export { ANNOTATED_ARGUMENTS, HEALTH_CHECK_ARGUMENTS, NLB_ARGUMENTS, NLB_FLAGS } from "../aws/nlb-arguments";
export { decidesTraffic, SERVICE_ARGUMENTS } from "./service-arguments";

/**
 * The Exposure that a component of `@evenkeel/pulumi` creates, from its arguments as plain JSON with `Unknown` in place of what is
 * not known. Under `Auto` the policy, and what follows from it, is unknown, and `choice` says what is to be chosen (`decideChoice` of
 * core); read with the `chosen` policy, it is decided.
 * Undefined for other types, and for a component's outputs, which are all that some sources have; never throws, what cannot be used
 * is read as absent (the constructor refuses it).
 *
 * @example
 * const exposure = exposureFromComponent("evenkeel:index:NlbIpService", inputs, { name: "api", urn });
 * exposure?.fronts.length; // one a port
 */
export function exposureFromComponent(
  type: string,
  inputs: unknown,
  identity: ComponentIdentity,
  chosen?: Candidate,
): Exposure | undefined {
  const kind = componentKind(type);
  if (!kind || !isMap(inputs) || !hasPorts(inputs)) return undefined;
  const { policy, argument } = policyArgumentOf(kind);
  const written = policyOf(kind, inputs);
  const isOpen = written[policy] === "Auto";
  if (isOpen && chosen) {
    const { trafficDistribution } = chosen;
    return exposureOf(kind, inputs, identity, { ...written, [policy]: chosen[policy], trafficDistribution });
  }
  const waitsFor = firstUnknown(inputs);
  const open = {
    [policy]: unknownAt(argument, waitsFor?.origin),
    // It is chosen together with the policy, unless it is given.
    trafficDistribution: written.trafficDistribution ?? unknownAt("trafficDistribution", waitsFor?.origin),
  };
  const choice: PolicyChoice = present({
    side: policy === "internalTrafficPolicy" ? "internal" : "external",
    isOpen,
    trafficDistribution: TRAFFIC_DISTRIBUTIONS.find((one) => one === written.trafficDistribution),
    waitsFor,
  });
  return { ...exposureOf(kind, inputs, identity, isOpen ? { ...written, ...open } : written), choice };
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
    ...wishesOf(kind, inputs, service),
  };
}

/** Requirements and the choice made before, for whoever decides on the exposure; some of them rules read too. */
function wishesOf(kind: ComponentKind, inputs: ComponentInputs, service: Service): Pick<Exposure, "wishes"> {
  const requirements = requirementsOf(inputs);
  const { clientAddress, inClusterClients } = requirements;
  const wishes = present({
    clientAddress: clientAddress === "required" || undefined,
    inClusterClients: inClusterClients || undefined,
    requirements: Object.keys(requirements).length > 0 ? { ...requirements } : undefined,
    pinned: pinnedOf(kind, inputs, service),
  });
  return Object.keys(wishes).length > 0 ? { wishes } : {};
}

/** The choice made before, which stays while it meets the requirements. */
function pinnedOf(
  kind: ComponentKind,
  { pinned, betterBy }: ComponentInputs,
  service: Service,
): NonNullable<Exposure["wishes"]>["pinned"] {
  const written = isMap(pinned) ? pinned : {};
  const policy = TRAFFIC_POLICIES.find((one) => one === written.policy);
  if (!policy) return undefined;
  const trafficDistribution =
    TRAFFIC_DISTRIBUTIONS.find((one) => one === written.trafficDistribution) ?? null;
  const isInternal = policyArgumentOf(kind).policy === "internalTrafficPolicy";
  const side: PolicyChoice["side"] = isInternal ? "internal" : "external";
  return present({
    side,
    choice: isInternal
      ? internalCandidate(service, { internalTrafficPolicy: policy, trafficDistribution })
      : { externalTrafficPolicy: policy, trafficDistribution },
    betterBy: typeof betterBy === "number" ? betterBy : undefined,
  });
}

/** The policy that `Auto` chooses, and the argument that gives it. */
function policyArgumentOf({ targets }: ComponentKind): {
  readonly policy: "externalTrafficPolicy" | "internalTrafficPolicy";
  readonly argument: string;
} {
  return targets === "none"
    ? { policy: "internalTrafficPolicy", argument: "internalTrafficPolicy" }
    : { policy: "externalTrafficPolicy", argument: "trafficPolicy" };
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
