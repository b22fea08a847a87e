import { portsConflict, releasePorts, takePorts, type HostPort, type PortsInUse } from "./host-ports";
import type { NodeTable } from "./node-table";
import type { Requests } from "./requests";

/**
 * What the pods on each node ask for. The only thing about nodes that changes as pods come and go; kept in arrays because an
 * ensemble reads it millions of times.
 */
export interface Load {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly ephemeralStorage: Float64Array;
  readonly nonZeroCpu: Float64Array;
  readonly nonZeroMemory: Float64Array;
  readonly pods: Int32Array;
  readonly scalars: Map<string, Float64Array>;
  readonly ports: PortsInUse[];
  /** Grows whenever the load of a node changes, so that whoever remembers a result for the node sees that it is stale. */
  readonly version: Int32Array;
}

export function emptyLoad({ size }: NodeTable): Load {
  return {
    cpu: new Float64Array(size),
    memory: new Float64Array(size),
    ephemeralStorage: new Float64Array(size),
    nonZeroCpu: new Float64Array(size),
    nonZeroMemory: new Float64Array(size),
    pods: new Int32Array(size),
    scalars: new Map(),
    ports: Array.from({ length: size }, () => new Map()),
    version: new Int32Array(size).fill(1),
  };
}

/** Adds (`sign` 1) or removes (-1) one pod. */
export function loadPod(
  load: Load,
  node: number,
  requests: Requests,
  ports: readonly HostPort[],
  sign: 1 | -1,
): void {
  load.cpu[node]! += sign * requests.cpu;
  load.memory[node]! += sign * requests.memory;
  load.ephemeralStorage[node]! += sign * requests.ephemeralStorage;
  load.nonZeroCpu[node]! += sign * requests.nonZeroCpu;
  load.nonZeroMemory[node]! += sign * requests.nonZeroMemory;
  load.pods[node]! += sign;
  for (const name in requests.scalars) scalarLoad(load, name)[node]! += sign * requests.scalars[name]!;
  if (ports.length > 0) {
    if (sign > 0) takePorts(load.ports[node]!, ports);
    else releasePorts(load.ports[node]!, ports);
  }
  load.version[node]!++;
}

/** Load of a kind that no pod record shows, as a fraction of what the node has. */
export function loadBackground(
  load: Load,
  table: NodeTable,
  node: number,
  cpu: number,
  memory: number,
): void {
  const millicores = Math.floor(table.cpu[node]! * cpu);
  const bytes = Math.floor(table.memory[node]! * memory);
  load.cpu[node]! += millicores;
  load.nonZeroCpu[node]! += millicores;
  load.memory[node]! += bytes;
  load.nonZeroMemory[node]! += bytes;
  load.version[node]!++;
}

export function scalarLoad(load: Load, name: string): Float64Array {
  const known = load.scalars.get(name);
  if (known) return known;
  const fresh = new Float64Array(load.cpu.length);
  load.scalars.set(name, fresh);
  return fresh;
}

export function conflictsOnPorts(load: Load, node: number, wanted: readonly HostPort[]): boolean {
  return portsConflict(load.ports[node]!, wanted);
}

/** A function that puts the load back to what it is now. */
export function checkpoint(load: Load): () => void {
  const arrays = [load.cpu, load.memory, load.ephemeralStorage, load.nonZeroCpu, load.nonZeroMemory];
  const saved = arrays.map((array) => array.slice());
  const pods = load.pods.slice();
  const scalars = new Map([...load.scalars].map(([name, amounts]) => [name, amounts.slice()]));
  const ports = load.ports.map((used) => (used.size === 0 ? undefined : [...used].map(copyAddresses)));
  return () => {
    arrays.forEach((array, index) => array.set(saved[index]!));
    load.pods.set(pods);
    for (const [name, amounts] of load.scalars)
      amounts.set(scalars.get(name) ?? new Float64Array(amounts.length));
    load.ports.forEach((used, node) => {
      if (used.size === 0 && ports[node] === undefined) return;
      used.clear();
      for (const [port, addresses] of ports[node] ?? []) used.set(port, new Set(addresses));
    });
    for (let node = 0; node < load.version.length; node++) load.version[node]!++;
  };
}

function copyAddresses([port, addresses]: [string, Set<string>]): [string, readonly string[]] {
  return [port, [...addresses]];
}
