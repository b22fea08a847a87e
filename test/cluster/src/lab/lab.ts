import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAbandoned } from "./abandoned";
import { type Probe, startProbe } from "./probe";
import type { Api } from "./api";
import { type ControlPlane, startControlPlane } from "./control-plane";
import { makeNamespaces } from "./namespaces";
import { NODES, POD_PORT, PODS, SERVICE_PORT } from "./plan";
import type { Service } from "./process";
import { breakNode, clearNodes, hidePods, mendNode, type ProxySettings, startProxies } from "./proxies";

/** The cluster: its API server, somebody in every namespace, and kube-proxies that can be set anew. */
export interface Lab {
  readonly api: Api;
  /** By the names of nodes and pods, and `clients`, `balancer`, `control`. */
  probe(name: string): Probe;
  /** Stops the kube-proxies there are, and starts them with these settings on nodes that carry no rules. */
  restartProxies(settings: ProxySettings): Promise<readonly Service[]>;
  proxies(): readonly Service[];
  /** Keeps the kube-proxy of a node from writing rules for as long as the work takes. */
  whileBroken<T>(node: string, work: () => Promise<T>): Promise<T>;
  /** Ends every process and removes every namespace; may be called at any time and twice. */
  close(): Promise<void>;
}

const FOLDER = "evenkeel-cluster";

export async function startLab(
  binaries: string,
  closing: (close: () => Promise<void>) => void,
): Promise<Lab> {
  for (const name of readdirSync(tmpdir()))
    if (isAbandoned(name, FOLDER)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}-${process.pid}-`));
  const services: Service[] = [];
  const probes = new Map<string, Probe>();
  const making = makeNamespaces();
  let proxies: readonly Service[] = [];
  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= (async () => {
      // A lab that is interrupted while it is made is made first.
      const namespaces = await making.catch(() => undefined);
      await Promise.all([...proxies, ...services, ...probes.values()].map((service) => service.stop()));
      await namespaces?.remove();
      rmSync(folder, { recursive: true, force: true });
    })());
  closing(close);

  const made = await making;
  for (const name of ["control", "clients", "balancer", ...[...NODES, ...PODS].map((one) => one.name)])
    probes.set(name, startProbe(join(binaries, "probe"), made.of(name)));
  const probe = (name: string): Probe => {
    const found = probes.get(name);
    if (!found) throw new RangeError(`probe ${name}; the lab has ${[...probes.keys()].join(", ")}`);
    return found;
  };
  await Promise.all(PODS.map(({ name }) => probe(name).listen(POD_PORT, name)));
  await probe("balancer").listen(SERVICE_PORT, "balancer");
  const control: ControlPlane = await startControlPlane(
    binaries,
    made.of("control"),
    probe("control"),
    folder,
    (service) => services.push(service),
  );
  return {
    api: control.api,
    probe,
    proxies: () => proxies,
    async restartProxies(settings) {
      await Promise.all(proxies.map((proxy) => proxy.stop()));
      await clearNodes(made);
      if (settings.hidesPodsFromNodes) await hidePods(made);
      proxies = startProxies(binaries, made, control.kubeconfig, folder, settings);
      return proxies;
    },
    async whileBroken(node, work) {
      breakNode(folder, node);
      try {
        return await work();
      } finally {
        mendNode(folder, node);
      }
    },
    close,
  };
}
