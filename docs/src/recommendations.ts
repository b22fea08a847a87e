import {
  candidateName,
  decide,
  decideInternal,
  ratio,
  type Decision,
  type DecideOptions,
} from "@evenkeel/core/decide";
import { equalNodes, estimate } from "@evenkeel/core/estimate";
import {
  byDefault,
  type Cluster,
  type Exposure,
  type Front,
  type Service,
  type Workload,
} from "@evenkeel/core/model";
import { journey } from "@evenkeel/core/routing";
import type { Page } from "./main";

// What two widely read documents recommend, and what the computation says of each: the tables of a reference page on traffic policies,
// and the three regimes of replicas of an illustrated article.

const REF = { kind: "Service", namespace: "shop", name: "web" };
const AT = { resource: REF, path: "spec" };

function service(more: Partial<Service> = {}): Service {
  return {
    ref: REF,
    labels: {},
    annotations: {},
    type: "LoadBalancer",
    headless: false,
    selector: { app: "web" },
    ports: [{ name: "", protocol: "TCP", port: 443, targetPort: 8443, nodePort: 30443 }],
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
    loadBalancerSourceRanges: [],
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    externalIPs: [],
    ingress: [],
    ...more,
  };
}

/** An NLB over nodes, even over all of them. */
const NLB: Front = {
  balancer: "nlb",
  controller: { name: "aws-load-balancer-controller" },
  resource: REF,
  related: [],
  servicePort: 443,
  targets: byDefault("instance", AT),
  targetPort: byDefault(30443, AT),
  healthCheck: {
    protocol: byDefault("TCP", AT),
    port: byDefault("traffic-port", AT),
    intervalSeconds: byDefault(10, AT),
    timeoutSeconds: byDefault(10, AT),
    healthyThreshold: byDefault(3, AT),
    unhealthyThreshold: byDefault(3, AT),
  },
  proxyProtocol: byDefault("off", AT),
  preservesClientAddress: byDefault(true, AT),
  attributes: { "load_balancing.cross_zone.enabled": byDefault(true, AT) },
};

function workload(replicas: number, more: Partial<Workload> = {}): Workload {
  return {
    ref: { kind: "Deployment", namespace: "shop", name: "web" },
    runs: "replicas",
    replicas: { count: replicas, by: "given" },
    selector: { matchLabels: { app: "web" } },
    template: {
      labels: { app: "web" },
      spec: { containers: [{ name: "web", requests: { cpu: 100, memory: 128 * 1024 ** 2 } }] },
    },
    ...more,
  };
}

function cluster(nodes: number, backgroundLoad = 0.5): Cluster {
  return {
    kubernetesVersion: "1.36",
    dataplane: "iptables",
    nodes: equalNodes(nodes, 3),
    pods: [],
    backgroundLoad,
  };
}

function exposure(run: Workload, on: Cluster, more: Partial<Exposure> = {}): Exposure {
  return { service: service(), fronts: [NLB], workloads: [run], cluster: on, missing: [], ...more };
}

interface Scenario {
  readonly name: string;
  readonly recommended: string;
  readonly taken: string;
  readonly verdict: () => string;
}

const first = (scene: Exposure, options: DecideOptions = {}): Decision => {
  const [decision] = decide(scene, options);
  if (!decision) throw new Error("an exposed Service has a decision");
  return decision;
};

/** The choice, and the first reason against or for it. */
function say({ chosen, rejected, why }: Decision): string {
  const reason = rejected[0]?.sentence ?? why[0] ?? "";
  return `**${candidateName(chosen)}**. ${reason}.`;
}

const RANGE = { min: 6, max: 60, by: { kind: "HorizontalPodAutoscaler", namespace: "shop", name: "web" } };

const EXTERNAL: readonly Scenario[] = [
  {
    name: "Public cloud (auto-scaling, many nodes)",
    recommended: "Cluster",
    taken: "30 nodes, 6 to 60 replicas by an autoscaler",
    verdict: () =>
      say(first(exposure(workload(6, { replicas: { count: 6, by: "given", range: RANGE } }), cluster(30)))),
  },
  {
    name: "On-premise (fixed node topology)",
    recommended: "Local",
    taken: "6 nodes, a DaemonSet",
    verdict: () => say(first(exposure(workload(1, { runs: "everyNode" }), cluster(6)))),
  },
  {
    name: "Internal pod-to-external-IP needed",
    recommended: "Cluster",
    taken:
      "a pod on a node without an endpoint calls the load balancer's address, which kube-proxy owns, under Local",
    verdict: podToOwnedAddress,
  },
  {
    name: "Source IP preservation critical",
    recommended: "Local",
    taken: "10 nodes, 10 replicas, client address required",
    verdict: () =>
      say(first(exposure(workload(10), cluster(10)), { requirements: { clientAddress: "required" } })),
  },
  {
    name: "Source IP preservation critical, with more pods than nodes",
    recommended: "Local",
    taken: "10 nodes, 19 replicas, client address required",
    verdict: () => {
      const decision = first(exposure(workload(19), cluster(10)), {
        requirements: { clientAddress: "required" },
      });
      return `${decision.met ? "" : "No policy meets every requirement; "}${say(decision)}`;
    },
  },
  {
    name: "Performance critical (lower latency)",
    recommended: "Local",
    taken: "10 nodes, 10 replicas, client address ignored",
    verdict: () => {
      const decision = first(exposure(workload(10), cluster(10)), {
        requirements: { clientAddress: "ignored" },
      });
      return say({ ...decision, rejected: [] });
    },
  },
];

/** The claim behind the recommendation is that Local drops such calls. */
function podToOwnedAddress(): string {
  const nodes = ["a", "b"].map((name, index) => ({ name, address: `192.0.2.${index + 1}` }));
  const { outcome } = journey({
    source: { kind: "pod", node: "b", address: "198.51.100.9" },
    destination: { kind: "loadBalancer", ingress: { ip: "203.0.113.10", ipMode: "VIP" } },
    service: {
      traffic: {
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Cluster",
        externallyReachable: true,
      },
      loadBalancerSourceRanges: [],
      sessionAffinity: "None",
    },
    endpoints: [{ addresses: ["198.51.100.1"], nodeName: "a", pod: "web-1" }],
    nodes,
    network: { dataplane: "iptables", localDetector: "nodeCIDR" },
  });
  return outcome?.verdict === "deliver"
    ? "**No criterion**: delivered under Local too, since kube-proxy spares the pods of its own node the policy. What matters is whether the address is a hostname or in Proxy mode: then the packet leaves towards the load balancer under either policy."
    : `**${outcome?.verdict ?? "leaves"}** under Local.`;
}

const INTERNAL: readonly Scenario[] = [
  {
    name: "Standard pod communication",
    recommended: "Cluster",
    taken: "10 nodes, 6 replicas",
    verdict: () => internal(workload(6), 10, true),
  },
  {
    name: "Reduce cross-node traffic",
    recommended: "Local",
    taken: "10 nodes, 6 replicas",
    verdict: () => internal(workload(6), 10),
  },
  {
    name: "Reduce cross-node traffic, with a pod on every node",
    recommended: "Local",
    taken: "10 nodes, a DaemonSet",
    verdict: () => internal(workload(1, { runs: "everyNode" }), 10),
  },
  {
    name: "Topology-aware routing desired",
    recommended: "trafficDistribution: PreferClose",
    taken: "9 nodes in three zones, 9 replicas",
    verdict: () =>
      `${internal(workload(9), 9)} PreferClose is a deprecated alias of PreferSameZone since Kubernetes 1.35.`,
  },
  {
    name: "Zone-local deployments",
    recommended: "Local + multi-zone pods",
    taken: "9 nodes in three zones, 6 replicas",
    verdict: () => `${internal(workload(6), 9)} Local means the node, not the zone.`,
  },
];

function internal(run: Workload, nodes: number, plain = false): string {
  const on = cluster(nodes);
  const decision = decideInternal(exposure(run, plain ? { ...on, kubernetesVersion: "1.33" } : on));
  return decision ? say(decision) : "";
}

const LOADS = [0, 0.5, 0.8] as const;

/** The article's regimes, with the counts between them where the trouble is. */
const REGIMES: readonly {
  readonly name: string;
  readonly claim: string;
  readonly pods: number;
  readonly nodes: number;
}[] = [
  { name: "pods ≫ nodes", claim: "balanced", pods: 100, nodes: 10 },
  { name: "nodes ≫ pods", claim: "balanced", pods: 5, nodes: 30 },
  { name: "pods = nodes", claim: "may be badly unbalanced", pods: 10, nodes: 10 },
  { name: "pods a little above nodes", claim: "may be badly unbalanced", pods: 12, nodes: 10 },
  { name: "pods = 1.5 nodes", claim: "–", pods: 15, nodes: 10 },
  { name: "pods = 2 nodes − 1", claim: "–", pods: 19, nodes: 10 },
  { name: "pods = 2 nodes", claim: "–", pods: 20, nodes: 10 },
];

function heat(pods: number, nodes: number, load: number): string {
  const scene = exposure(workload(pods), cluster(nodes, load), {
    service: service({ externalTrafficPolicy: "Local", healthCheckNodePort: 30444 }),
  });
  const [external] = estimate(scene);
  return external?.hottest ? `${ratio(external.hottest.mean)} (${ratio(external.hottest.worst)})` : "–";
}

/** `docs/recommendations.md`. */
export function recommendationsPage(): Page {
  const table = (scenarios: readonly Scenario[]): readonly string[] => [
    "| scenario | recommended there | taken as | computed |",
    "| --- | --- | --- | --- |",
    ...scenarios.map(
      ({ name, recommended, taken, verdict }) => `| ${name} | ${recommended} | ${taken} | ${verdict()} |`,
    ),
  ];
  return {
    path: "docs/recommendations.md",
    text: [
      "# Recommendations, computed",
      "",
      "What is often recommended, and what the computation says for a concrete case: an NLB over nodes with cross-zone balancing, equal nodes in three zones with up to half of each asked for already, 200 placements, seed 1, Kubernetes 1.36 unless said.",
      "",
      "## externalTrafficPolicy",
      "",
      ...table(EXTERNAL),
      "",
      "## internalTrafficPolicy",
      "",
      ...table(INTERNAL),
      "",
      "## How many pods for how many nodes, under Local",
      "",
      "`hottest`, mean (worst), by how much of each node is asked for already. Pods near the number of nodes are not the bad case; those between one and two times the nodes are.",
      "",
      `| regime | often said | pods / nodes | ${LOADS.map((load) => (load === 0 ? "idle" : `up to ${load * 100} %`)).join(" | ")} |`,
      `| --- | --- | --- | ${LOADS.map(() => "---").join(" | ")} |`,
      ...REGIMES.map(
        ({ name, claim, pods, nodes }) =>
          `| ${name} | ${claim} | ${pods} / ${nodes} | ${LOADS.map((load) => heat(pods, nodes, load)).join(" | ")} |`,
      ),
      "",
    ].join("\n"),
  };
}
