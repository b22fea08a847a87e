import { healthCheckListener, healthCheckNodePortAnswer, type HttpAnswer } from "@evenkeel/core/routing";
import type { Probe, HttpResponse } from "../lab/probe";
import { NODES, serviceAddresses } from "../lab/plan";
import type { StoredCluster } from "../rows/cluster";
import { numberOf } from "../rows/scenarios";

/** What one node's health-check node port said, beside what core says it does. */
export interface ObservedHealth {
  readonly service: string;
  readonly node: string;
  readonly foretold: HttpAnswer | "refused";
  readonly observed: HttpAnswer | "refused" | "timeout";
  readonly agrees: boolean;
}

/**
 * Asks every node, from outside, at the port that a Service has or would have if it had one. The checks of load balancers come the
 * same way. `isHealthy` says whose kube-proxy keeps up.
 */
export async function observeHealth(
  cluster: StoredCluster,
  services: readonly string[],
  client: Probe,
  isHealthy: (node: string) => boolean = () => true,
): Promise<readonly ObservedHealth[]> {
  const asked = services.flatMap((name) => {
    const stored = cluster.services.get(name);
    if (!stored) throw new RangeError(`Service ${name}; the API server has none of that name`);
    return NODES.map(async (node): Promise<ObservedHealth> => {
      const { service, endpoints } = stored;
      const foretold =
        healthCheckListener(service) === "nobody"
          ? "refused"
          : (healthCheckNodePortAnswer(service, endpoints, node, isHealthy(node.name)) ?? "refused");
      const port =
        typeof service.healthCheckNodePort === "number"
          ? service.healthCheckNodePort
          : serviceAddresses(numberOf(name)).healthCheckNodePort;
      const observed = await askHealth(client, `http://${node.address}:${port}/healthz`);
      return { service: name, node: node.name, foretold, observed, agrees: same(foretold, observed) };
    });
  });
  return Promise.all(asked);
}

/** The answer with those headers that core speaks of, or how there was none. */
export async function askHealth(client: Probe, url: string): Promise<ObservedHealth["observed"]> {
  let response: HttpResponse;
  try {
    response = await client.http({ method: "GET", url, timeoutSeconds: 5 });
  } catch (error) {
    if (error instanceof Error && error.message.includes("connection refused")) return "refused";
    if (error instanceof Error && /timeout|deadline/i.test(error.message)) return "timeout";
    throw error;
  }
  const { status, body } = response;
  if (status !== 200 && status !== 503) throw new Error(`${url}: status ${status}; wanted 200 or 503`);
  const headers = Object.entries(response.headers)
    .filter(([name]) => name.startsWith("X-") || name === "Content-Type")
    .map(([name, values]) => [name, values.join(", ")] as const);
  return { status, headers: Object.fromEntries(headers), body };
}

function same(foretold: ObservedHealth["foretold"], observed: ObservedHealth["observed"]): boolean {
  if (typeof foretold === "string" || typeof observed === "string") return foretold === observed;
  const names = Object.keys(foretold.headers);
  return (
    foretold.status === observed.status &&
    foretold.body === observed.body &&
    names.length === Object.keys(observed.headers).length &&
    names.every(
      (name) =>
        foretold.headers[headerNamed(foretold, name)] === observed.headers[headerNamed(observed, name)],
    )
  );
}

/** Header names are compared without case. */
function headerNamed({ headers }: HttpAnswer, wanted: string): string {
  return Object.keys(headers).find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? wanted;
}
