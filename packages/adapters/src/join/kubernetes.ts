import type { Inventory } from "@evenkeel/core/model";
import { NO_AWS } from "../aws/records";
import type { SourceObject } from "../kubernetes/object";
import type { Problem } from "../problem";
import { joinExposures, type JoinOptions } from "./exposures";
import { readObjects, resourcesOf } from "./objects";

/** What an adapter made of a source, and what of it could not be used. */
export interface Reading extends Required<Omit<Inventory, "texts">> {
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
