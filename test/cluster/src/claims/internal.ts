import { ARTICLE, type Claim, decide, PACKETS, REFERENCE } from "./claim";
import { NOT_OWNED, OWNED } from "./evidence";

const INSIDE = "spread-cluster-local";
const ALL_PODS = "web-a1 web-c1 web-c2";
/** One Service of each type under internal policy Local. */
const EVERY_TYPE = ["inside-local", "node-port-inside-cluster-local", INSIDE];

export const INTERNAL: readonly Claim[] = [
  {
    id: "C11",
    where: `${REFERENCE}, internalTrafficPolicy`,
    says: "internalTrafficPolicy concerns the cluster IP; similar logic applies to node ports called from inside",
    basis: PACKETS,
    judge(reader) {
      const clusterIP =
        reader.only("timeout", INSIDE, "caller-b", "cluster IP") &&
        reader.answered(INSIDE, "caller-a", "cluster IP") === "web-a1";
      const nodePort = ["node port of a", "node port of b"].every(
        (way) => reader.answered(INSIDE, "caller-b", way) === ALL_PODS,
      );
      return decide(
        [
          clusterIP && nodePort,
          "holds as to the cluster IP; does not hold as to node ports, which follow externalTrafficPolicy alone",
        ],
        [clusterIP, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C12",
    where: `${REFERENCE}, internalTrafficPolicy Local`,
    says: "internalTrafficPolicy Local needs an endpoint on every node that calls, and works with all three types",
    basis: PACKETS,
    judge(reader) {
      const alike = EVERY_TYPE.every(
        (service) =>
          reader.answered(service, "caller-a", "cluster IP") === "web-a1" &&
          reader.answered(service, "caller-c", "cluster IP") === "web-c1 web-c2" &&
          reader.only("timeout", service, "caller-b", "cluster IP"),
      );
      return decide([alike, "holds, for the cluster IP of each type"], [true, "does not hold"]);
    },
  },
  {
    id: "C13",
    where: `${REFERENCE}, Internal Cluster Access to External IP`,
    says: "A pod's packet to the external address never leaves the node for the balancer: kube-proxy intercepts it",
    basis: PACKETS,
    judge(reader) {
      const intercepted = OWNED.every(
        (way) => reader.answered("spread-cluster-cluster", "caller-b", way) === ALL_PODS,
      );
      const leaves = NOT_OWNED.every((way) =>
        reader.only("balancer", "spread-cluster-cluster", "caller-b", way),
      );
      return decide(
        [
          intercepted && leaves,
          "holds when kube-proxy owns the address; packets to an address in Proxy mode or to a host name go to the balancer",
        ],
        [intercepted, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C31",
    where: `${ARTICLE}, internalTrafficPolicy`,
    says: "internalTrafficPolicy Local drops a call from a node without a pod",
    basis: PACKETS,
    judge(reader) {
      const dropped = ["caller-b", "node b"].every((caller) =>
        reader.only("timeout", INSIDE, caller, "cluster IP"),
      );
      const refused = reader.only("refused", "nowhere-cluster-local", "caller-b", "cluster IP");
      return decide(
        [
          dropped && refused,
          "holds when there are pods on other nodes; with none anywhere the connection is refused",
        ],
        [dropped, "holds"],
        [true, "does not hold"],
      );
    },
  },
];
