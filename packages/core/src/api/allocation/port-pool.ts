import { DEFAULT_NODE_PORT_RANGE, type ApiServer } from "./api-server";

/** Node ports given out within one request (k/k pkg/registry/core/service/portallocator operation.go). */
export interface PortPool {
  /** Why the port cannot be had; nothing if it was free and now is not. */
  take(port: number): PortRefused | undefined;
}

export interface PortRefused {
  readonly message: string;
  /** A dry run looks up whether a port is taken, not whether it is in the range. */
  readonly onDryRun: boolean;
}

export function portPool(server: ApiServer, held: readonly number[] = []): PortPool {
  const { nodePortRange: { first, last } = DEFAULT_NODE_PORT_RANGE, nodePortsInUse = [] } = server;
  const inRange = (port: number) => port >= first && port <= last;
  const taken = new Set([...nodePortsInUse, ...held].filter(inRange));
  return {
    take(port) {
      if (!inRange(port)) {
        const message = `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
        return { message, onDryRun: false };
      }
      if (taken.has(port)) return { message: "provided port is already allocated", onDryRun: true };
      taken.add(port);
      return undefined;
    },
  };
}
