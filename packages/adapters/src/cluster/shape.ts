import {
  DATAPLANES,
  findRelease,
  minorVersion,
  nearest,
  SUPPORTED_VERSIONS,
  supportedRange,
  type Cluster,
  type Dataplane,
} from "@evenkeel/core/model";
import { isMap } from "../reading/field";
import { present } from "../reading/present";
import { numbered, readGroup, type NodeGroup } from "./node-group";
import { complain, isList, isText, namedKeys, own, valueOf, type Written } from "./written";

/**
 * The short form in which people write a cluster down: groups of equal nodes, some of which an autoscaler may move.
 *
 * @example
 * { kubernetesVersion: "1.36", nodes: [{ count: 10, zones: ["a", "b", "c"], cpu: "4", memory: "16Gi", load: 0.5 }] }
 */
export interface ClusterShape {
  /** Where editors find the schema of this form; says nothing of the cluster. */
  readonly $schema?: string;
  /**
   * In quotes, a supported version; if not given, answers are for the supported range.
   * @pattern ^\s*v?[0-9]+\.[0-9]+([.+-][\s\S]*)?\s*$
   */
  readonly kubernetesVersion?: string;
  /** What implements Services on the nodes; iptables if not given. */
  readonly dataplane?: Dataplane;
  readonly nodes: readonly NodeGroup[];
}

export interface ShapeReading {
  readonly cluster: Cluster;
  /** One line each: path, what was seen, what is wanted. */
  readonly problems: readonly string[];
}

const KEYS = ["$schema", "kubernetesVersion", "dataplane", "nodes"];

/** Reads the short form, whatever was written; what is wrong is left out and named. */
export function clusterFromShape(written: unknown): ShapeReading {
  const problems: string[] = [];
  const shape: Written = { value: isMap(written) ? written : {}, path: "", problems };
  if (!isMap(written)) {
    complain(
      shape,
      "cluster",
      written,
      "nodes as kubectl prints them, or a map with kubernetesVersion, dataplane and nodes",
    );
    return { cluster: { dataplane: "iptables", nodes: [], pods: [] }, problems };
  }
  namedKeys(shape, KEYS);
  valueOf(shape, "$schema", isText, "the address of the schema");
  const wanted = "a list of node groups";
  const nodes = valueOf(shape, "nodes", isList, wanted);
  if (own(written, "nodes") === undefined) complain(shape, "nodes", undefined, wanted);
  const groups = (nodes ?? []).map((group, index) => readGroup(group, `nodes[${index}]`, problems));
  const loads = groups.flatMap(({ load }) => load ?? []);
  const { nodes: named, nodeRanges } = numbered(groups);
  const cluster: Cluster = present({
    kubernetesVersion: versionOf(shape),
    dataplane: dataplaneOf(shape) ?? "iptables",
    nodes: named,
    nodeRanges: nodeRanges.length > 0 ? nodeRanges : undefined,
    pods: [],
    backgroundLoad: loads.length > 0 ? Math.max(...loads) : undefined,
  });
  return { cluster, problems };
}

function versionOf(shape: Written): string | undefined {
  const written = own(shape.value, "kubernetesVersion");
  if (written === undefined) return undefined;
  // Unquoted in YAML, 1.30 arrives as the number 1.3.
  const hint =
    typeof written === "number"
      ? ` in quotes, such as "${SUPPORTED_VERSIONS.newest}"`
      : ` such as ${SUPPORTED_VERSIONS.newest}`;
  if (typeof written !== "string" || !minorVersion(written))
    return complain(shape, "kubernetesVersion", written, `a version${hint}`);
  if (findRelease(written)) return written;
  return complain(shape, "kubernetesVersion", written, `a supported version: ${supportedRange()}`);
}

function dataplaneOf(shape: Written): Cluster["dataplane"] | undefined {
  const written = own(shape.value, "dataplane");
  if (written === undefined) return undefined;
  const known = DATAPLANES.find((name) => name === written);
  const hint = typeof written === "string" ? nearest(written, DATAPLANES) : "";
  return known ?? complain(shape, "dataplane", written, `${DATAPLANES.join(", ")}${hint}`);
}
