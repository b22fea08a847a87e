import type { Exposure } from "@evenkeel/core/model";
import { NO_AWS } from "../aws/records";
import type { SourceObject } from "../kubernetes/object";
import type { Problem } from "../problem";
import { joinExposures, type JoinOptions, type LoneWorkload } from "./exposures";
import { readObjects, resourcesOf, type Resources } from "./objects";
import type { Unjoined } from "./target-group-fronts";

/** Exposures of a source, and what of it could not be used. */
export interface Reading {
  readonly exposures: readonly Exposure[];
  /** Workloads that none of the Services selects. */
  readonly workloads: readonly LoneWorkload[];
  /** What stands in front of Services, or of target groups, that are not in sight. */
  readonly unjoined: readonly Unjoined[];
  /** Single resources, for rules that need nothing else. */
  readonly resources: Resources;
  readonly problems: readonly Problem[];
}

/**
 * Joins plain Kubernetes objects, in any order, to one Exposure a Service. Objects of other kinds are passed over in silence, Lists
 * are taken apart; whatever stands in an object, this returns.
 *
 * @example
 * readKubernetes([{ object: service }, { object: deployment }], { kubernetesVersion: "1.36" }).exposures;
 */
export function readKubernetes(sources: readonly SourceObject[], options: JoinOptions = {}): Reading {
  const objects = readObjects(sources, options);
  const { exposures, workloads, unjoined } = joinExposures(objects, NO_AWS, options);
  return { exposures, workloads, unjoined, resources: resourcesOf(objects), problems: objects.problems };
}
