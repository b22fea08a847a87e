import type { Inventory } from "@evenkeel/core/model";
import { NO_AWS } from "../aws/records";
import type { SourceObject } from "../kubernetes/object";
import type { Problem } from "../problem";
import { joinExposures, type JoinOptions } from "./exposures";
import { versionOfCluster, type ResolvedVersion } from "../cluster/kubernetes-version";
import { nodesAmong, readObjects, resourcesOf, withVersion } from "./objects";

/** What an adapter made of a source, and what of it could not be used. */
export interface Reading extends Required<Omit<Inventory, "texts">> {
  readonly problems: readonly Problem[];
  /** The version that all of it is answered for; absent where nothing in the input says which. */
  readonly version?: ResolvedVersion;
}

/**
 * Joins plain Kubernetes objects, in any order, to one Exposure a Service. Objects of other kinds are passed over in silence, Lists
 * are taken apart; whatever stands in an object, this returns.
 * @throws UnmodelledVersionError for a version in the options that is not modelled
 *
 * @example
 * readKubernetes([{ object: service }, { object: deployment }], { kubernetesVersion: "1.36" }).exposures;
 */
export function readKubernetes(sources: readonly SourceObject[], options: JoinOptions = {}): Reading {
  const version = versionOfCluster(nodesAmong(sources), options);
  const objects = readObjects(sources, withVersion(options, version));
  const { exposures, workloads, unjoined } = joinExposures(objects, NO_AWS, options, version);
  return {
    exposures,
    workloads,
    unjoined,
    resources: resourcesOf(objects),
    objects: objects.controllerObjects,
    problems: objects.problems,
    ...(version ? { version } : {}),
  };
}
