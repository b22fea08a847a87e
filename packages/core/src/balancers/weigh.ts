import { reachesNodes, type TargetKind } from "../model";
import type { Draw, Target, Weigh } from "./balancer";

/** The only way there is. */
export function certain(fractions: readonly number[]): readonly Draw[] {
  return [{ probability: 1, fractions }];
}

/** Every target alike: every node, or every pod. */
export function evenly(targets: readonly Target[], kind: TargetKind): Weigh {
  const size = sizeOf(kind);
  return (entered, pods) => {
    const fractions = new Array<number>(targets.length).fill(0);
    const total = entered.reduce((sum, target) => sum + size(target, pods), 0);
    if (total > 0) for (const target of entered) fractions[target] = size(target, pods) / total;
    return certain(fractions);
  };
}

/** Every zone that has a target alike, and within it every target alike. Targets without a zone share one of their own. */
export function evenlyByZone(targets: readonly Target[], kind: TargetKind): Weigh {
  const size = sizeOf(kind);
  const names = [...new Set(targets.map(({ zone }) => zone))];
  const zoneOf = targets.map(({ zone }) => names.indexOf(zone));
  const inZone = new Array<number>(names.length).fill(0);
  return (entered, pods) => {
    inZone.fill(0);
    for (const target of entered) {
      const zone = zoneOf[target] ?? 0;
      inZone[zone] = (inZone[zone] ?? 0) + size(target, pods);
    }
    const zones = inZone.reduce((count, members) => count + (members > 0 ? 1 : 0), 0);
    const fractions = new Array<number>(targets.length).fill(0);
    for (const target of entered) {
      const members = inZone[zoneOf[target] ?? 0] ?? 0;
      if (members > 0) fractions[target] = size(target, pods) / members / zones;
    }
    return certain(fractions);
  };
}

/** How many equal targets stand behind one: a node is one, a node's pods are as many as they are. */
function sizeOf(kind: TargetKind): (target: number, pods: readonly number[]) => number {
  return reachesNodes(kind) ? () => 1 : (target, pods) => pods[target] ?? 0;
}
