import { isUnknown } from "@evenkeel/core";
import type { ServiceObject } from "@evenkeel/core/api";
import type { PropertyMap, PropertyValue } from "@evenkeel/offline";
import { isMap } from "../inputs";

const RANGE = { first: 30_000, last: 32_767 };

/** The allocators of an API server: node ports of the whole cluster, and cluster addresses. */
export interface Allocator {
  /**
   * The Service with a number or an address for each value that the server chooses. A dry run reserves nothing, and its
   * numbers are not those that a later create gives.
   *
   * @throws when a pinned port is taken or out of range.
   */
  fill(service: ServiceObject, id: string, dryRun: boolean): PropertyMap;
  release(id: string): void;
}

export function allocator(): Allocator {
  const taken = new Map<number, string>();
  // Above the band that is kept for pinned ports (30000-30085).
  let nextPort = 30_086;
  let nextAddress = 10;

  const freePort = (): number => {
    while (taken.has(nextPort)) nextPort++;
    return nextPort++;
  };

  return {
    fill: (service, id, dryRun) => {
      const chosen = new Map<string, PropertyValue>();
      const choose = (field: string): PropertyValue => {
        const same = field === "spec.clusterIPs[0]" ? "spec.clusterIP" : field;
        const value = chosen.get(same) ?? (/nodeport$/i.test(same) ? freePort() : `10.96.0.${nextAddress++}`);
        chosen.set(same, value);
        return value;
      };
      const filled = plain(service, choose);
      if (!isMap(filled)) throw new Error("a Service is an object");
      for (const [field, port] of pinned(service)) {
        const owner = taken.get(port);
        const error = (why: string): Error =>
          new Error(`Service ${id} is invalid: ${field}: Invalid value: ${port}: ${why}`);
        // The allocator of health-check node ports checks the range on a real create only (measured on 1.36.3).
        const checked = !dryRun || field !== "spec.healthCheckNodePort";
        if (checked && (port < RANGE.first || port > RANGE.last))
          throw error("provided port is not in the valid range");
        if (owner !== undefined && owner !== id) throw error("provided port is already allocated");
        if (!dryRun) taken.set(port, id);
      }
      if (!dryRun) for (const value of chosen.values()) if (typeof value === "number") taken.set(value, id);
      return filled;
    },
    release: (id) => {
      for (const [port, owner] of taken) if (owner === id) taken.delete(port);
    },
  };
}

function pinned({ spec }: ServiceObject): readonly (readonly [string, number])[] {
  const ports = isUnknown(spec.ports) ? [] : (spec.ports ?? []);
  const nodePorts = ports.map(({ nodePort }, index) => [`spec.ports[${index}].nodePort`, nodePort] as const);
  const all = [...nodePorts, ["spec.healthCheckNodePort", spec.healthCheckNodePort] as const];
  return all.flatMap(([field, port]) =>
    typeof port === "number" && port !== 0 ? [[field, port] as const] : [],
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
