import { displayName, type Front, type Service } from "../../model";
import type { Built, Refusal } from "../controller";
import { annotation } from "./annotations";
import { frontAttributes } from "./attributes";
import type { BuiltLoadBalancer } from "./built";
import type { Outcome } from "./refusal";

/** What a controller of AWS builds, as fronts of the Service. */
export function builtFronts(
  service: Service,
  controller: Front["controller"],
  outcome: Outcome<BuiltLoadBalancer>,
): Built | Refusal {
  if ("refusal" in outcome) {
    const { at, seen, wanted } = outcome.refusal;
    return { refused: true, at, seen, wanted };
  }
  const { scheme, attributes, listeners, left } = outcome.built;
  const fronts = listeners.map(({ servicePort, protocol, port, targetGroup }): Front => ({
    balancer: "nlb",
    controller,
    resource: service.ref,
    related: [],
    servicePort,
    listener: { protocol, port },
    targets: targetGroup.targets,
    targetPort: targetGroup.port,
    scheme,
    healthCheck: targetGroup.healthCheck,
    ...(targetGroup.nodeSelector ? { nodeSelector: targetGroup.nodeSelector } : {}),
    proxyProtocol: targetGroup.proxyProtocol,
    preservesClientAddress: targetGroup.preservesClientAddress,
    attributes: frontAttributes(targetGroup.attributes, attributes),
  }));
  return { fronts, left, notFollowed: [] };
}

/** `actions.TCP-80` of AWS Load Balancer Controller spreads a listener over target groups by weight. */
export function weightedActions(service: Service, { fronts }: Built): Built["notFollowed"] {
  return fronts.flatMap(({ listener }) => {
    if (!listener) return [];
    const suffix = `actions.${String(listener.protocol.value)}-${String(listener.port.value)}`;
    if (annotation(service, suffix) === undefined) return [];
    const port = `port ${String(listener.port.value)} of ${displayName(service.ref)}`;
    return {
      detail: `${suffix} decides which target groups ${port} is forwarded to, and with what weight; only the Service's own target group is followed here, as if it received everything`,
      how: "read the figures of this port as those of the connections that reach this Service's own target group",
    };
  });
}
