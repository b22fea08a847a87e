import { type Claim, decide, PACKETS, REFERENCE } from "./claim";
import { NOT_OWNED, OWNED, type Reader } from "./evidence";

const CLUSTER = "spread-cluster-cluster";
const LOCAL = "spread-local-cluster";
const ALL_PODS = "web-a1 web-c1 web-c2";
const CALLERS = ["caller-a", "caller-b", "caller-c"];

function reachAll(reader: Reader, service: string, callers: readonly string[], ways: readonly string[]) {
  return callers.every((caller) => ways.every((way) => reader.answered(service, caller, way) === ALL_PODS));
}

export const EXTERNAL: readonly Claim[] = [
  {
    id: "C1",
    where: `${REFERENCE}, externalTrafficPolicy`,
    says: "externalTrafficPolicy applies to node ports, external IPs and load balancer addresses; from inside the cluster, load balancer and external addresses always have Cluster semantics",
    basis: PACKETS,
    judge(reader) {
      const applies = [...OWNED, "node port of b"].every((way) =>
        reader.only("timeout", LOCAL, "client at b", way),
      );
      const spares = reader.answered(LOCAL, "client at b", "cluster IP") === ALL_PODS;
      const inside = reachAll(reader, LOCAL, [...CALLERS, "node a", "node b", "node c"], OWNED);
      const leaves = NOT_OWNED.every((way) => reader.only("balancer", LOCAL, "caller-b", way));
      return decide(
        [
          applies && spares && inside && leaves,
          "holds when kube-proxy owns the address; packets to an address in Proxy mode or to a host name leave for the load balancer",
        ],
        [applies && spares && inside, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C2",
    where: `${REFERENCE}, externalTrafficPolicy Cluster`,
    says: "Cluster sends to any ready pod of the cluster",
    basis: PACKETS,
    judge(reader) {
      const any = ["a", "b", "c"].every(
        (node) => reader.answered(CLUSTER, `client at ${node}`, "VIP") === ALL_PODS,
      );
      const narrowed = reader.answered("same-zone-cluster-cluster", "client at b", "VIP") === "web-a1";
      const draining = reader.answered("draining-cluster-cluster", "client at b", "VIP") === "web-a1 web-c1";
      return decide(
        [
          any && narrowed && draining,
          "holds when the endpoints carry no hints for this zone or node; where no pod is ready, those that still serve while they terminate are used",
        ],
        [any && !narrowed, "holds"],
        [!any, "does not hold"],
      );
    },
  },
  {
    id: "C3",
    where: `${REFERENCE}, externalTrafficPolicy Cluster`,
    says: "Cluster hides the client's address",
    basis: PACKETS,
    judge(reader) {
      const hidden = ["a", "b", "c"].every(
        (node) => reader.sources(CLUSTER, `client at ${node}`, "VIP") === `node ${node}`,
      );
      const kept = reader.evidence.bypass.straightToPod.join() === "web-a1 sees 203.0.113.1";
      return decide(
        [
          hidden && kept,
          "holds when the balancer sends to nodes, also where the pod is on the node that was entered; a balancer whose targets are pods keeps the address",
        ],
        [hidden, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C4",
    where: `${REFERENCE}, externalTrafficPolicy Cluster`,
    says: "Cluster adds a hop between nodes",
    basis: PACKETS,
    judge(reader) {
      const seen = reader.seen(CLUSTER, "client at a", "VIP");
      const remote = seen.includes("web-c1 sees node a");
      const here = seen.includes("web-a1 sees node a");
      return decide(
        [remote && here, "holds when the chosen pod is on another node"],
        [remote, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C5",
    where: `${REFERENCE}, externalTrafficPolicy Cluster`,
    says: "Cluster breaks the way from pods to the external address",
    basis: PACKETS,
    judge: (reader) =>
      decide(
        [
          reachAll(reader, CLUSTER, CALLERS, OWNED),
          "does not hold: pods on every node reach every pod by it",
        ],
        [
          CALLERS.every((caller) => OWNED.every((way) => reader.answered(CLUSTER, caller, way) === "")),
          "holds",
        ],
      ),
  },
  {
    id: "C6",
    where: `${REFERENCE}, externalTrafficPolicy Local`,
    says: "Local delivers to the pods of the node that was entered and keeps the client's address",
    basis: PACKETS,
    judge(reader) {
      const kept =
        reader.seen(LOCAL, "client at a", "VIP").join() === "web-a1 sees 203.0.113.1" &&
        reader.answered(LOCAL, "client at c", "VIP") === "web-c1 web-c2" &&
        reader.sources(LOCAL, "client at c", "VIP") === "203.0.113.3";
      const hidden = reader.evidence.bypass.proxying.join() === "web-a1 sees 192.0.2.210";
      return decide(
        [
          kept && hidden,
          "holds when the balancer passes packets on; behind one that opens connections of its own, the pod sees the balancer",
        ],
        [kept, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C7",
    where: `${REFERENCE}, externalTrafficPolicy Local`,
    says: "Local drops what enters a node without a pod",
    basis: PACKETS,
    judge(reader) {
      const ways = [...OWNED, "node port of b"];
      const dropped = ways.every((way) => reader.only("timeout", LOCAL, "client at b", way));
      const refused = ways.every((way) =>
        reader.only("refused", "nowhere-local-cluster", "client at b", way),
      );
      const draining = reader.answered("draining-on-a-local-cluster", "client at a", "VIP") === "web-a1";
      return decide(
        [
          dropped && refused && draining,
          "holds when there are pods on other nodes; with none anywhere the connection is refused, and a pod that still serves while it terminates is used",
        ],
        [dropped, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C8",
    where: `${REFERENCE}, externalTrafficPolicy Local`,
    says: "Under Local, pods reach the external address",
    basis: PACKETS,
    judge(reader) {
      const local = reachAll(reader, LOCAL, CALLERS, OWNED);
      const cluster = reachAll(reader, CLUSTER, CALLERS, OWNED);
      return decide(
        [local && cluster, "holds, and under Cluster as well"],
        [local, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C9",
    where: `${REFERENCE}, Internal Cluster Access to External IP`,
    says: "Under Local, a pod's call to the external address is dropped where its node has no pod of the Service",
    basis: PACKETS,
    judge(reader) {
      const reached = reachAll(reader, LOCAL, ["caller-b"], OWNED);
      const otherNode = reader.only("timeout", LOCAL, "caller-a", "node port of b");
      const ranges = reader.only("timeout", "restricted-local-cluster", "caller-b", "VIP");
      const undetected = reader.onlyUndetected("timeout", LOCAL, "caller-b", "VIP");
      return decide(
        [
          reached && otherNode && ranges && undetected,
          "does not hold for addresses that kube-proxy owns; it does for the node port of another node without a pod, for callers outside loadBalancerSourceRanges, and where kube-proxy cannot tell its own pods",
        ],
        [reached, "does not hold"],
        [reader.only("timeout", LOCAL, "caller-b", "VIP"), "holds"],
      );
    },
  },
  {
    id: "C10",
    where: `${REFERENCE}, externalTrafficPolicy Local`,
    says: "Local has lower latency, an uneven distribution, and needs a balancer that knows where the pods are",
    basis: PACKETS,
    judge(reader) {
      const { localShares: shares } = reader.evidence;
      const stays = reader.sources(LOCAL, "client at c", "VIP") === "203.0.113.3";
      const uneven = (shares["web-a1"] ?? 0) > 1.5 * Math.max(shares["web-c1"] ?? 0, shares["web-c2"] ?? 0);
      const told = ["a", "b", "c"].map((node) => reader.status(LOCAL, node)).join() === "200,503,200";
      return decide(
        [
          stays && uneven && told,
          "holds in that no second node is passed, and as to the distribution where nodes have different numbers of pods; the balancer only needs to ask the health-check node port",
        ],
        [stays && uneven, "holds"],
        [true, "does not hold"],
      );
    },
  },
];
