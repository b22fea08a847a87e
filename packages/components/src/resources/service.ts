import { UNMANAGED_CLASS } from "@evenkeel/core/model";
import { Service } from "@pulumi/kubernetes/core/v1";
import type { ComponentResource, CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { from, type Settled } from "../decision/settled";
import { isLocal, type Wiring } from "../decision/wiring";
import { CONTROLLER_CLASS, SKIP_AWAIT } from "./annotation-keys";
import { controllerAnnotations } from "./annotations";
import { mapInput, present } from "./inputs";
import { servicePorts } from "./ports";
import { podLabels, type NlbSide } from "./side";

/**
 * The Service of a component. It is of type LoadBalancer in every case: only that has a health-check node port. Where this program
 * makes the load balancer, its class is one that no controller claims, and nobody waits for its address.
 */
export function createService(
  parent: ComponentResource,
  name: string,
  side: NlbSide,
  wiring: Settled<Wiring>,
): Service {
  const { targets, namespace, serviceName, labels, annotations, controllerOwned } = side;
  const own = controllerOwned ? controllerAnnotations(side, wiring) : { [SKIP_AWAIT]: "true" };
  return new Service(
    name,
    {
      metadata: present({
        namespace,
        name: serviceName,
        labels,
        annotations: mapInput({ annotations, own }, (both) => ({ ...both.annotations, ...both.own })),
      }),
      spec: present({
        type: "LoadBalancer",
        loadBalancerClass: controllerOwned ? CONTROLLER_CLASS : UNMANAGED_CLASS,
        // Behind pods nobody uses node ports, and the cluster has only so many.
        allocateLoadBalancerNodePorts: targets === "instance",
        externalTrafficPolicy: from(wiring, ({ externalTrafficPolicy }) => externalTrafficPolicy),
        healthCheckNodePort: pinnedHealthCheckNodePort(side, wiring),
        internalTrafficPolicy: side.internalTrafficPolicy ?? "Cluster",
        trafficDistribution: from(wiring, ({ trafficDistribution }) => trafficDistribution),
        sessionAffinity: side.sessionAffinity ?? "None",
        selector: side.selector ?? podLabels(side),
        ports: servicePorts(side.ports),
      }),
    },
    { parent, ...replacement(side, wiring) },
  );
}

/** Only a Local Service has the port; the API server refuses it on any other. */
function pinnedHealthCheckNodePort(
  { healthCheckNodePort }: NlbSide,
  wiring: Settled<Wiring>,
): Input<number> | undefined {
  if (healthCheckNodePort === undefined) return undefined;
  if ("now" in wiring) return isLocal(wiring.now) ? healthCheckNodePort : undefined;
  // `apply` unwraps the port; a field that turns out absent is left out of what is registered.
  return wiring.later.apply((one): Input<number> | undefined =>
    isLocal(one) ? healthCheckNodePort : undefined,
  ) as Output<number>;
}

/**
 * Kubernetes lets neither the class nor the health-check node port of a Service change, and pulumi-kubernetes does not know it. A
 * pinned port is free for the successor only once its holder is gone.
 */
function replacement(
  { ports, healthCheckNodePort }: NlbSide,
  wiring: Settled<Wiring>,
): CustomResourceOptions {
  const pinsHealthCheck = healthCheckNodePort !== undefined && (!("now" in wiring) || isLocal(wiring.now));
  const isPinned = pinsHealthCheck || ports.some(({ nodePort }) => nodePort !== undefined);
  return {
    replaceOnChanges: ["spec.loadBalancerClass", ...(pinsHealthCheck ? ["spec.healthCheckNodePort"] : [])],
    ...(isPinned ? { deleteBeforeReplace: true } : {}),
  };
}
