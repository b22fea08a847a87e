import {
  byDefault,
  isUnknown,
  unknownAt,
  type Front,
  type Service,
  type Setting,
  type Statement,
  type TargetKind,
} from "../model";
import { balancersNamed } from "./registry";
import { sayBalancer } from "./texts";

/** The value of `Front.balancer` where nothing that is modelled was found in front of a Service. */
export const UNMODELLED = "unmodelled";

/**
 * The front of a LoadBalancer Service that no known controller builds: something is in front of it, and nothing is known of what it
 * does. It is named by what the Service itself says.
 */
export function unmodelledFront(service: Service): Front {
  const at = { resource: service.ref, path: "spec.loadBalancerClass" };
  const unknown = <T>(): Setting<T> => byDefault<T>(unknownAt(at.path), at);
  return {
    balancer: UNMODELLED,
    controller: { name: UNMODELLED },
    resource: service.ref,
    related: [],
    servicePort: unknownAt("spec.ports"),
    targets: unknown<TargetKind>(),
    targetPort: unknown(),
    proxyProtocol: unknown(),
    preservesClientAddress: unknown(),
    attributes: {},
  };
}

/** What is not known of a front whose behaviour nobody has modelled, and what would make it known. */
export function whyUnknown(front: Front, service: Service): Statement {
  if (front.unknown) return front.unknown;
  const { at, value: targets } = front.targets;
  if (balancersNamed(front.balancer).length > 0) {
    if (!isUnknown(targets))
      return sayBalancer("target-kind-not-supported", { name: front.balancer, targets });
    return sayBalancer("target-kind-unknown", {
      path: at.path,
      resource: `${at.resource.kind} ${at.resource.name}`,
    });
  }
  return sayBalancer("load-balancer-not-modelled", { name: nameOf(front, service) });
}

/** What people would call it: its own name, else the Service's class, else the first annotation of a load balancer. */
function nameOf(front: Front, { loadBalancerClass, annotations }: Service): string | null {
  if (front.called !== undefined) return front.called;
  if (front.balancer !== UNMODELLED) return front.balancer;
  if (loadBalancerClass !== undefined && !isUnknown(loadBalancerClass))
    return `loadBalancerClass ${loadBalancerClass}`;
  const annotation = Object.keys(annotations).find((key) => LOAD_BALANCER_KEY.test(key));
  return annotation === undefined ? null : `annotation ${annotation}`;
}

/** Annotations by which cloud controllers are configured have `load-balancer` or `loadbalancer` in them, or are of one of these. */
const LOAD_BALANCER_KEY =
  /load-?balancer|^metallb\.|^kube-vip\.|^io\.cilium|^lbipam\.cilium\.io|^networking\.gke\.io/i;
