import { isUnknown, mapKnown, type Knowable } from "../../model";
import { amended } from "../service/absent";
import { toBeAllocated } from "./allocated";
import type { ApiServer } from "./api-server";
import { failed } from "../answer/check";
import { withIPFamilies, type Step } from "./ip-families";
import { withHealthCheckPort, withNodePorts } from "./node-ports";
import { portPool } from "./port-pool";
import type { ApiTraits } from "../../releases";
import { needsClusterIP } from "../service/service-facts";
import { withPluralClusterIPs } from "../service/stored";
import type { ServiceObject, StringList } from "../service/service-object";
import { decide } from "../service/truth";

/**
 * What the server fills in when a Service with its defaults is created: each value that it would choose is `ToBeAllocated`. This
 * comes before validation, and the first step that fails is all the server says
 * (k/k pkg/registry/core/service/storage/alloc.go allocateCreate).
 */
export function allocate(service: ServiceObject, server: ApiServer, release: ApiTraits): Step {
  const pool = portPool(server);
  return inOrder(withPluralClusterIPs(service), [
    (next) => withIPFamilies(next, undefined, server, release),
    (next) => ({ service: withClusterIPs(next), checks: [] }),
    (next) => withNodePorts(next, pool),
    (next) => withHealthCheckPort(next, pool),
  ]);
}

/** Every step is taken, so that the Service is complete; after one that failed, no other has a say. */
export function inOrder(service: ServiceObject, steps: readonly ((service: ServiceObject) => Step)[]): Step {
  return steps.reduce<Step>(
    (before, step) => {
      const after = step(before.service);
      return {
        service: after.service,
        checks: failed(before.checks) ? before.checks : [...before.checks, ...after.checks],
      };
    },
    { service, checks: [] },
  );
}

/** One address for each family; the first is also the singular field (alloc.go allocClusterIPs). */
export function withClusterIPs(service: ServiceObject): ServiceObject {
  const { clusterIP, clusterIPs: written } = service.spec;
  const ips = decide(
    needsClusterIP(service),
    () => {
      const plural = mapKnown(written ?? [], (given) => oneForEachFamily(service, given));
      const first: Knowable<string> | undefined = isUnknown(plural) ? plural : plural[0];
      const singular = clusterIP ?? (first && toBeAllocated("spec.clusterIP", service));
      return { clusterIP: singular, clusterIPs: plural };
    },
    () => ({ clusterIP, clusterIPs: written }),
    (what) => ({ clusterIP: clusterIP ?? what, clusterIPs: written ?? what }),
  );
  return { ...service, spec: amended(service.spec, ips) };
}

function oneForEachFamily(service: ServiceObject, ips: readonly Knowable<string>[]): StringList {
  const { ipFamilies = [] } = service.spec;
  if (ips[0] === "None") return ips;
  if (isUnknown(ipFamilies)) return ips.length > 0 ? ips : toBeAllocated("spec.clusterIPs", service);
  return Array.from({ length: Math.max(ipFamilies.length, ips.length) }, (_, i) => {
    const ip = ips[i];
    return ip === undefined || ip === "" ? toBeAllocated(`spec.clusterIPs[${i}]`, service) : ip;
  });
}
