import { isMap, type LabelSelector, type ObjectRef, type ResourceRecord } from "../../model";
import { readRange } from "./ranges";

/** An IPAddressPool, as far as it decides who gets which address. */
export interface Pool {
  readonly ref: ObjectRef;
  readonly labels: Readonly<Record<string, string>>;
  readonly addresses: readonly string[];
  /** Prefixes that the addresses come to; what is no range is left out. */
  readonly cidrs: readonly string[];
  readonly autoAssign: boolean;
  readonly namespaces: readonly string[];
  readonly namespaceSelectors: readonly LabelSelector[];
  readonly serviceSelectors: readonly LabelSelector[];
  /** Whether `serviceAllocation` is set at all: such a pool is not for everybody. */
  readonly isReserved: boolean;
}

/** An L2Advertisement or a BGPAdvertisement. */
export interface Advertisement {
  readonly ref: ObjectRef;
  readonly protocol: "layer2" | "bgp";
  readonly pools: readonly string[];
  readonly poolSelectors: readonly LabelSelector[];
  readonly nodeSelectors: readonly LabelSelector[];
  readonly serviceSelectors: readonly LabelSelector[];
  readonly preferences: readonly Preference[];
  readonly localPref: number;
  readonly aggregationLength: number;
  readonly aggregationLengthV6: number;
  /** Names of the BGPPeers that it goes to; empty: all. */
  readonly peers: readonly string[];
}

/** Nodes that lead in layer 2 before others. */
interface Preference {
  readonly weight: number;
  readonly selector: LabelSelector;
}

/** A BGPPeer: nodes without one have no session. */
export interface Peer {
  readonly ref: ObjectRef;
  readonly nodeSelectors: readonly LabelSelector[];
}

export function readPool({ ref, properties }: ResourceRecord): Pool {
  const spec = map(properties.spec);
  const allocation = map(spec.serviceAllocation);
  const addresses = texts(spec.addresses);
  return {
    ref,
    labels: labelsOf(properties),
    addresses,
    cidrs: addresses.flatMap((one) => {
      const read = readRange(one);
      return "cidrs" in read ? read.cidrs : [];
    }),
    autoAssign: spec.autoAssign !== false,
    namespaces: texts(allocation.namespaces),
    namespaceSelectors: selectors(allocation.namespaceSelectors),
    serviceSelectors: selectors(allocation.serviceSelectors),
    isReserved: isMap(spec.serviceAllocation),
  };
}

export function readAdvertisement(
  { ref, properties }: ResourceRecord,
  protocol: Advertisement["protocol"],
): Advertisement {
  const spec = map(properties.spec);
  return {
    ref,
    protocol,
    pools: texts(spec.ipAddressPools),
    poolSelectors: selectors(spec.ipAddressPoolSelectors),
    nodeSelectors: selectors(spec.nodeSelectors),
    serviceSelectors: selectors(spec.serviceSelectors),
    preferences: list(spec.preferredNodeSelectors).map((one) => ({
      weight: number(map(one).weight, 0),
      selector: selectorOf(map(one).preference),
    })),
    localPref: number(spec.localPref, 0),
    aggregationLength: number(spec.aggregationLength, 32),
    aggregationLengthV6: number(spec.aggregationLengthV6, 128),
    peers: texts(spec.peers),
  };
}

export function readPeer({ ref, properties }: ResourceRecord): Peer {
  return { ref, nodeSelectors: selectors(map(properties.spec).nodeSelectors) };
}

function labelsOf(properties: ResourceRecord["properties"]): Readonly<Record<string, string>> {
  const labels = map(map(properties.metadata).labels);
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}

function selectors(value: unknown): readonly LabelSelector[] {
  return list(value).map(selectorOf);
}

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"] as const;

function selectorOf(value: unknown): LabelSelector {
  const { matchLabels, matchExpressions } = map(value);
  const labels = Object.entries(map(matchLabels)).flatMap(([key, one]) =>
    typeof one === "string" ? [[key, one] as const] : [],
  );
  const expressions = list(matchExpressions).flatMap((one) => {
    const { key, operator, values } = map(one);
    const known = OPERATORS.find((name) => name === operator);
    return typeof key === "string" && known ? [{ key, operator: known, values: texts(values) }] : [];
  });
  return { matchLabels: Object.fromEntries(labels), matchExpressions: expressions };
}

function map(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((one) => typeof one === "string");
}

function number(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
