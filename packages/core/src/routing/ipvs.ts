import type { Arrival } from "./arrival";
import { categorizeEndpoints } from "./categorize";
import { type Decision, deliver, refuse } from "./decision";
import type { Flow } from "./flow";
import { rangesAdmit } from "./source-ranges";

/**
 * kube-proxy in ipvs mode, read from its source and not proved. One list of endpoints serves every source: under Local the
 * local ones if there are any, else the cluster set, also for what comes from outside; there is no short circuit.
 * Source: k/k pkg/proxy/ipvs/proxier.go `syncEndpoint`, `writeIptablesRules`.
 */
export function ipvs(flow: Flow, arrival: Arrival): Decision {
  const { service, endpoints, destination } = flow;
  const { traffic } = service;
  const internal = destination.kind === "clusterIP";
  if (arrival.origin === "localhost" && destination.kind === "nodePort")
    return refuse("reject", "noLocalhostNodePorts");
  if (!rangesAdmit(flow, arrival)) return refuse("drop", "sourceRanges");

  const sets = categorizeEndpoints(endpoints, traffic, arrival.at);
  const local = (internal ? traffic.internalTrafficPolicy : traffic.externalTrafficPolicy) === "Local";
  const masquerade = internal ? masqueradesInternal(flow, arrival) : !local;
  if (local && sets.local.length > 0) return deliver("local", sets.local, "policy", masquerade);
  if (sets.cluster.length === 0) return refuse("reject", sets.hasAny ? "noLocalEndpoints" : "noEndpoints");
  return deliver("cluster", sets.cluster, local ? "ipvsFallback" : "policy", masquerade);
}

/** Without a detector only the node's own processes are masqueraded: they talk from the cluster IP itself. */
function masqueradesInternal({ network }: Flow, { detectedLocal, origin }: Arrival): boolean {
  if (network.masqueradeAll) return true;
  return network.localDetector === "none"
    ? origin === "hostNetwork" || origin === "localhost"
    : !detectedLocal;
}
