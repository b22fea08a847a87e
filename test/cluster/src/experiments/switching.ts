import { PROXY_HEALTH_PORT } from "@evenkeel/core/routing";
import { askHealth } from "../health/health-check-ports";
import type { Lab } from "../lab/lab";
import { type LabNode, NODES, serviceAddresses } from "../lab/plan";
import { patchService } from "../rows/objects";
import { synced } from "../rows/sync";

/** What the checks of a load balancer see of one Service, by node. */
interface Checks {
  /** HTTP on the number that was the health-check node port under Local: its status, `refused` or `timeout`. */
  readonly healthPort: Readonly<Record<string, number | "refused" | "timeout">>;
  /** TCP on the node port: whether it opens. */
  readonly nodePort: Readonly<Record<string, boolean>>;
  /** kube-proxy's own `/healthz`. */
  readonly proxy: Readonly<Record<string, number | "refused" | "timeout">>;
}

export interface Switching {
  readonly local: Checks;
  readonly cluster: Checks;
  /** The Service's health-check node port after it went back to Local, and what is read there. */
  readonly backAgain: Checks;
}

/** Takes a Service from Local to Cluster and back, and looks at it each time as a load balancer does. */
export async function observeSwitching(lab: Lab, service: string, number: number): Promise<Switching> {
  const local = await checks(lab, number);
  await patchService(lab.api, service, { externalTrafficPolicy: "Cluster", healthCheckNodePort: null });
  await synced(lab);
  const cluster = await checks(lab, number);
  await patchService(lab.api, service, {
    externalTrafficPolicy: "Local",
    healthCheckNodePort: serviceAddresses(number).healthCheckNodePort,
  });
  await synced(lab);
  return { local, cluster, backAgain: await checks(lab, number) };
}

async function checks(lab: Lab, number: number): Promise<Checks> {
  const client = lab.probe("clients");
  const { nodePort, healthCheckNodePort } = serviceAddresses(number);
  const status = async (url: string) => {
    const answer = await askHealth(client, url);
    return typeof answer === "string" ? answer : answer.status;
  };
  return {
    healthPort: await byNode(({ address }) => status(`http://${address}:${healthCheckNodePort}/healthz`)),
    nodePort: await byNode(async ({ address }) => {
      const [one] = await client.dial({ to: `${address}:${nodePort}`, count: 1, timeoutSeconds: 3 });
      return one?.end === "answered";
    }),
    proxy: await byNode(({ address }) => status(`http://${address}:${PROXY_HEALTH_PORT}/healthz`)),
  };
}

async function byNode<T>(ask: (node: LabNode) => Promise<T>): Promise<Readonly<Record<string, T>>> {
  const answers = await Promise.all(NODES.map(async (node) => [node.name, await ask(node)] as const));
  return Object.fromEntries(answers);
}
