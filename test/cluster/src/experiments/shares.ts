import type { Lab } from "../lab/lab";
import { nodeNamed, serviceAddresses, SERVICE_PORT } from "../lab/plan";

/** Connections that each pod received, by its name. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Sends the same number of connections through each of the nodes, as a balancer does that spreads over nodes and knows nothing of
 * pods.
 */
export async function countShares(
  lab: Lab,
  serviceNumber: number,
  nodes: readonly string[],
  perNode: number,
): Promise<Counts> {
  const { vip } = serviceAddresses(serviceNumber);
  const counts: Record<string, number> = {};
  await Promise.all(
    nodes.map(async (name) => {
      const connections = await lab.probe("clients").dial({
        to: `${vip}:${SERVICE_PORT}`,
        from: nodeNamed(name).client,
        count: perNode,
        timeoutSeconds: 5,
      });
      for (const { by, end } of connections) counts[by ?? end] = (counts[by ?? end] ?? 0) + 1;
    }),
  );
  return counts;
}
