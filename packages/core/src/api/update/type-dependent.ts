import { mapKnown } from "../../model";
import { withoutAbsent } from "../service/absent";
import { sameStrings } from "../allocation/ip-families";
import { externallyAccessible, needsClusterIP, needsHealthCheck } from "../service/service-facts";
import type { ServiceObject, ServiceSpec } from "../service/service-object";
import { isOneOf, type Truth } from "../service/truth";
import { nodePortsOf } from "./update-allocation";

/**
 * On update the server wipes a field that the new type has no use for, if it may have set the field itself and the user did not
 * change it as well; what was changed is left for validation to refuse
 * (k/k pkg/registry/core/service/strategy.go dropTypeDependentFields).
 */
export function withoutTypeDependent(service: ServiceObject, stored: ServiceObject): ServiceObject {
  const { spec } = service;
  const { spec: before } = stored;
  const leaves = (needs: (either: ServiceObject) => Truth) =>
    needs(stored) === true && needs(service) === false;
  const sameValue = (field: "healthCheckNodePort" | "loadBalancerClass" | "externalTrafficPolicy") =>
    spec[field] === before[field];
  // The server does not tell an empty policy from none here.
  const samePolicy = (spec.ipFamilyPolicy ?? "") === (before.ipFamilyPolicy ?? "");
  const sameIPs = spec.clusterIP === before.clusterIP && sameStrings(spec.clusterIPs, before.clusterIPs);
  const allocates = spec.allocateLoadBalancerNodePorts;

  const wiped: ServiceSpec = {
    ...spec,
    ...(leaves(needsClusterIP) && {
      ...(sameIPs && { clusterIP: undefined, clusterIPs: undefined }),
      ...(sameStrings(spec.ipFamilies, before.ipFamilies) && { ipFamilies: undefined }),
      ...(samePolicy && { ipFamilyPolicy: undefined }),
    }),
    ...(leaves(usesNodePorts) && noNewNodePorts(spec, before) && { ports: withoutNodePorts(spec.ports) }),
    ...(leaves(needsHealthCheck) && sameValue("healthCheckNodePort") && { healthCheckNodePort: undefined }),
    ...(leaves(isBalanced) &&
      allocates === before.allocateLoadBalancerNodePorts && { allocateLoadBalancerNodePorts: undefined }),
    ...(leaves(isBalanced) && sameValue("loadBalancerClass") && { loadBalancerClass: undefined }),
    ...(leaves(externallyAccessible) &&
      sameValue("externalTrafficPolicy") && { externalTrafficPolicy: undefined }),
  };
  return { ...service, spec: withoutAbsent(wiped), status: statusAfter(service, stored) };
}

function isBalanced({ spec }: ServiceObject): Truth {
  return isOneOf(spec.type, "LoadBalancer");
}

function usesNodePorts({ spec }: ServiceObject): Truth {
  return isOneOf(spec.type, "NodePort", "LoadBalancer");
}

/** Ports may come, go and change, as long as there is no node port that was not there. */
function noNewNodePorts(spec: ServiceSpec, before: ServiceSpec): boolean {
  const old = nodePortsOf(before);
  return nodePortsOf(spec).every((port) => old.includes(port));
}

function withoutNodePorts(ports: ServiceSpec["ports"]): ServiceSpec["ports"] {
  return mapKnown(ports, (known) => known?.map((port) => withoutAbsent({ ...port, nodePort: undefined })));
}

/** The status belongs to the controller; the addresses of a load balancer end with the type. */
function statusAfter(service: ServiceObject, { status }: ServiceObject): ServiceObject["status"] {
  return isBalanced(service) === false ? withoutAbsent({ ...status, loadBalancer: undefined }) : status;
}
