import type { Node, PodSpec } from "../../model";
import { MAX_SCORE, type NodeScorer } from "./plugin";
import { share } from "../whole-numbers";

const MIB = 1024 * 1024;
const LEAST = 23 * MIB;
const MOST_PER_CONTAINER = 1000 * MIB;

/** Bytes of the pod's images that a node has already, each scaled by the part of the nodes that have it. */
export function imageScorer(nodes: readonly Node[], spec: PodSpec): NodeScorer {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const wanted = containers.map(({ image = "" }) => canonicalName(image));
  const images = imageStates(nodes);
  const most = MOST_PER_CONTAINER * containers.length;
  const scores = Int32Array.from(nodes, (node) => {
    const present = new Set((node.images ?? []).flatMap(({ names }) => names));
    const bytes = wanted.reduce((sum, name) => {
      const state = present.has(name) ? images.get(name) : undefined;
      return sum + (state ? Math.trunc(state.sizeBytes * (state.nodes.size / nodes.length)) : 0);
    }, 0);
    return share(MAX_SCORE, Math.min(Math.max(bytes, LEAST), most) - LEAST, most - LEAST);
  });
  return {
    name: "ImageLocality",
    flat: scores.every((score) => score === scores[0]),
    score: (feasible, count, _load, out) => {
      for (let index = 0; index < count; index++) out[index] = scores[feasible[index]!]!;
      return true;
    },
  };
}

/** The size of an image is what the first node says that reports it (k/k backend/cache/cache.go addNodeImageStates). */
function imageStates(
  nodes: readonly Node[],
): ReadonlyMap<string, { readonly sizeBytes: number; readonly nodes: Set<string> }> {
  const states = new Map<string, { readonly sizeBytes: number; readonly nodes: Set<string> }>();
  for (const { name: node, images = [] } of nodes) {
    for (const { names, sizeBytes } of images) {
      for (const name of names) {
        const known = states.get(name);
        if (known) known.nodes.add(node);
        else states.set(name, { sizeBytes, nodes: new Set([node]) });
      }
    }
  }
  return states;
}

/** `nginx` and `nginx:latest` are one; a registry's port is no tag. */
function canonicalName(name: string): string {
  return name.lastIndexOf(":") <= name.lastIndexOf("/") ? `${name}:latest` : name;
}
