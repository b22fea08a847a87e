import { isUnknown, type ClientAddress } from "../model";
import type { Estimate, Share } from "./estimate";
import type { Figure } from "./figure";

/** An estimate of which every figure is known. */
export interface KnownEstimate extends Estimate {
  readonly pods: number;
  readonly pending: Figure;
  readonly nodesServing: Figure;
  readonly hottest?: Figure;
  readonly usableCapacity?: Figure;
  readonly targetsHealthy?: Figure;
  readonly targets?: Figure;
  readonly dropped: Figure;
  readonly crossNode: Figure;
  readonly crossZone: Figure;
  readonly clientAddress: ClientAddress;
  readonly shares: readonly Share[];
}

export function isKnownEstimate(estimate: Estimate): estimate is KnownEstimate {
  const { hottest, usableCapacity, targetsHealthy, targets, dropped, crossNode, crossZone } = estimate;
  const { clientAddress, shares, pods, pending, nodesServing } = estimate;
  return ![
    hottest,
    usableCapacity,
    targetsHealthy,
    targets,
    dropped,
    crossNode,
    crossZone,
    clientAddress,
    shares,
    pods,
    pending,
    nodesServing,
  ].some(isUnknown);
}
