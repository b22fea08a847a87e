import { decide } from "@evenkeel/core/decide";
import { estimate, known } from "@evenkeel/core/estimate";
import { HOSTNAME_LABEL, isAnswered, ratio, type PodTemplate, type Workload } from "@evenkeel/core/model";
import { LOCAL, webService } from "@evenkeel/test-generators";
import { cluster, exposure, LABELS, workload } from "./scene";

/** How much of each node is already requested, at the most. */
const LOADS = [0, 0.5, 0.8] as const;

interface Regime {
  readonly name: string;
  readonly claim: string;
  readonly nodes: number;
  readonly run: Workload;
}

/** Pods kept apart as the article recommends where their number is near that of the nodes. */
function spread(replicas: number, spec: Partial<PodTemplate["spec"]>): Workload {
  const plain = workload(replicas);
  return { ...plain, template: { ...plain.template, spec: { ...plain.template.spec, ...spec } } };
}

const ANTI_AFFINITY: Partial<PodTemplate["spec"]> = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: HOSTNAME_LABEL, labelSelector: { matchLabels: LABELS } },
      ],
    },
  },
};
const MAX_SKEW: Partial<PodTemplate["spec"]> = {
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: HOSTNAME_LABEL,
      whenUnsatisfiable: "DoNotSchedule",
      labelSelector: { matchLabels: LABELS },
    },
  ],
};

/** The article's regimes, with the counts between them where the trouble is, and its remedies. */
const REGIMES: readonly Regime[] = [
  { name: "pods ≫ nodes", claim: "balanced", run: workload(100), nodes: 10 },
  { name: "nodes ≫ pods", claim: "balanced", run: workload(5), nodes: 30 },
  { name: "pods = nodes", claim: "may be badly unbalanced", run: workload(10), nodes: 10 },
  { name: "pods a little above nodes", claim: "may be badly unbalanced", run: workload(12), nodes: 10 },
  { name: "pods = 1.5 nodes", claim: "–", run: workload(15), nodes: 10 },
  { name: "pods = 2 nodes − 1", claim: "–", run: workload(19), nodes: 10 },
  { name: "pods = 2 nodes", claim: "–", run: workload(20), nodes: 10 },
  {
    name: "pods = nodes, a DaemonSet",
    claim: "balanced",
    run: workload(10, { runs: "everyNode" }),
    nodes: 10,
  },
  { name: "pods = nodes, anti-affinity", claim: "balanced", run: spread(10, ANTI_AFFINITY), nodes: 10 },
  { name: "pods = nodes, maxSkew 1", claim: "balanced", run: spread(10, MAX_SKEW), nodes: 10 },
  { name: "pods = 2 nodes − 1, maxSkew 1", claim: "balanced", run: spread(19, MAX_SKEW), nodes: 10 },
  { name: "pods = 2 nodes, maxSkew 1", claim: "balanced", run: spread(20, MAX_SKEW), nodes: 10 },
];

function heat({ run, nodes }: Regime, load: number): string {
  const [external] = estimate(exposure(run, cluster(nodes, load), { service: webService(LOCAL) }));
  const hottest = known(external?.hottest);
  return hottest ? `${ratio(hottest.mean)} (${ratio(hottest.worst)})` : "–";
}

/** Whether Local is within the default requirements on nodes of which up to half is already requested. */
function local({ run, nodes }: Regime): string {
  const [decision] = decide(exposure(run, cluster(nodes))).filter(isAnswered);
  const rejected = decision?.rejected.filter(({ candidate }) => candidate.externalTrafficPolicy === "Local");
  return rejected?.length === 0 ? "yes" : `no: ${rejected?.map(({ why }) => why.sentence).join("; ") ?? ""}`;
}

/** The regimes as a table. */
export function regimes(): readonly string[] {
  return [
    `| regime | often said | pods / nodes | ${LOADS.map((load) => (load === 0 ? "idle" : `up to ${load * 100} %`)).join(" | ")} | Local within the default requirements |`,
    `| --- | --- | --- | ${LOADS.map(() => "---").join(" | ")} | --- |`,
    ...REGIMES.map((regime) => {
      const { name, claim, run, nodes } = regime;
      const pods = String(run.replicas.count);
      return `| ${name} | ${claim} | ${pods} / ${nodes} | ${LOADS.map((load) => heat(regime, load)).join(" | ")} | ${local(regime)} |`;
    }),
  ];
}
