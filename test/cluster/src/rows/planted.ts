import { type Flow, route } from "@evenkeel/core/routing";
import { agree, type ObservedRow } from "./observe";

/** A mistake that a model of the flow table could make. */
interface Mistake {
  readonly name: string;
  readonly change: (flow: Flow) => Flow;
}

function network(name: string, change: Partial<Flow["network"]>): Mistake {
  return { name, change: (flow) => ({ ...flow, network: { ...flow.network, ...change } }) };
}

function service(name: string, change: (service: Flow["service"]) => Flow["service"]): Mistake {
  return { name, change: (flow) => ({ ...flow, service: change(flow.service) }) };
}

function endpoints(
  name: string,
  change: (one: Flow["endpoints"][number]) => Flow["endpoints"][number],
): Mistake {
  return { name, change: (flow) => ({ ...flow, endpoints: flow.endpoints.map(change) }) };
}

/** One for each thing that the rows are there to show. */
const MISTAKES: readonly Mistake[] = [
  {
    name: "the other proxy mode",
    change: (flow) => ({
      ...flow,
      network: {
        ...flow.network,
        dataplane: flow.network.dataplane === "iptables" ? "nftables" : "iptables",
      },
    }),
  },
  network("ipvs", { dataplane: "ipvs" }),
  network("no detector of local pods", { localDetector: "none" }),
  network("a detector that knows all pods", { localDetector: "clusterCIDR" }),
  network("everything masqueraded", { masqueradeAll: true }),
  network("pods hidden behind their nodes", { hidesPodsFromNodes: true }),
  service("external policy Cluster always", ({ traffic, ...rest }) => ({
    ...rest,
    traffic: { ...traffic, externalTrafficPolicy: "Cluster" },
  })),
  service("internal policy Cluster always", ({ traffic, ...rest }) => ({
    ...rest,
    traffic: { ...traffic, internalTrafficPolicy: "Cluster" },
  })),
  service("source ranges forgotten", (rest) => ({ ...rest, loadBalancerSourceRanges: [] })),
  service("session affinity forgotten", (rest) => ({ ...rest, sessionAffinity: "None" })),
  endpoints("hints forgotten", (one) => ({ ...one, hints: undefined })),
  endpoints("terminating endpoints never used", (one) => ({ ...one, serving: one.ready ?? true })),
  endpoints("endpoints that are not ready used", (one) => ({ ...one, ready: true })),
  endpoints("endpoints without a node", (one) => ({ ...one, nodeName: undefined })),
  {
    name: "Proxy addresses owned by kube-proxy",
    change: ({ destination, ...flow }) => ({
      ...flow,
      destination:
        destination.kind === "loadBalancer"
          ? { ...destination, ingress: { ip: "198.51.100.250", ipMode: "VIP" } }
          : destination,
    }),
  },
];

/** Each mistake with the number of rows that give it away, so that agreement is known to mean something. */
export function plantMistakes(rows: readonly ObservedRow[]): readonly { name: string; noticed: number }[] {
  return MISTAKES.map(({ name, change }) => ({
    name,
    noticed: rows.filter(({ flow, observed }) => !agree(route(change(flow)), observed)).length,
  }));
}
