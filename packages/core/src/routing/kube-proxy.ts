import { familyOf } from "../api/ip/ip";
import type { Arrival } from "./arrival";
import { categorizeEndpoints, type EndpointSets } from "./categorize";
import { type Decision, deliver, refuse } from "./decision";
import { spreadOf } from "./endpoints-for";
import type { Flow } from "./flow";
import { rangesAdmit } from "./source-ranges";

/**
 * kube-proxy in iptables and nftables mode. Sources: k/k pkg/proxy/iptables/proxier.go and pkg/proxy/nftables/proxier.go
 * `syncProxyRules`; the flows of `TestInternalExternalMasquerade` in both packages.
 */
export function kubeProxy(flow: Flow, arrival: Arrival): Decision {
  const { service, endpoints, destination, network } = flow;
  const { traffic } = service;
  const sets = categorizeEndpoints(endpoints, traffic, arrival.at);
  if (lacksLocalhostNodePorts(flow, arrival)) return onClosedPort(flow, sets);
  // nftables checks the ranges before anything else, iptables only for a Service that has endpoints.
  const shutOut = !rangesAdmit(flow, arrival);
  if (shutOut && (sets.hasAny || network.dataplane === "nftables")) return refuse("drop", "sourceRanges");
  if (!sets.hasAny) return nothingAnywhere(flow, arrival);

  if (destination.kind === "clusterIP") {
    const spread = spreadOf(sets, traffic.internalTrafficPolicy);
    if (typeof spread === "string") return refuse(spread, "noLocalEndpoints");
    const foreign = network.localDetector !== "none" && !arrival.detectedLocal;
    const set = traffic.internalTrafficPolicy === "Local" ? "local" : "cluster";
    return deliver(set, spread, "policy", network.masqueradeAll === true || foreign);
  }
  if (traffic.externalTrafficPolicy === "Cluster") return deliver("cluster", sets.cluster, "policy", true);
  if (arrival.detectedLocal) return deliver("cluster", sets.cluster, "shortCircuit", false);
  if (arrival.origin === "hostNetwork" || arrival.origin === "localhost")
    return deliver("cluster", sets.cluster, "hostShortCircuit", true);
  return sets.local.length > 0
    ? deliver("local", sets.local, "policy", false)
    : refuse("drop", "noLocalEndpoints");
}

/** The kernel routes 127.0.0.1 to pods only in iptables mode, for IPv4, and unless that is switched off. */
function lacksLocalhostNodePorts({ destination, network }: Flow, { origin, at }: Arrival): boolean {
  if (origin !== "localhost" || destination.kind !== "nodePort") return false;
  return (
    network.dataplane === "nftables" ||
    network.localhostNodePorts === false ||
    familyOf(at.address) === "IPv6"
  );
}

/**
 * Nobody listens, so the node refuses; but the filter of iptables mode, which drops what a Local policy has nothing for, does
 * not spare 127.0.0.1 as the one of nftables mode does.
 */
function onClosedPort({ service, network }: Flow, { hasAny, local }: EndpointSets): Decision {
  const dropped = service.traffic.externalTrafficPolicy === "Local" && hasAny && local.length === 0;
  return dropped && network.dataplane !== "nftables"
    ? refuse("drop", "noLocalEndpoints")
    : refuse("reject", "noLocalhostNodePorts");
}

/**
 * Rejected; but iptables mode hooks the rules for external addresses into INPUT and FORWARD alone, so what the node itself
 * sends to an address that is not its own leaves untouched.
 */
function nothingAnywhere({ destination, network }: Flow, { origin }: Arrival): Decision {
  const toElsewhere = destination.kind === "loadBalancer" || destination.kind === "externalIP";
  const fromHost = origin === "hostNetwork" || origin === "localhost";
  return network.dataplane !== "nftables" && toElsewhere && fromHost
    ? { verdict: "leaves", because: "noEndpoints" }
    : refuse("reject", "noEndpoints");
}
