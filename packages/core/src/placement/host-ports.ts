import type { ContainerPort, PodSpec } from "../model";

const EVERY_ADDRESS = "0.0.0.0";

/** One port of the host that a pod takes. */
export interface HostPort {
  readonly address: string;
  /** `TCP/8080`. */
  readonly port: string;
}

/** Containers and sidecars; an init container that ends does not hold its port (k/k pkg/scheduler/util/utils.go GetHostPorts). */
export function hostPorts(spec: PodSpec, sidecarPorts: boolean): readonly HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => sidecarPorts && restartPolicy === "Always",
  );
  return [...sidecars, ...spec.containers]
    .flatMap(({ ports = [] }) => ports.map((port) => taken(port, spec.hostNetwork === true)))
    .filter((port) => port !== undefined);
}

/** A pod in the host's network takes the port it listens on (k/k pkg/apis/core/v1/defaults.go SetDefaults_PodSpec). */
function taken(port: ContainerPort, hostNetwork: boolean): HostPort | undefined {
  const number = port.hostPort || (hostNetwork ? port.containerPort : 0);
  if (!number) return undefined;
  return { address: port.hostIP || EVERY_ADDRESS, port: `${port.protocol ?? "TCP"}/${number}` };
}

/** Host ports in use on one node: addresses by port (kube-scheduler framework HostPortInfo). */
export type PortsInUse = Map<string, Set<string>>;

export function takePorts(used: PortsInUse, ports: readonly HostPort[]): void {
  for (const { address, port } of ports) {
    const addresses = used.get(port);
    if (addresses) addresses.add(address);
    else used.set(port, new Set([address]));
  }
}

export function releasePorts(used: PortsInUse, ports: readonly HostPort[]): void {
  for (const { address, port } of ports) used.get(port)?.delete(address);
}

/** A pod on all addresses meets every other; a pod on one address meets that one and those on all. */
export function portsConflict(used: PortsInUse, wanted: readonly HostPort[]): boolean {
  return wanted.some(({ address, port }) => {
    const addresses = used.get(port);
    if (!addresses || addresses.size === 0) return false;
    return address === EVERY_ADDRESS || addresses.has(address) || addresses.has(EVERY_ADDRESS);
  });
}
