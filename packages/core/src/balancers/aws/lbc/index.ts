import type { Service } from "../../../model";
import type { BuiltLoadBalancer } from "../built";
import { orRefusal, type Outcome } from "../refusal";
import { lbcListeners } from "./listeners";
import { lbcAddressType, lbcLoadBalancerAttributes, lbcScheme } from "./load-balancer";
import { requireLoadBalancerAnnotations } from "./requirements";
import type { LbcSettings } from "./settings";

export type { LbcSettings } from "./settings";

/**
 * What AWS Load Balancer Controller 3.5 builds for a Service that it takes (`awsClaim`), or why it refuses. The Service as stored:
 * a port without node port has none. Read in the controller's code (`pkg/service`, v3.5.0) and compared with its recorded answers.
 * Not modelled: what only the account can tell (subnets found by tags, whether an address lies in one); weighted target groups
 * (`actions.*`).
 */
export function lbcBuild(service: Service, settings: LbcSettings = {}): Outcome<BuiltLoadBalancer> {
  return orRefusal(() => {
    const scheme = lbcScheme(service, settings);
    const addressType = lbcAddressType(service);
    const attributes = lbcLoadBalancerAttributes(service);
    requireLoadBalancerAnnotations(service, scheme.value, addressType.value, settings);
    const { listeners, left } = lbcListeners(service, settings);
    return { scheme, attributes: { ...attributes, ip_address_type: addressType }, listeners, left };
  });
}
