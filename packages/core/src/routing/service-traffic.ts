import { familyOf } from "../api/ip/ip";
import { isUnknown, type Knowable } from "../model/knowable";
import { type Node, ZONE_LABEL } from "../model/node";
import type { Service, ServicePort } from "../model/service";
import type { NodeView, ServiceTraffic } from "./categorize";

export type IpFamily = "IPv4" | "IPv6";

/** A node as kube-proxy sees itself. Unlike the scheduler it reads no legacy zone label. */
export function nodeView(node: Node): NodeView {
  return { name: node.name, zone: node.labels[ZONE_LABEL] };
}

/**
 * Addresses of the load balancer that kube-proxy owns. Entries with a hostname alone or in Proxy mode are not among them:
 * such packets leave towards the load balancer. Source: k/k pkg/proxy/serviceport.go `newBaseServiceInfo`.
 */
export function loadBalancerVips(service: Service, family: IpFamily): readonly string[] {
  return service.ingress.flatMap(({ ip, ipMode }) =>
    ip && (ipMode ?? "VIP") === "VIP" && familyOf(ip) === family ? [ip] : [],
  );
}

/**
 * What one port of a Service means to the kube-proxy of one address family; unknown where a field that decides is.
 * A node port that is not known yet is a node port all the same.
 */
export function serviceTraffic(
  service: Service,
  port: ServicePort,
  family: IpFamily = "IPv4",
): Knowable<ServiceTraffic> {
  const { internalTrafficPolicy, externalIPs } = service;
  if (isUnknown(internalTrafficPolicy)) return internalTrafficPolicy;
  const owned = hasNodePort(port) || loadBalancerVips(service, family).length > 0;
  if (!owned && isUnknown(externalIPs)) return externalIPs;
  const externallyReachable =
    owned || (!isUnknown(externalIPs) && externalIPs.some((address) => familyOf(address) === family));
  const externalTrafficPolicy =
    externallyReachable && takesExternalPolicy(service)
      ? (service.externalTrafficPolicy ?? "Cluster")
      : "Cluster";
  if (isUnknown(externalTrafficPolicy)) return externalTrafficPolicy;
  return { internalTrafficPolicy, externalTrafficPolicy, externallyReachable };
}

function hasNodePort({ nodePort }: ServicePort): boolean {
  return nodePort !== undefined && nodePort !== 0;
}

/** Source: k/k pkg/api/v1/service/util.go `ExternallyAccessible`. A type that is not known stored the policy, so it takes one. */
function takesExternalPolicy({ type, externalIPs }: Service): boolean {
  return type !== "ClusterIP" || isUnknown(externalIPs) || externalIPs.length > 0;
}
