import { estimate } from "@evenkeel/test-generators";
import { readKubernetes } from "@evenkeel/adapters";
import { equalNodes } from "@evenkeel/core/estimate";
import { ARTICLE, type Basis, type Claim, decide, PACKETS } from "./claim";

const LOCAL = "spread-local-cluster";
const DIFFERENCES = `${ARTICLE}, Differences between Cluster and Local`;

const PLACEMENT: Basis = {
  kind: "model",
  provedBy: "the placement of core, which test/oracle holds against the scheduler's own code",
};

const HOSTNAME = "kubernetes.io/hostname";
const labels = { app: "web" };

/** What a pod spec can ask of the scheduler to come out level. */
const WISHES = {
  nothing: {},
  antiAffinity: {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: HOSTNAME, labelSelector: { matchLabels: labels } } },
        ],
      },
    },
  },
  maxSkew: {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: HOSTNAME,
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: labels },
      },
    ],
  },
} as const;

interface Cluster {
  readonly nodes: number;
  readonly pods: number | "one a node";
  /** Fraction of each node that is asked for already, drawn evenly below it. */
  readonly load: number;
  readonly wish?: keyof typeof WISHES;
}

/** Under Local, what the hottest pod gets, as a multiple of its fair share; the 95th percentile of the placements. */
function hottest({ nodes, pods, load, wish = "nothing" }: Cluster): number {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "web",
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        "service.beta.kubernetes.io/aws-load-balancer-attributes": "load_balancing.cross_zone.enabled=true",
      },
    },
    spec: {
      type: "LoadBalancer",
      // Sends evenly to every node that passes its check, in any zone; what an unknown one does cannot be predicted.
      loadBalancerClass: "service.k8s.aws/nlb",
      externalTrafficPolicy: "Local",
      selector: labels,
      ports: [{ port: 80, targetPort: 8080 }],
    },
  };
  const containers = [{ name: "web", resources: { requests: { cpu: "100m", memory: "64Mi" } } }];
  const workload = {
    apiVersion: "apps/v1",
    kind: pods === "one a node" ? "DaemonSet" : "Deployment",
    metadata: { name: "web" },
    spec: {
      ...(pods !== "one a node" && { replicas: pods }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { ...WISHES[wish], containers } },
    },
  };
  const { exposures } = readKubernetes([{ object: service }, { object: workload }], {
    cluster: {
      kubernetesVersion: "1.36",
      dataplane: "iptables",
      nodes: equalNodes(nodes, 3),
      pods: [],
      backgroundLoad: load,
    },
  });
  const [exposure] = exposures;
  const external = exposure && estimate(exposure, { trials: 30 }).find(({ side }) => side === "external");
  if (!external?.hottest) throw new Error(`nothing was predicted for ${nodes} nodes and ${pods} pods`);
  return external.hottest.p95;
}

/** As good as level: nobody gets a quarter more than the fair share. */
const LEVEL = 1.25;

export const SPREAD: readonly Claim[] = [
  {
    id: "C22",
    where: DIFFERENCES,
    says: "Under Local, traffic goes to pods of the node that was entered only, without a further hop",
    basis: PACKETS,
    judge(reader) {
      const here =
        reader.answered(LOCAL, "client at a", "VIP") === "web-a1" &&
        reader.answered(LOCAL, "client at c", "VIP") === "web-c1 web-c2";
      return decide([here, "holds"], [true, "does not hold"]);
    },
  },
  {
    id: "C23",
    where: DIFFERENCES,
    says: "Local may unbalance the pods, as balancers spread over nodes and not over pods",
    basis: PACKETS,
    judge({ evidence: { localShares, clusterShares } }) {
      const part = (counts: Readonly<Record<string, number>>) => {
        const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
        return (counts["web-a1"] ?? 0) / total;
      };
      const uneven = Math.abs(part(localShares) - 1 / 2) < 0.001;
      const even = Math.abs(part(clusterShares) - 1 / 3) < 0.1;
      return decide(
        [
          uneven && even,
          "holds: with one pod on one node and two on another, the single pod gets half under Local and a third under Cluster",
        ],
        [uneven, "holds"],
        [true, "does not hold"],
      );
    },
  },
  {
    id: "C24",
    where: DIFFERENCES,
    says: "Under Local, many more pods than nodes come out balanced",
    basis: PLACEMENT,
    judge() {
      const idle = hottest({ nodes: 10, pods: 100, load: 0 }) <= LEVEL;
      const loaded = hottest({ nodes: 10, pods: 100, load: 0.8 }) <= LEVEL;
      const asked = hottest({ nodes: 10, pods: 100, load: 0.8, wish: "maxSkew" }) <= LEVEL;
      return decide(
        [
          idle && !loaded && asked,
          "holds when the nodes are evenly loaded, or the pods ask for hostname spreading",
        ],
        [idle && loaded, "holds"],
        [!idle, "does not hold"],
      );
    },
  },
  {
    id: "C25",
    where: DIFFERENCES,
    says: "Under Local, many more nodes than pods come out balanced",
    basis: PLACEMENT,
    judge: () =>
      decide(
        [
          [0, 0.5, 0.8].every((load) => hottest({ nodes: 20, pods: 8, load }) <= LEVEL),
          "holds with the scheduler's default spreading, which looks at the Service",
        ],
        [true, "does not hold"],
      ),
  },
  {
    id: "C26",
    where: DIFFERENCES,
    says: "Under Local, about as many pods as nodes may be badly unbalanced, unless by DaemonSet, anti-affinity or spread constraints",
    basis: PLACEMENT,
    judge() {
      const asMany = hottest({ nodes: 10, pods: 10, load: 0.5 }) <= LEVEL;
      const fewMore = [12, 15, 19].map((pods) => hottest({ nodes: 10, pods, load: 0.5 }));
      const rises = fewMore.every((ratio, index) => ratio > (fewMore[index - 1] ?? 1));
      const asked = (["antiAffinity", "maxSkew"] as const).every(
        (wish) =>
          hottest({ nodes: 10, pods: 10, load: 0.8, wish }) === 1 &&
          hottest({ nodes: 10, pods: 19, load: 0.8, wish }) > 1.8 &&
          hottest({ nodes: 10, pods: 20, load: 0.8, wish }) === 1,
      );
      const everyNode = hottest({ nodes: 10, pods: "one a node", load: 0.8 }) === 1;
      return decide(
        [
          asMany && rises && asked && everyNode,
          "holds when there are somewhat more pods than nodes, worst at one less than twice as many, where constraints do not help either; as many pods as nodes come out nearly level, and a DaemonSet level",
        ],
        [!asMany && asked && everyNode, "holds"],
        [true, "does not hold"],
      );
    },
  },
];
