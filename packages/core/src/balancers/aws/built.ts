import type { Front, HealthCheck, Knowable, Scheme, ServicePort, Setting, TargetKind } from "../../model";
import type { Attributes } from "./attributes";

/** What a controller of AWS builds for a Service, as far as it steers traffic. */
export interface BuiltLoadBalancer {
  readonly scheme: Setting<Scheme>;
  readonly attributes: Attributes;
  readonly listeners: readonly BuiltListener[];
  /** Ports of the Service that get no listener, and why. */
  readonly left: readonly { readonly port: ServicePort; readonly reason: string }[];
}

export interface BuiltListener {
  readonly servicePort: Knowable<number>;
  readonly protocol: Setting<string>;
  readonly port: Setting<number>;
  readonly targetGroup: BuiltTargetGroup;
}

export interface BuiltTargetGroup {
  readonly protocol: Setting<string>;
  readonly targets: Setting<TargetKind>;
  /** Port that the targets are registered with: the node port or the pod's port. */
  readonly port: Setting<number>;
  readonly healthCheck: HealthCheck;
  /** Of instance targets: labels of the nodes that are registered; absent: all. */
  readonly nodeSelector?: Front["nodeSelector"];
  readonly attributes: Attributes;
  readonly proxyProtocol: Front["proxyProtocol"];
  readonly preservesClientAddress: Front["preservesClientAddress"];
}
