import { randomInt } from "node:crypto";
import {
  HOSTNAME_LABEL,
  ZONE_LABEL,
  type Cluster,
  type Node,
  type Pod,
  type PodSpec,
  type Workload,
} from "@evenkeel/core";
import { placeReplicas } from "@evenkeel/core/placement";
import { readFlags, wholeNumber } from "./flags";
import { startOracle, type Oracle } from "./oracle";
import { ORACLE_BINARY } from "./paths";

// Predicted placements against those of the real scheduler, on the same clusters: as many nodes serve, and the hottest pod is as hot.

const FLAGS = {
  clusters: "N   clusters for each cell (40)",
  orders: "N     orders of the nodes in which the real scheduler is asked, each (5)",
  trials: "N     placements predicted for each cluster (20)",
  seed: "N       seed (a fresh one)",
  binary: "FILE  the oracle",
} as const;

const GRID = [
  [3, 3],
  [5, 5],
  [10, 8],
  [10, 10],
  [10, 12],
  [10, 15],
  [10, 19],
  [10, 20],
  [20, 20],
  [50, 50],
  [10, 100],
] as const;
const LOADS = [0, 0.5, 0.8] as const;
const TOLERANCE = { serving: 0.05, hottest: 0.1 } as const;

const GIB = 2 ** 30;
const web = { app: "web" };
const hosts = { labelSelector: { matchLabels: web }, topologyKey: HOSTNAME_LABEL };

/** What the pods say of each other; without owner and Service the scheduler has no reason to spread them. */
const KINDS: Readonly<Record<string, { readonly owned: boolean; readonly spec: Partial<PodSpec> }>> = {
  bare: { owned: false, spec: {} },
  "default constraints": { owned: true, spec: {} },
  "preferred anti-affinity": {
    owned: true,
    spec: {
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: hosts }],
        },
      },
    },
  },
  "maxSkew 1": {
    owned: true,
    spec: { topologySpreadConstraints: [{ maxSkew: 1, whenUnsatisfiable: "DoNotSchedule", ...hosts }] },
  },
};

interface Figures {
  readonly serving: number;
  readonly hottest: number;
}

/** With a balancer that is even over the nodes that serve. */
function figures(podsOnNode: readonly number[]): Figures {
  const pods = podsOnNode.reduce((sum, count) => sum + count, 0);
  const serving = podsOnNode.filter((count) => count > 0);
  return { serving: serving.length, hottest: pods / (serving.length * Math.min(...serving)) };
}

function mean(all: readonly Figures[]): Figures {
  const of = (pick: (one: Figures) => number): number =>
    all.reduce((sum, one) => sum + pick(one), 0) / all.length;
  return { serving: of(({ serving }) => serving), hottest: of(({ hottest }) => hottest) };
}

function cluster(count: number, load: number, random: () => number): Cluster {
  const nodes = Array.from({ length: count }, (_, index): Node => ({
    name: `n${index}`,
    labels: { [HOSTNAME_LABEL]: `n${index}`, [ZONE_LABEL]: `z${index % 3}` },
    taints: [],
    unschedulable: false,
    allocatable: { cpu: 4000, memory: 16 * GIB, pods: 110 },
  }));
  const pods = nodes.map(({ name }): Pod => {
    const requests = {
      cpu: Math.floor(4000 * load * random()),
      memory: Math.floor(16 * GIB * load * random()),
    };
    return {
      namespace: "other",
      name,
      labels: {},
      spec: { nodeName: name, containers: [{ name: "c", image: "x", requests }] },
    };
  });
  return { dataplane: "iptables", nodes, pods: load > 0 ? pods : [] };
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}

function workload(kind: string): Workload {
  const { owned, spec } = KINDS[kind]!;
  return {
    ref: { kind: owned ? "ReplicaSet" : "CloneSet", namespace: "shop", name: "web" },
    runs: "replicas",
    replicas: { count: 1, by: "given" },
    selector: { matchLabels: web },
    template: {
      labels: web,
      spec: {
        containers: [{ name: "c", image: "x", requests: { cpu: 100, memory: 128 * 2 ** 20 } }],
        ...spec,
      },
    },
  };
}

async function theirs(
  oracle: Oracle,
  { nodes, pods }: Cluster,
  kind: string,
  replicas: number,
): Promise<Figures> {
  const { owned } = KINDS[kind]!;
  const { labels, spec } = workload(kind).template;
  const owner = owned ? { kind: "ReplicaSet", name: "web" } : undefined;
  const pending = Array.from({ length: replicas }, (_, index) => ({
    namespace: "shop",
    name: `p${index}`,
    labels,
    spec,
    owner,
  }));
  const answer = await oracle.ask("schedule", {
    nodes,
    pods,
    pending,
    services: owned ? [{ namespace: "shop", selector: web }] : [],
    owners: owned
      ? [{ kind: "ReplicaSet", namespace: "shop", name: "web", selector: { matchLabels: web } }]
      : [],
    namespaces: [],
  });
  if ("error" in answer) throw new Error(`the oracle gave no answer: ${answer.error}`);
  const placed = (answer.output as readonly { readonly node?: string }[]).map(({ node }) => node);
  return figures(nodes.map(({ name }) => placed.filter((node) => node === name).length));
}

function ours(on: Cluster, kind: string, replicas: number, trials: number, seed: number): Figures {
  const services = KINDS[kind]!.owned ? [{ namespace: "shop", selector: web }] : [];
  const placements = placeReplicas({
    workload: workload(kind),
    replicas,
    services,
    cluster: on,
    trials,
    seed,
  });
  return mean(placements.map(({ podsOnNode }) => figures(podsOnNode)));
}

/** Numbers of a linear congruential generator: enough to draw loads and orders. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2), FLAGS);
  const orders = wholeNumber("orders", flags.orders ?? "5");
  const clusters = wholeNumber("clusters", flags.clusters ?? "40");
  const trials = wholeNumber("trials", flags.trials ?? "20");
  const seed = wholeNumber("seed", flags.seed ?? `${randomInt(2 ** 30)}`);
  const random = numbers(seed);
  const oracle = startOracle({ binary: flags.binary ?? ORACLE_BINARY });
  let beyond = 0;
  try {
    console.log(
      `nodes/pods  load  pods say                 serving: theirs  ours   hottest: theirs  ours   seed ${seed}`,
    );
    for (const kind of Object.keys(KINDS)) {
      for (const [nodes, pods] of GRID) {
        for (const load of LOADS) {
          const real: Figures[] = [];
          const predicted: Figures[] = [];
          for (let drawn = 0; drawn < clusters; drawn++) {
            const on = cluster(nodes, load, random);
            for (let order = 0; order < orders; order++) {
              const reordered = { ...on, nodes: shuffled(on.nodes, random) };
              real.push(await theirs(oracle, reordered, kind, pods));
            }
            predicted.push(ours(on, kind, pods, trials, seed + drawn));
          }
          beyond += print(`${nodes}/${pods}`, load, kind, mean(real), mean(predicted)) ? 0 : 1;
        }
      }
    }
  } finally {
    await oracle.close();
  }
  console.log(
    beyond === 0
      ? "all within 5 % of serving nodes and 10 % of hottest"
      : `${beyond} cells beyond the tolerance`,
  );
  return beyond === 0 ? 0 : 1;
}

/** True if the cell is within the tolerance. */
function print(cell: string, load: number, kind: string, real: Figures, predicted: Figures): boolean {
  const off = (a: number, b: number): number => Math.abs(a - b) / a;
  const serving = off(real.serving, predicted.serving) <= TOLERANCE.serving;
  const hottest = off(real.hottest, predicted.hottest) <= TOLERANCE.hottest;
  console.log(
    cell.padEnd(12) +
      `${load}`.padEnd(6) +
      kind.padEnd(25) +
      real.serving.toFixed(2).padStart(15) +
      predicted.serving.toFixed(2).padStart(7) +
      real.hottest.toFixed(2).padStart(17) +
      predicted.hottest.toFixed(2).padStart(7) +
      (serving && hottest ? "" : "  beyond"),
  );
  return serving && hottest;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
