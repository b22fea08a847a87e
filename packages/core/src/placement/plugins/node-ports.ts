import type { HostPort } from "../host-ports";
import { conflictsOnPorts } from "../load";
import type { NodeFilter } from "./plugin";

/** Absent where the pod takes no host port. */
export function nodePortsFilter(wanted: readonly HostPort[]): NodeFilter | undefined {
  if (wanted.length === 0) return undefined;
  return {
    name: "NodePorts",
    begin: () => true,
    passes: (node, load) => !conflictsOnPorts(load, node, wanted),
    reasons: () => ["node(s) didn't have free ports for the requested pod ports"],
    resolvable: () => true,
  };
}
