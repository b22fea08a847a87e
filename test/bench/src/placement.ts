import { equalNodes } from "@evenkeel/core/estimate";
import type { Cluster, Pod, PodTemplate, Workload } from "@evenkeel/core/model";
import { placeReplicas, schedulePods, type Placement } from "@evenkeel/core/placement";
import { startOracle } from "@evenkeel/test-oracle";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { clock, held, show, timing } from "./measure";

const labels = { app: "web" };
const template: PodTemplate = {
  labels,
  spec: { containers: [{ name: "web", image: "web", requests: { cpu: 100, memory: 128 * 1024 ** 2 } }] },
};
const owner = { kind: "ReplicaSet", name: "web" };
const services = [{ namespace: "shop", selector: labels }];
const owners = [{ ...owner, namespace: "shop", selector: { matchLabels: labels } }];

/** Replicas that the scheduler spreads by default, because a ReplicaSet and a Service select them. */
function waiting(count: number): readonly Pod[] {
  return Array.from({ length: count }, (_, index) => ({
    namespace: "shop",
    name: `web-${index}`,
    labels,
    spec: template.spec,
    owner,
  }));
}

function loaded(nodes: number): Cluster {
  return { dataplane: "iptables", nodes: equalNodes(nodes, 3), pods: [], backgroundLoad: 0.5 };
}

/** Placement of replicas: the exact scheduler beside Kubernetes' own, the ensemble, what both cost as clusters grow. */
export async function benchPlacement(): Promise<void> {
  await exact();
  ensemble(20, 50, 20);
  ensemble(100, 100, 250);
  memory();
  growth();
}

const RUNS = 11;

function place(nodes: number, pods: number): () => unknown {
  const view = { nodes: equalNodes(nodes, 3), pods: [], services, owners };
  const pending = waiting(pods);
  return () => schedulePods(view, pending);
}

async function exact(): Promise<void> {
  const run = place(1000, 1000);
  const first = clock(run);
  const warm = timing(Array.from({ length: RUNS }, () => clock(run)));
  const detail = `first ${first.toFixed(1)} ms, then ${show(warm)}, ${RUNS} runs`;
  held("1,000 pods on 1,000 nodes, exact", warm.median, 100, "ms", detail);
  const theirs = await oracleSeconds(1000, 1000);
  console.log(
    typeof theirs === "string"
      ? `  beside kube-scheduler: left out, ${theirs}`
      : `  kube-scheduler placed them in ${theirs.toFixed(2)} s with one worker: ${((theirs * 1000) / warm.median).toFixed(0)} times as long`,
  );
}

/** What the real scheduler takes for the pods alone: the time of an empty queue, its start and the transfer of nodes, is taken off. */
async function oracleSeconds(nodes: number, pods: number): Promise<number | string> {
  try {
    const oracle = startOracle();
    try {
      const ask = async (pending: readonly Pod[]): Promise<number> => {
        const input = { nodes: equalNodes(nodes, 3), pods: [], pending, services, owners, namespaces: [] };
        const start = process.hrtime.bigint();
        const answer = await oracle.ask("schedule", input);
        if ("error" in answer) throw new Error(answer.error);
        return Number(process.hrtime.bigint() - start) / 1e9;
      };
      await ask([]);
      const start = await ask([]);
      return (await ask(waiting(pods))) - start;
    } finally {
      await oracle.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const TRIALS = 200;

function trials(replicas: number, nodes: number): () => readonly Placement[] {
  const workload: Workload = {
    ref: { kind: "Deployment", namespace: "shop", name: "web" },
    runs: "replicas",
    replicas: { count: replicas, by: "given" },
    selector: { matchLabels: labels },
    template,
  };
  const request = { workload, replicas, services, cluster: loaded(nodes), trials: TRIALS, seed: 1 };
  return () => placeReplicas(request);
}

function ensemble(replicas: number, nodes: number, target: number): void {
  const run = trials(replicas, nodes);
  for (let i = 0; i < 5; i += 1) run();
  const warm = timing(Array.from({ length: RUNS }, () => clock(run)));
  const name = `${TRIALS} trials of ${replicas} replicas on ${nodes} loaded nodes, warm`;
  held(name, warm.median, target, "ms", `${show(warm)}, ${RUNS} runs`);
}

const MIB = 1024 ** 2;

/** What is still held after many more trials, their answers dropped. */
function memory(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const run = trials(20, 50);
  run();
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 50; i += 1) run();
  collect();
  const grown = (process.memoryUsage().heapUsed - before) / MIB;
  held(`memory held after ${50 * TRIALS} more trials`, grown, 1, "MiB", "20 replicas on 50 nodes");
}

function growth(): void {
  console.log("  nodes   100 pods, exact   20 replicas, 200 trials");
  for (const nodes of [100, 300, 1000, 3000, 5000]) {
    const both = [place(nodes, 100), trials(20, nodes)].map((run) => {
      run();
      return timing(Array.from({ length: 3 }, () => clock(run))).median;
    });
    const [one = 0, many = 0] = both;
    console.log(
      `${`${nodes}`.padStart(7)}${`${one.toFixed(1)} ms`.padStart(18)}${`${many.toFixed(1)} ms`.padStart(26)}`,
    );
  }
}
