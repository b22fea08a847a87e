import type { NodeLife, PodLife } from "./events";
import type { LiveNode } from "./live-node";
import { isActive, type LivePod } from "./live-pod";

/** The life of a pod that has a node, as far as it is known now. A pod is a ready endpoint once at the most. */
export function podLife(before: PodLife | undefined, pod: LivePod, now: number): PodLife {
  const { readyFrom = Infinity, readyUntil = Infinity } = before ?? {};
  const isEndpoint = isActive(pod) && pod.ready;
  return {
    node: pod.node ?? "",
    readyFrom: isEndpoint ? Math.min(readyFrom, now) : readyFrom,
    readyUntil: isEndpoint || readyFrom === Infinity ? readyUntil : Math.min(readyUntil, now),
    gone: pod.gone,
  };
}

export function nodeLife({ node, added, cordonedAt, silentSince, noticedAt }: LiveNode): NodeLife {
  return { name: node.name, added, cordoned: cordonedAt, lost: silentSince, noticed: noticedAt };
}
