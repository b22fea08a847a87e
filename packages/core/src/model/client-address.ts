/** Whose address the pod sees, and how it learns it. */
export interface ClientAddress {
  readonly sees: "client" | "node" | "balancer";
  readonly via: "peer" | "proxyProtocol" | "header";
}
