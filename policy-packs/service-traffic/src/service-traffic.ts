import { PolicyPack } from "@pulumi/policy";
import type { ServiceTrafficOptions } from "./options";
import { policies } from "./policies";

/** Name of the pack in reports. */
export const PACK_NAME = "service-traffic";

/**
 * The whole pack. Constructing it starts the pack's server, so do it in the entry of a policy pack and nowhere else.
 *
 * @example
 * ```ts
 * new ServiceTraffic({ all: "advisory", "local-needs-http-health-check": "mandatory" });
 * new ServiceTraffic("acme-services", { all: "advisory" });
 * ```
 */
export class ServiceTraffic extends PolicyPack {
  constructor(options?: ServiceTrafficOptions);
  constructor(name: string, options?: ServiceTrafficOptions);
  constructor(first: string | ServiceTrafficOptions = {}, second: ServiceTrafficOptions = {}) {
    const [name, options] = typeof first === "string" ? [first, second] : [PACK_NAME, first];
    super(name, {
      displayName: "Evenkeel: Kubernetes Services behind load balancers",
      description: "Blocks Services that a load balancer cannot keep level.",
      provider: "kubernetes",
      tags: ["kubernetes", "load-balancing"],
      policies: policies(options, { sharesPack: false }),
    });
  }
}
