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
 * ```
 */
export class ServiceTraffic extends PolicyPack {
  constructor(options: ServiceTrafficOptions = {}, name: string = PACK_NAME) {
    super(name, {
      displayName: "Evenkeel: Kubernetes Services behind load balancers",
      description: "Blocks Services that a load balancer cannot keep level.",
      tags: ["kubernetes", "load-balancing"],
      policies: policies(options, { sharesPack: false }),
    });
  }
}
