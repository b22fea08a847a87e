import type { Endpoint, Node, Service } from "../../model";
import { advertisementsOf, forService, preferenceOf, selectsNode } from "./advertised";
import { leadershipOrder } from "./election";
import type { Advertisement, Pool } from "./objects";

/** Why a node does not announce a Service, in the words of MetalLB's own log. */
export type Reason =
  | "notOwner"
  | "noMatchingAdvertisement"
  | "conflictingAdvertisements"
  | "nodeNetworkUnavailable"
  | "nodeLabeledExcludeBalancers"
  | "noLocalEndpoints"
  | "noEndpoints"
  | "sharedIPWithServiceSelector";

/** What decides who announces one Service. */
export interface AnnouncementInput {
  readonly service: Pick<Service, "labels" | "annotations" | "externalTrafficPolicy">;
  /** Its addresses; the first one decides the election. */
  readonly addresses: readonly string[];
  readonly pool: Pick<Pool, "ref" | "labels">;
  readonly advertisements: readonly Advertisement[];
  readonly endpoints: readonly Endpoint[];
  readonly nodes: readonly Node[];
  /** Nodes with a live speaker; absent: every node (memberlist switched off). */
  readonly speakers?: readonly string[];
  /** The speaker's flag that ignores the label which excludes a node from load balancers. */
  readonly ignoreExcludeLabel?: boolean;
}

/** By node: why it does not announce, or undefined where it does. */
export type Announcers = ReadonlyMap<string, Reason | undefined>;

/** Label that keeps a node out of load balancers, whatever its value. */
export const EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";

/** An annotation by which Services share an address, under its present and its older key. */
const SHARING_KEYS = ["metallb.io/allow-shared-ip", "metallb.universe.tf/allow-shared-ip"] as const;

/** Who announces in layer 2: one node for each Service. MetalLB `speaker/layer2_controller.go` ShouldAnnounce. */
export function layer2Announcers(input: AnnouncementInput): Announcers {
  const { service, nodes, endpoints, addresses } = input;
  const own = ownAdvertisements(input, "layer2");
  if (!endpoints.some(canServe)) return each(nodes, () => "notOwner");
  const isShared = SHARING_KEYS.some((key) => Object.hasOwn(service.annotations, key));
  if (isShared && own.some(({ serviceSelectors }) => serviceSelectors.length > 0))
    return each(nodes, () => "sharedIPWithServiceSelector");
  const usable = nodes.filter(
    (node) => hasSpeaker(input, node) && mayAnnounce(input, node) && matches(own, node),
  );
  const candidates = isLocal(service) ? usable.filter(({ name }) => servesOn(endpoints, name)) : usable;
  const preferences = new Map(nodes.map((node) => [node.name, preferenceOf(own, node)]));
  const [leader] = leadershipOrder(
    candidates.map(({ name }) => name),
    addresses[0] ?? "",
    preferences,
  );
  return each(nodes, (node) => {
    if (!matches(own, node)) return "noMatchingAdvertisement";
    return node.name === leader ? undefined : "notOwner";
  });
}

/** Who announces over BGP: every node that may. MetalLB `speaker/bgp_controller.go` ShouldAnnounce. */
export function bgpAnnouncers(input: AnnouncementInput): Announcers {
  const { service, nodes, endpoints, pool, advertisements } = input;
  const ofPool = advertisementsOf(pool, advertisements).filter(({ protocol }) => protocol === "bgp");
  const own = ownAdvertisements(input, "bgp");
  const serving = endpoints.filter((one) => canServe(one) && one.addresses.length > 0);
  return each(nodes, (node) => {
    if (!matches(ofPool, node)) return "notOwner";
    const here = own.filter((one) => selectsNode(one, node));
    if (here.length === 0) return "noMatchingAdvertisement";
    if (inConflict(here)) return "conflictingAdvertisements";
    if (node.networkUnavailable === true) return "nodeNetworkUnavailable";
    if (isExcluded(input, node)) return "nodeLabeledExcludeBalancers";
    if (isLocal(service) && !serving.some(({ nodeName }) => nodeName === node.name))
      return "noLocalEndpoints";
    return serving.length === 0 ? "noEndpoints" : undefined;
  });
}

/** Two advertisements of one prefix to one peer must not differ in their preference. */
function inConflict(advertisements: readonly Advertisement[]): boolean {
  return advertisements.some((one, index) =>
    advertisements
      .slice(index + 1)
      .some(
        (other) =>
          one.localPref !== other.localPref &&
          (one.aggregationLength === other.aggregationLength ||
            one.aggregationLengthV6 === other.aggregationLengthV6) &&
          sharePeers(one.peers, other.peers),
      ),
  );
}

function sharePeers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((peer) => b.includes(peer));
}

function ownAdvertisements(
  { pool, advertisements, service }: AnnouncementInput,
  protocol: Advertisement["protocol"],
): readonly Advertisement[] {
  const ofPool = advertisementsOf(pool, advertisements).filter((one) => one.protocol === protocol);
  return forService(ofPool, knownLabels(service));
}

function knownLabels({ labels }: Pick<Service, "labels">): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}

function matches(advertisements: readonly Advertisement[], node: Node): boolean {
  return advertisements.some((one) => selectsNode(one, node));
}

function hasSpeaker({ speakers }: AnnouncementInput, { name }: Node): boolean {
  return speakers === undefined || speakers.includes(name);
}

function mayAnnounce(input: AnnouncementInput, node: Node): boolean {
  return node.networkUnavailable !== true && !isExcluded(input, node);
}

function isExcluded({ ignoreExcludeLabel }: AnnouncementInput, { labels }: Node): boolean {
  return ignoreExcludeLabel !== true && EXCLUDE_LABEL in labels;
}

function isLocal({ externalTrafficPolicy }: Pick<Service, "externalTrafficPolicy">): boolean {
  return externalTrafficPolicy === "Local";
}

/** Ready, or still serving while it terminates; unset conditions count as ready. MetalLB `internal/k8s/epslices`. */
function canServe({ ready, serving }: Endpoint): boolean {
  return ready === undefined || ready || serving === true;
}

function servesOn(endpoints: readonly Endpoint[], node: string): boolean {
  return endpoints.some((one) => one.nodeName === node && canServe(one));
}

function each(nodes: readonly Node[], reason: (node: Node) => Reason | undefined): Announcers {
  return new Map(nodes.map((node) => [node.name, reason(node)]));
}
