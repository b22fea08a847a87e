import { clusterFrom } from "../cluster/cluster-from";
import { clusterFromShape, type ShapeReading } from "../cluster/shape";
import { readObjects } from "./objects";

/** The cluster that somebody describes: nodes (and pods) as kubectl prints them, or the short form. */
export function readCluster(written: unknown): ShapeReading {
  const { nodes, pods } = readObjects([{ object: written }]);
  return nodes.length > 0 ? { cluster: clusterFrom(nodes, pods), problems: [] } : clusterFromShape(written);
}
