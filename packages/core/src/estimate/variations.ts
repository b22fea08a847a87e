import { isUnknown, SUPPORTED_VERSIONS, type Exposure, type Statement } from "../model";
import { ASSUMED_LOAD, DEFAULT_SIZES } from "./defaults";
import { equalNodes } from "./shapes";
import { sayEstimate, type UnspecifiedWhat } from "./texts";

/** Something that the input does not specify, with what it might be. */
export interface Unspecified {
  readonly what: UnspecifiedWhat;
  /** `3, 10 and 30 equal nodes`. */
  readonly assumed: Statement;
  /** The exposure as it would be. */
  readonly cases: readonly { readonly value: number | string; readonly exposure: Exposure }[];
}

/** What is not specified about an exposure and may decide its answer; nothing where endpoints are observed, which need no assumption. */
export function unspecifiedOf(exposure: Exposure): readonly Unspecified[] {
  if (exposure.endpoints && exposure.cluster.nodes.length > 0) return [];
  return [...nodesOf(exposure), ...loadOf(exposure), ...replicasOf(exposure), ...versionOf(exposure)];
}

function nodesOf(exposure: Exposure): readonly Unspecified[] {
  if (exposure.cluster.nodes.length > 0) return [];
  const { cluster } = exposure;
  return [
    {
      what: "nodes",
      assumed: sayEstimate("assumed-nodes", { sizes: DEFAULT_SIZES }),
      cases: DEFAULT_SIZES.map((size) => ({
        value: size,
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

/** Pods that run already show the load themselves. */
function loadOf(exposure: Exposure): readonly Unspecified[] {
  const { cluster } = exposure;
  if (cluster.backgroundLoad !== undefined || cluster.pods.length > 0) return [];
  const isAssumed = cluster.nodes.length === 0;
  return [
    {
      what: "load",
      assumed: sayEstimate("assumed-load", { upTo: isAssumed ? ASSUMED_LOAD : 0 }),
      cases: LOADS.map((backgroundLoad) => ({
        value: backgroundLoad,
        exposure: { ...exposure, cluster: { ...cluster, backgroundLoad } },
      })),
    },
  ];
}

const COUNTS = [1, 2, 3, 10] as const;

/** Only of one workload of replicas; an autoscaler's range says what may be. */
function replicasOf(exposure: Exposure): readonly Unspecified[] {
  const [workload, ...others] = exposure.workloads;
  if (!workload || others.length > 0 || workload.runs === "everyNode" || workload.replicas.range) return [];
  const { count, by } = workload.replicas;
  if (!isUnknown(count) && by === "given") return [];
  return [
    {
      what: "replicas",
      assumed: sayEstimate("assumed-replicas", { isSet: isUnknown(count) }),
      cases: COUNTS.map((replicas) => ({
        value: replicas,
        exposure: { ...exposure, workloads: [{ ...workload, replicas: { count: replicas, by: "given" } }] },
      })),
    },
  ];
}

function versionOf(exposure: Exposure): readonly Unspecified[] {
  if (exposure.cluster.kubernetesVersion !== undefined) return [];
  const { oldest, newest } = SUPPORTED_VERSIONS;
  return [
    {
      what: "version",
      assumed: sayEstimate("assumed-version", { oldest, newest }),
      cases: [oldest, newest].map((kubernetesVersion) => ({
        value: kubernetesVersion,
        exposure: { ...exposure, cluster: { ...exposure.cluster, kubernetesVersion } },
      })),
    },
  ];
}
