import { balancerOf } from "../balancers";
import {
  DEFAULT_SEED,
  DEFAULT_TRIALS,
  groupFronts,
  hasClusterIP,
  isExternal,
  unansweredWithoutPods,
  whyPlacementUnknown,
  type EstimateOptions,
} from "../estimate";
import { externalPath } from "../estimate/data-path";
import {
  distinctStatements,
  findingResource,
  type Exposure,
  type Front,
  type Statement,
  type TrafficDistribution,
  type Unanswered,
  type Workload,
} from "../model";
import {
  candidateName,
  candidatesFor,
  internalCandidates,
  withCandidate,
  type Candidate,
  type Offer,
} from "./candidate";
import { choose } from "./choose";
import type { Decision } from "./decision";
import { couldPass, evaluateCandidate } from "./evaluate";
import { fixesFor } from "./fixes";
import { healthCheckAssumed } from "./health-check";
import { requirementsFor, type Requirements } from "./requirements";
import { scenariosOf, type Scenario } from "./scenario";
import { sayDecide } from "./texts";

export interface DecideOptions extends EstimateOptions {
  readonly requirements?: Partial<Requirements>;
  /** A distribution that is not up for choice, because somebody wants it for clients inside. */
  readonly trafficDistribution?: TrafficDistribution;
  /** The choice made before, which stays while it meets the requirements. */
  readonly pinned?: Candidate;
  /** From what part of the deciding number on a choice better than the pinned one is reported. Default 0.1. */
  readonly betterBy?: number;
  /** Whether to look for changes that would let a rejected candidate pass: most of the work, where there is one. Default true. */
  readonly fixes?: boolean;
}

/**
 * Chooses the external policy of an exposure, once per group of like fronts. Among the candidates that meet every requirement it
 * prefers fewer drops, then the client's address if preferred, then less cross-zone, then less cross-node, then the lower
 * `hottest`, then Cluster. Where the load balancer is not known there is no choice, and the answer says why. A choice
 * must hold for every cluster shape that is answered for, and for the whole range of an autoscaler.
 *
 * @example
 * const [decision] = decide(exposure, { requirements: { clientAddress: "required" } });
 * if (decision && isAnswered(decision)) decision.chosen.externalTrafficPolicy; // "Local"
 */
export function decide(exposure: Exposure, options: DecideOptions = {}): readonly (Decision | Unanswered)[] {
  return isExternal(exposure.service)
    ? decideOn(scenariosOf(exposure, settingsOf(options)), exposure, options)
    : [];
}

/** The same on scenarios that are already at hand. */
export function decideOn(
  scenarios: readonly Scenario[],
  exposure: Exposure,
  options: DecideOptions = {},
): readonly (Decision | Unanswered)[] {
  const settings = settingsOf(options);
  const requirements = requirementsFor(exposure, options.requirements);
  const podsUnknown = whyPlacementUnknown(exposure);
  if (podsUnknown)
    return unansweredWithoutPods(
      exposure,
      "external",
      podsUnknown,
      (front) => externalPath(exposure, front).unknown,
    );
  return groupFronts(exposure).map(({ front, ports }): Decision | Unanswered => {
    const { candidates, notes } = offerFor(exposure, front, options);
    const evaluations = candidates.map((candidate) =>
      evaluateCandidate("external", front, candidate, scenarios, settings),
    );
    const unknown = distinctStatements(evaluations.flatMap((one) => one.unknown));
    if (unknown.length > 0) {
      const service = findingResource(exposure.service.ref);
      return { answered: false, service, side: "external", ports, unknown };
    }
    const decision = choose(evaluations, notes, {
      exposure,
      side: "external",
      balancer: (front && balancerOf(front)?.kind) ?? null,
      ports,
      requirements,
      ...pinOf(exposure, "external", options),
      settings,
      fixes: (rejected) =>
        options.fixes === false
          ? []
          : fixesFor("external", exposure, front, rejected, scenarios, requirements, settings),
    });
    const assumed =
      front &&
      healthCheckAssumed(front, {
        ...exposure,
        service: withCandidate(exposure.service, decision.chosen),
      });
    return assumed === undefined ? decision : { ...decision, why: [...decision.why, assumed] };
  });
}

/**
 * Chooses the internal side: Cluster, Local, or Cluster with a topology preference, for clients spread over the cluster. Local
 * is chosen only where the workload runs a pod on every node by its kind: elsewhere nothing keeps one there, and Local drops what is
 * sent on a node without (k/k pkg/proxy/topology.go CategorizeEndpoints). Undefined without a cluster IP. The client's address is no question here: kube-proxy keeps it for clients in pods whatever the policy.
 */
export function decideInternal(exposure: Exposure, options: DecideOptions = {}): Decision | undefined {
  return hasClusterIP(exposure.service)
    ? decideInternalOn(scenariosOf(exposure, settingsOf(options)), exposure, options)
    : undefined;
}

/** The same on scenarios that are already at hand. */
export function decideInternalOn(
  scenarios: readonly Scenario[],
  exposure: Exposure,
  options: DecideOptions = {},
): Decision {
  const settings = settingsOf(options);
  const requirements: Requirements = {
    ...requirementsFor(exposure, options.requirements),
    clientAddress: "ignored",
    // It is about the load balancer's address; the cluster IP is what these clients call.
    inClusterClients: false,
  };
  const { candidates, notes } = internalCandidates(
    exposure.service,
    exposure.cluster,
    options.trafficDistribution,
  );
  const evaluations = candidates.map((candidate) =>
    evaluateCandidate("internal", undefined, candidate, scenarios, settings),
  );
  const ports = evaluations[0]?.estimates[0]?.ports ?? [];
  return choose(evaluations, notes, {
    exposure,
    side: "internal",
    balancer: null,
    ports,
    requirements,
    ...pinOf(exposure, "internal", options),
    settings,
    excluded: (candidate) =>
      candidate.internalTrafficPolicy === "Local" ? mayLeaveNodes(candidate, exposure.workloads) : undefined,
    fixes: (rejected) =>
      options.fixes === false
        ? []
        : fixesFor("internal", exposure, undefined, rejected, scenarios, requirements, settings),
  });
}

/** What is asked to stay; or else what the source says of a choice made before, so that whoever decides on it later says the same. */
function pinOf(
  { wishes }: Exposure,
  side: Decision["side"],
  { pinned, betterBy }: DecideOptions,
): Pick<DecideOptions, "pinned" | "betterBy"> {
  const wish = wishes?.pinned;
  if (pinned || wish?.side !== side) return { pinned, betterBy };
  return { pinned: wish.choice, betterBy: wish.betterBy ?? betterBy };
}

/** Why Local might drop tomorrow what it does not drop today. */
function mayLeaveNodes(candidate: Candidate, workloads: readonly Workload[]): Statement | undefined {
  const [first] = workloads;
  if (!first || workloads.some(({ runs }) => runs === "everyNode")) return undefined;
  return sayDecide("pods-not-on-every-node", { policy: candidateName(candidate), kind: first.ref.kind });
}

export function settingsOf({ trials = DEFAULT_TRIALS, seed = DEFAULT_SEED }: EstimateOptions): {
  trials: number;
  seed: number;
} {
  return { trials, seed };
}

/** What is available at all: a policy whose health check no target could pass is not compared. */
function offerFor(
  exposure: Exposure,
  front: Front | undefined,
  { trafficDistribution }: DecideOptions,
): Offer {
  const offer = candidatesFor(exposure.service, front, exposure.cluster, trafficDistribution);
  const able = offer.candidates.filter((candidate) => couldPass(exposure, front, candidate));
  const unable = offer.candidates.filter((candidate) => !able.includes(candidate));
  if (able.length === 0 || unable.length === 0) return offer;
  const excluded = unable.map((candidate) =>
    sayDecide("check-cannot-pass", { policy: candidateName(candidate) }),
  );
  return { candidates: able, notes: [...offer.notes, ...excluded] };
}
