import { zoneOf, type Endpoint, type Node } from "../model";
import { autoHints } from "../routing/topology-auto";
import type { HintedZones } from "./spread";

/**
 * What topology-mode Auto comes to on counts of pods: the real allocation on one endpoint for each pod, in the order of the nodes.
 * Which pod of a zone is given to another one is a tie that the controller breaks at random; here the pods of the first nodes go.
 * Placements repeat, so each is worked out once.
 */
export function hintedZones(
  nodes: readonly Node[],
  zones: readonly string[],
): (pods: readonly number[]) => HintedZones | undefined {
  const known = new Map<string, HintedZones | undefined>();
  return (pods) => {
    const key = pods.join();
    if (known.has(key)) return known.get(key);
    const found = allocated(nodes, zones, pods);
    known.set(key, found);
    return found;
  };
}

function allocated(
  nodes: readonly Node[],
  zones: readonly string[],
  pods: readonly number[],
): HintedZones | undefined {
  const at: number[] = [];
  const endpoints = pods.flatMap((count, index): Endpoint[] => {
    const node = nodes[index];
    if (!node) return [];
    const zone = zoneOf(node);
    const endpoint: Endpoint = {
      addresses: [],
      nodeName: node.name,
      ...(zone === undefined ? {} : { zone }),
    };
    return Array.from({ length: count }, () => {
      at.push(index);
      return endpoint;
    });
  });
  const hinted = autoHints(endpoints, nodes);
  if (hinted.off) return undefined;
  const found = zones.map(() => new Array<number>(pods.length).fill(0));
  hinted.endpoints.forEach(({ hints }, index) => {
    const node = at[index] ?? 0;
    for (const zone of hints?.forZones ?? []) {
      const ofZone = found[zones.indexOf(zone)];
      if (ofZone) ofZone[node] = (ofZone[node] ?? 0) + 1;
    }
  });
  return found;
}
