import type { Estimate } from "@evenkeel/core/estimate";
import {
  isUnknown,
  orElse,
  displayName,
  findingName,
  findingResource,
  type Exposure,
  type Workload,
} from "@evenkeel/core/model";

/** What a preview leaves undecided, a line each: which Service waits for which value. */
export function waiting(exposures: readonly Exposure[]): readonly string[] {
  return exposures.flatMap(({ service, choice }) => {
    if (!choice?.isOpen || !choice.waitsFor) return [];
    const { path, origin } = choice.waitsFor;
    const from = origin ? `, which comes from ${origin.resource}` : "";
    return [
      `${displayName(service.ref)}: the ${choice.side} traffic policy is chosen once ${path} is known${from}; nothing is predicted for it`,
    ];
  });
}

/** Estimates that say something, and in their place for the others why there is no prediction: no pod has a node. */
export interface Placeable {
  readonly estimates: readonly Estimate[];
  readonly unplaced: readonly string[];
}

export function placeable(estimates: readonly Estimate[], exposures: readonly Exposure[]): Placeable {
  const fits = ({ pods, pending }: Estimate): boolean =>
    isUnknown(pods) || isUnknown(pending) || pods === 0 || pending.mean < pods;
  const unplaced = estimates
    .filter((one) => !fits(one))
    .map(({ service, cluster, pods, schedulerMessage }) => {
      const name = findingName(service);
      const exposure = exposures.find((other) => findingName(findingResource(other.service.ref)) === name);
      const unmet = exposure ? unmetSelectors(exposure) : [];
      const reason = unmet.length > 0 ? unmet.join("; ") : (schedulerMessage ?? "no node fits");
      return `${name}: no prediction on ${cluster}: none of its ${orElse(pods, 0)} pods has a node there: ${reason}`;
    });
  return { estimates: estimates.filter(fits), unplaced: [...new Set(unplaced)] };
}

/** Labels that pods want of a node and no modelled node has. */
function unmetSelectors({ workloads, cluster }: Exposure): readonly string[] {
  if (cluster.nodes.length === 0) return [];
  return workloads.flatMap((workload: Workload) =>
    Object.entries(workload.template.spec.nodeSelector ?? {}).flatMap(([key, value]) =>
      cluster.nodes.some(({ labels }) => labels?.[key] === value)
        ? []
        : [`no node has the label ${key}=${value} of the nodeSelector of ${displayName(workload.ref)}`],
    ),
  );
}
