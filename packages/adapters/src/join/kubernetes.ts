import type { Exposure, Front, Missing } from "@evenkeel/core/model";
import { serviceFronts } from "../aws/service-fronts";
import { clusterFrom } from "../cluster/cluster-from";
import type { ClusterOptions } from "../cluster/cluster-options";
import type { SourceObject } from "../kubernetes/object";
import { isMap } from "../reading/field";
import type { Problem } from "../problem";
import { endpointsOf, indexSlices } from "./endpoints";
import { readObjects, type OpenedService } from "./objects";
import { wishesOf } from "./wishes";
import { indexWorkloads, workloadsOf } from "./workloads";

/** Exposures of a source, and what of it could not be used. */
export interface Reading {
  readonly exposures: readonly Exposure[];
  readonly problems: readonly Problem[];
}

/** Fronts that another source knows of a Service: target groups of a Pulumi stack. */
export type FrontsOf = (service: OpenedService) => {
  readonly fronts: readonly Front[];
  readonly missing: readonly Missing[];
};

export interface KubernetesOptions extends ClusterOptions {
  readonly fronts?: FrontsOf;
}

/**
 * Joins plain Kubernetes objects, in any order, to one Exposure a Service: fronts from its class and annotations, workloads by its
 * selector, the cluster from the nodes and pods, endpoints from its EndpointSlices.
 *
 * @example
 * readKubernetes([{ object: service }, { object: deployment }], { kubernetesVersion: "1.36" }).exposures;
 */
export function readKubernetes(sources: readonly SourceObject[], options: KubernetesOptions = {}): Reading {
  const objects = readObjects(sources, options);
  const cluster = clusterFrom(objects.nodes, objects.pods, options);
  const workloads = indexWorkloads(objects.workloads, objects.autoscalers);
  const slices = indexSlices(objects.slices);
  const exposures = objects.services
    .filter(({ deleting }) => !deleting)
    .map((opened): Exposure => {
      const { service } = opened;
      const joined = workloadsOf(service, workloads, objects.pods);
      const own = serviceFronts(service);
      const other = options.fronts?.(opened) ?? { fronts: [], missing: [] };
      const fronts = [...own.fronts, ...other.fronts];
      // Who builds the load balancer is only a question while nothing is known to stand in front.
      const missing = [...joined.missing, ...(other.fronts.length > 0 ? [] : own.missing), ...other.missing];
      const endpoints = endpointsOf(service, slices);
      const wishes = wishesOf(service);
      const written = writtenOf(opened);
      return {
        service,
        ...(written ? { written } : {}),
        fronts,
        workloads: joined.workloads,
        cluster,
        ...(endpoints ? { endpoints } : {}),
        missing,
        ...(wishes ? { wishes } : {}),
      };
    });
  return { exposures, problems: objects.problems };
}

/** The object as written; one that was read from an API server has been accepted already. */
function writtenOf({ object: { field } }: OpenedService): Exposure["written"] {
  if (!isMap(field.value)) return undefined;
  const { metadata } = field.value;
  return isMap(metadata) && ("uid" in metadata || "resourceVersion" in metadata) ? undefined : field.value;
}
