import type { Front } from "../model";

/** How a setting of one load balancer is changed, as an instruction that can be followed as it is: `set preserveClientIp: false on the target group`. */
export interface Instructions {
  sendProxyProtocol(front: Front): string;
  /** Applies where the load balancer preserves the client's address. */
  hideClientAddress(front: Front): string;
}

/** The same where the load balancer has no words of its own. */
export const GENERAL_INSTRUCTIONS: Instructions = {
  sendProxyProtocol: () => "enable the PROXY protocol on the load balancer",
  hideClientAddress: () => "turn off client address preservation on the load balancer",
};
