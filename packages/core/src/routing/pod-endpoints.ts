import { familyOf } from "../api/ip/ip";
import type { Endpoint } from "../model/endpoint";
import { type Node, ZONE_LABEL } from "../model/node";
import type { Pod } from "../model/pod";
import type { IpFamily } from "./service-traffic";

/**
 * The endpoints that the EndpointSlice controller makes of the pods that a selector matches, without hints (see `withHints`).
 * Pods that have ended, have no address of the family, or whose node is not there are left out; with
 * `publishNotReadyAddresses` the last stay, and every endpoint is ready, terminating or not. A pod of which nobody says whether it
 * is ready counts as ready. Source: k8s.io/endpointslice reconciler.go, utils.go `podToEndpoint`.
 */
export function podEndpoints(
  pods: readonly Pod[],
  nodes: readonly Node[],
  publishNotReadyAddresses: boolean,
  family: IpFamily = "IPv4",
): readonly Endpoint[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return pods.flatMap((pod) => {
    const addresses = (pod.podIPs ?? []).filter((address) => familyOf(address) === family);
    const node = byName.get(pod.spec.nodeName ?? "");
    const ended = pod.phase === "Succeeded" || pod.phase === "Failed";
    if (ended || addresses.length === 0 || (!node && !publishNotReadyAddresses)) return [];
    return [{ ...endpointOf(pod, node, publishNotReadyAddresses), addresses }];
  });
}

function endpointOf(pod: Pod, node: Node | undefined, published: boolean): Omit<Endpoint, "addresses"> {
  const serving = pod.ready ?? true;
  const terminating = pod.terminating ?? false;
  return {
    pod: pod.name,
    ready: published || (serving && !terminating),
    serving,
    terminating,
    nodeName: pod.spec.nodeName || undefined,
    zone: node?.labels[ZONE_LABEL] || undefined,
  };
}
