import type { Pod } from "@evenkeel/core/model";
import { isAutoscaler, readAutoscaler, type ReadAutoscaler } from "../kubernetes/autoscaler";
import { readEndpointSlice, type ReadSlice } from "../kubernetes/endpoint-slice";
import { readNode, type ReadNode } from "../kubernetes/node";
import { flatten, openObject, type OpenObject, type SourceObject } from "../kubernetes/object";
import { readPod } from "../kubernetes/pod";
import { readService, type ReadService } from "../kubernetes/service";
import { isWorkload, readWorkload, type ReadWorkload } from "../kubernetes/workload";
import { problemsOf, type Problem } from "../problem";

/** Everything of a source that says something of traffic, kind by kind. */
export interface Objects {
  readonly services: readonly OpenedService[];
  readonly workloads: readonly ReadWorkload[];
  readonly autoscalers: readonly ReadAutoscaler[];
  readonly nodes: readonly ReadNode[];
  readonly pods: readonly Pod[];
  readonly slices: readonly ReadSlice[];
  readonly problems: readonly Problem[];
}

export interface OpenedService extends ReadService {
  readonly object: OpenObject;
}

export function readObjects(
  sources: readonly SourceObject[],
  options: { readonly kubernetesVersion?: string } = {},
): Objects {
  const objects = {
    services: [] as OpenedService[],
    workloads: [] as ReadWorkload[],
    autoscalers: [] as ReadAutoscaler[],
    nodes: [] as ReadNode[],
    pods: [] as Pod[],
    slices: [] as ReadSlice[],
    problems: [] as Problem[],
  };
  for (const source of flatten(sources)) {
    const object = openObject(source);
    if (!object) continue;
    readInto(objects, object, options);
    objects.problems.push(...problemsOf(object.ref, object.notes));
  }
  return objects;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

function readInto(
  into: Mutable<Objects>,
  object: OpenObject,
  options: { readonly kubernetesVersion?: string },
): void {
  const { ref, group } = object;
  if (ref.kind === "Service" && group === "") into.services.push({ ...readService(object, options), object });
  else if (ref.kind === "Node" && group === "") into.nodes.push(readNode(object));
  else if (ref.kind === "Pod" && group === "") into.pods.push(readPod(object));
  else if (ref.kind === "EndpointSlice") push(into.slices, readEndpointSlice(object));
  else if (isAutoscaler(object)) push(into.autoscalers, readAutoscaler(object));
  else if (isWorkload(object)) into.workloads.push(readWorkload(object));
}

function push<T>(list: T[], one: T | undefined): void {
  if (one !== undefined) list.push(one);
}
