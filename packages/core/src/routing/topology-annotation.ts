import type { Knowable } from "../model/knowable";

export const TOPOLOGY_MODE_ANNOTATION = "service.kubernetes.io/topology-mode";
export const DEPRECATED_TOPOLOGY_ANNOTATION = "service.kubernetes.io/topology-aware-hints";

export interface TopologyAnnotation {
  readonly annotation: string;
  readonly value: Knowable<string>;
}

/** The topology annotation that counts: the deprecated key is read first. Source: k8s.io/endpointslice utils.go `hintsEnabled`. */
export function topologyAnnotationOf(
  annotations: Readonly<Record<string, Knowable<string>>>,
): TopologyAnnotation | undefined {
  for (const annotation of [DEPRECATED_TOPOLOGY_ANNOTATION, TOPOLOGY_MODE_ANNOTATION]) {
    const value = annotations[annotation];
    if (value !== undefined) return { annotation, value };
  }
  return undefined;
}

/** Only these two spellings enable hints. Source: k8s.io/endpointslice utils.go `hintsEnabled`. */
export function enablesTopology(topologyMode: string | undefined): boolean {
  return topologyMode === "Auto" || topologyMode === "auto";
}
