import { isUnknown, SUPPORTED_VERSIONS, type Exposure } from "../model";
import { ASSUMED_LOAD, DEFAULT_SIZES } from "./defaults";
import { equalNodes } from "./shapes";

/** Something that the input does not say, with what it might be. */
export interface Unsaid {
  readonly what: "nodes" | "load" | "replicas" | "version";
  /** `the number of nodes`. */
  readonly called: string;
  /** What is assumed meanwhile: `3, 10 and 30 equal nodes`. */
  readonly assumed: string;
  /** The exposure as it would be. */
  readonly cases: readonly { readonly at: string; readonly exposure: Exposure }[];
}

/** What is not said about an exposure and may decide its answer; nothing where endpoints are observed, which need no guess. */
export function unsaidOf(exposure: Exposure): readonly Unsaid[] {
  if (exposure.endpoints && exposure.cluster.nodes.length > 0) return [];
  return [...nodesOf(exposure), ...loadOf(exposure), ...replicasOf(exposure), ...versionOf(exposure)];
}

function nodesOf(exposure: Exposure): readonly Unsaid[] {
  if (exposure.cluster.nodes.length > 0) return [];
  const { cluster } = exposure;
  return [
    {
      what: "nodes",
      called: "the number of nodes",
      assumed: `${list(DEFAULT_SIZES)} equal nodes in three zones`,
      cases: DEFAULT_SIZES.map((size) => ({
        at: `${size} nodes`,
        exposure: {
          ...exposure,
          cluster: {
            ...cluster,
            nodes: equalNodes(size, 3),
            backgroundLoad: cluster.backgroundLoad ?? ASSUMED_LOAD,
          },
        },
      })),
    },
  ];
}

const LOADS = [0, ASSUMED_LOAD, 0.8] as const;

/** Pods that run already say the load themselves. */
function loadOf(exposure: Exposure): readonly Unsaid[] {
  const { cluster } = exposure;
  if (cluster.backgroundLoad !== undefined || cluster.pods.length > 0) return [];
  const isAssumed = cluster.nodes.length === 0;
  return [
    {
      what: "load",
      called: "what the nodes already run",
      assumed: isAssumed ? `up to ${ASSUMED_LOAD * 100} % of each node is already requested` : "idle nodes",
      cases: LOADS.map((backgroundLoad) => ({
        at: backgroundLoad === 0 ? "idle nodes" : `up to ${backgroundLoad * 100} %`,
        exposure: { ...exposure, cluster: { ...cluster, backgroundLoad } },
      })),
    },
  ];
}

const COUNTS = [1, 2, 3, 10] as const;

/** Only of one workload of replicas; an autoscaler's range says what may be. */
function replicasOf(exposure: Exposure): readonly Unsaid[] {
  const [workload, ...others] = exposure.workloads;
  if (!workload || others.length > 0 || workload.runs === "everyNode" || workload.replicas.range) return [];
  const { count, by } = workload.replicas;
  if (!isUnknown(count) && by === "given") return [];
  return [
    {
      what: "replicas",
      called: "the number of replicas",
      assumed: isUnknown(count) ? "one, since it is not known yet" : "one, since spec.replicas is not set",
      cases: COUNTS.map((replicas) => ({
        at: `${replicas} replica${replicas === 1 ? "" : "s"}`,
        exposure: { ...exposure, workloads: [{ ...workload, replicas: { count: replicas, by: "given" } }] },
      })),
    },
  ];
}

function versionOf(exposure: Exposure): readonly Unsaid[] {
  if (exposure.cluster.kubernetesVersion !== undefined) return [];
  const { oldest, newest } = SUPPORTED_VERSIONS;
  return [
    {
      what: "version",
      called: "the version of Kubernetes",
      assumed: `the scheduler of ${newest}, and what every version from ${oldest} on has`,
      cases: [oldest, newest].map((kubernetesVersion) => ({
        at: kubernetesVersion,
        exposure: { ...exposure, cluster: { ...exposure.cluster, kubernetesVersion } },
      })),
    },
  ];
}

/** `3, 10 and 30`. */
export function list(items: readonly (string | number)[]): string {
  const [last, ...others] = [...items].reverse();
  return others.length === 0 ? String(last ?? "") : `${others.reverse().join(", ")} and ${last}`;
}
