import { nlbInstance } from "@evenkeel/core/balancers";
import { type Claim, decide, ARTICLE, PACKETS } from "./claim";
import type { Reader } from "./evidence";

const LOCAL = "spread-local-cluster";

function values<T>(record: Readonly<Record<string, T>>): string {
  return Object.entries(record)
    .map(([node, value]) => `${node} ${String(value)}`)
    .sort()
    .join(", ");
}

/** The fields of a health answer, or undefined if nobody answered. */
function fields(
  reader: Reader,
  service: string,
  node: string,
): Readonly<Record<string, unknown>> | undefined {
  const answer = reader.health(service, node);
  return typeof answer === "string" ? undefined : JSON.parse(answer.body);
}

export const HEALTH: readonly Claim[] = [
  {
    id: "C27",
    where: `${ARTICLE}, healthCheckNodePort`,
    says: "healthCheckNodePort answers /healthz with JSON: service, localEndpoints (the pods of the node), serviceProxyHealthy",
    basis: PACKETS,
    judge(reader) {
      const count = (service: string, node: string) => fields(reader, service, node)?.["localEndpoints"];
      const told =
        Object.keys(fields(reader, LOCAL, "c") ?? {}).join() === "service,localEndpoints,serviceProxyHealthy";
      const counts = ["a", "b", "c"].map((node) => count(LOCAL, node)).join() === "1,0,2";
      const draining = count("draining-on-a-local-cluster", "a") === 0;
      const published = count("published-local-cluster", "a") === 1;
      return decide(
        [
          told && counts && draining && published,
          "holds; pods that terminate are not counted, although they may still be served, unless publishNotReadyAddresses is set",
        ],
        [told && counts, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C28",
    where: `${ARTICLE}, healthCheckNodePort`,
    says: "A node passes when it has a pod and its kube-proxy is healthy",
    basis: PACKETS,
    judge(reader) {
      const passes = ["a", "b", "c"].map((node) => reader.status(LOCAL, node)).join() === "200,503,200";
      const healthy = fields(reader, LOCAL, "b")?.["serviceProxyHealthy"] === true;
      const draining = reader.status("draining-on-a-local-cluster", "a") === 503;
      const { node, health } = reader.evidence.broken;
      const behind = health.every(
        ({ node: one, observed }) =>
          typeof observed !== "string" &&
          observed.body.includes('"serviceProxyHealthy": false') === (one === node) &&
          (observed.status === 200) === (one === "c"),
      );
      return decide(
        [
          passes && healthy && draining && behind,
          "holds when the pod is ready: 200, otherwise 503; a node whose only pod terminates fails, and so does one whose kube-proxy is behind with its rules",
        ],
        [passes, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C29",
    where: `${ARTICLE}, switching to Cluster`,
    says: "After the switch to Cluster the check is TCP on the node port with other thresholds, and all nodes pass",
    basis: { kind: "packets", and: "the check itself: core's model of the AWS controllers" },
    judge(reader) {
      const { local, cluster } = reader.evidence.switching;
      const some = values(local.nodePort) === "a true, b false, c true";
      const all = values(cluster.nodePort) === "a true, b true, c true";
      const wish = (policy: "Cluster" | "Local") =>
        nlbInstance.healthCheckFor({
          ref: { kind: "Service", name: "web" },
          labels: {},
          annotations: {},
          type: "LoadBalancer",
          headless: false,
          ports: [{ name: "", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 30001 }],
          externalTrafficPolicy: policy,
          internalTrafficPolicy: "Cluster",
          ...(policy === "Local" && { healthCheckNodePort: 31001 }),
          loadBalancerSourceRanges: [],
          sessionAffinity: "None",
          publishNotReadyAddresses: false,
          externalIPs: [],
          ingress: [],
        }).recommended;
      const changes =
        wish("Cluster").protocol === "TCP" &&
        wish("Cluster").port === "traffic-port" &&
        wish("Cluster").unhealthyThreshold !== wish("Local").unhealthyThreshold;
      return decide(
        [
          some && all && changes,
          "holds: every node passes a TCP check of its node port; that the check is changed is the doing of the AWS NLB's controller, other balancers ask kube-proxy's port 10256",
        ],
        [some && all, "holds as to the nodes"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C30",
    where: `${ARTICLE}, switching to Cluster`,
    says: "After the switch the health port is closed and kube-proxy no longer runs for it",
    basis: PACKETS,
    judge(reader) {
      const { local, cluster, backAgain } = reader.evidence.switching;
      const opened = "a 200, b 503, c 200";
      const closes =
        values(local.healthPort) === opened &&
        values(cluster.healthPort) === "a refused, b refused, c refused" &&
        values(backAgain.healthPort) === opened;
      const runs = values(cluster.proxy) === "a 200, b 200, c 200";
      return decide(
        [closes && runs, "holds as to the port, which opens again with Local; kube-proxy goes on running"],
        [closes, "holds"],
        [true, "does not hold"],
      );
    },
  },
];
