import type { Endpoint } from "../model/endpoint";
import type { TrafficPolicy } from "../model/service";
import { localReadyEndpoints } from "./health-check";

/** A node as the load balancer sees it: whether it passes the check, and why in a few words. */
export interface NodeTarget {
  readonly node: string;
  readonly healthy: boolean;
  readonly why: string;
}

/** The load balancer in front of the nodes, as far as a packet's journey shows it. */
export interface BalancerHop {
  /** What people call it. */
  readonly name: string;
  /** Its own address, which the nodes see where it does not keep the client's. */
  readonly address: string;
  readonly targets: readonly NodeTarget[];
  /** Sends to every target when none passes the check. */
  readonly failsOpen: boolean;
  /** What its packets are addressed to: still the load balancer's address, or the node's port. */
  readonly sendsTo: "loadBalancerAddress" | "nodePort";
  /** Whose address they come from. */
  readonly comesFrom: "client" | "balancer";
  /** Whether answers pass it on the way back, although they are addressed to the client. */
  readonly answersPass: boolean;
}

/**
 * The targets of a balancer that checks as it ought to: under Local the health-check node port, which wants a ready endpoint
 * on the node; under Cluster every node passes. `failing` names nodes that fail for a reason of their own.
 */
export function nodeTargets(
  policy: TrafficPolicy,
  endpoints: readonly Endpoint[],
  nodes: readonly { readonly name: string }[],
  failing: Readonly<Record<string, string>> = {},
): readonly NodeTarget[] {
  return nodes.map(({ name }) => {
    const reason = failing[name];
    if (reason !== undefined) return { node: name, healthy: false, why: reason };
    if (policy === "Cluster") return { node: name, healthy: true, why: "every node passes under Cluster" };
    const count = localReadyEndpoints(endpoints, name);
    return {
      node: name,
      healthy: count > 0,
      why: `${count} ready ${count === 1 ? "endpoint" : "endpoints"}`,
    };
  });
}

/** The node that the balancer sends to: the one wanted, or the first that passes; undefined where there is none. */
export function chooseNode(
  { targets, failsOpen, name }: BalancerHop,
  wanted: string | undefined,
): string | undefined {
  const healthy = targets.filter((target) => target.healthy);
  const possible = healthy.length === 0 && failsOpen ? targets : healthy;
  if (wanted === undefined) return possible[0]?.node;
  if (possible.some(({ node }) => node === wanted)) return wanted;
  const names = possible.map(({ node }) => node).join(", ") || "none";
  throw new RangeError(`choice.node: ${wanted}; wanted one that ${name} may choose: ${names}`);
}
