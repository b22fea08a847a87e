import { isUnknown } from "@evenkeel/core";
import type { ServiceObject } from "@evenkeel/core/api";
import type { PropertyMap, PropertyValue } from "@evenkeel/offline";
import { isMap } from "../inputs";

/** The numbers and addresses that an API server hands out. */
export interface Allocator {
  readonly portsInUse: readonly number[];
  /** The Service with a value for each that the server chooses. What a dry run is given differs from what a later create gets. */
  fill(service: ServiceObject): PropertyMap;
  /** The ports of a stored object are taken until it is released. */
  take(id: string, object: PropertyMap): void;
  release(id: string): void;
}

export function allocator(): Allocator {
  const taken = new Map<string, readonly number[]>();
  const inUse = (): readonly number[] => [...taken.values()].flat();
  // Above the band that is kept for pinned ports (30000-30085).
  let nextPort = 30_086;
  let nextAddress = 10;

  const freePort = (): number => {
    while (inUse().includes(nextPort)) nextPort++;
    return nextPort++;
  };

  return {
    get portsInUse() {
      return inUse();
    },
    fill: (service) => {
      const chosen = new Map<string, PropertyValue>();
      const choose = (field: string): PropertyValue => {
        const same = field === "spec.clusterIPs[0]" ? "spec.clusterIP" : field;
        const value = chosen.get(same) ?? (/nodeport$/i.test(same) ? freePort() : `10.96.0.${nextAddress++}`);
        chosen.set(same, value);
        return value;
      };
      const filled = plain(service, choose);
      if (!isMap(filled)) throw new Error("a Service is an object");
      return filled;
    },
    take: (id, object) => void taken.set(id, nodePorts(object)),
    release: (id) => void taken.delete(id),
  };
}

/** Every number in a Service that takes a node port: `nodePort` of a port, and `healthCheckNodePort`. */
function nodePorts(value: unknown): readonly number[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    typeof item === "number" && /nodeport$/i.test(key) ? [item] : nodePorts(item),
  );
}

/** JSON from a record of core's: absent fields go, and what the server chooses is chosen. */
function plain(value: unknown, choose: (field: string) => PropertyValue): PropertyValue {
  if (isUnknown(value)) return choose(value.origin?.field ?? value.path);
  if (Array.isArray(value)) return value.map((item) => plain(item, choose));
  if (typeof value === "object" && value !== null) {
    const present = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(present.map(([key, item]) => [key, plain(item, choose)]));
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new Error(`not JSON: ${String(value)}`);
}
