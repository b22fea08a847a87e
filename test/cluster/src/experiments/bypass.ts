import type { Lab } from "../lab/lab";
import { nodeNamed, POD_PORT, podNamed, serviceAddresses } from "../lab/plan";
import { type End, endOf, unique } from "../rows/ends";

/** What the pods see behind balancers that do not pass a client's packets on to a node. */
export interface Bypass {
  /** A balancer whose targets are pods: the client's packet goes straight to the pod. */
  readonly straightToPod: readonly End[];
  /** A balancer that opens a connection of its own to the node port of a node with an endpoint. */
  readonly proxying: readonly End[];
}

/** `serviceNumber` is that of a Service under external policy Local with an endpoint on a. */
export async function observeBypass(lab: Lab, serviceNumber: number): Promise<Bypass> {
  const { nodePort } = serviceAddresses(serviceNumber);
  const [straight, proxied] = await Promise.all([
    lab.probe("clients").dial({
      to: `${podNamed("web-a1").address}:${POD_PORT}`,
      from: nodeNamed("a").client,
      count: 3,
      timeoutSeconds: 3,
    }),
    lab.probe("balancer").dial({ to: `${nodeNamed("a").address}:${nodePort}`, count: 3, timeoutSeconds: 3 }),
  ]);
  return { straightToPod: unique(straight.map(endOf)), proxying: unique(proxied.map(endOf)) };
}
