import {
  byDefault,
  given,
  isUnknown,
  mapKnown,
  unknownAt,
  type Knowable,
  type Service,
  type ServicePort,
  type Setting,
  type TargetKind,
} from "../../../model";
import { annotation, annotationPlace, AWS } from "../annotations";
import { refuse } from "../refusal";
import type { LbcSettings } from "./settings";

/**
 * Kind of target of one port. Not enforced by the controller: with a class set, every value but `ip` means instance, also an empty
 * one or a misspelling. `pkg/service/model_build_target_group.go` buildTargetType.
 */
export function targetTypeOf(
  service: Service,
  port: ServicePort,
  settings: LbcSettings,
): Setting<TargetKind> {
  const type = annotation(service, AWS.type);
  if (type === "nlb-ip") return given("ip", annotationPlace(service, AWS.type));
  const at = annotationPlace(service, AWS.targetType);
  const written = annotation(service, AWS.targetType);
  const raw = written ?? settings.defaultTargetType ?? "instance";
  const targets: Knowable<TargetKind> = isUnknown(raw)
    ? unknownAt(at.path, raw.origin)
    : raw === "ip"
      ? "ip"
      : mapKnown(type ?? "", () => "instance");
  if (targets === "ip" && settings.ipTargets === false)
    refuse("targetType", at, "ip", "instance, while IP targets are switched off");
  if (targets === "instance") requireNodePort(service, port);
  return written === undefined ? byDefault(targets, at) : given(targets, at);
}

function requireNodePort(service: Service, { nodePort }: ServicePort): void {
  if (service.type === "ClusterIP") {
    refuse(
      "serviceType",
      { resource: service.ref, path: "spec.type" },
      "ClusterIP",
      "NodePort or LoadBalancer for instance targets, or target type ip",
    );
  }
  if ((nodePort === undefined || nodePort === 0) && service.allocateLoadBalancerNodePorts === false) {
    refuse(
      "nodePort",
      { resource: service.ref, path: "spec.allocateLoadBalancerNodePorts" },
      "false",
      "a node port for each port with instance targets, or target type ip",
    );
  }
}

/**
 * Port that the controller registers: the node port, or the pod's port. A named container port may differ from pod to pod; the
 * controller then writes 1 on the target group and registers each pod with its own.
 */
export function targetPortOf(
  service: Service,
  port: ServicePort,
  index: number,
  targets: Knowable<TargetKind>,
): Setting<number> {
  const nodePortPlace = { resource: service.ref, path: `spec.ports[${index}].nodePort` };
  const podPortPlace = { resource: service.ref, path: `spec.ports[${index}].targetPort` };
  if (isUnknown(targets)) return given<number>(targets, nodePortPlace);
  if (targets === "instance") {
    const value = port.nodePort ?? 0;
    if (value === 0) refuse("nodePort", nodePortPlace, "none", "a node port: type NodePort or LoadBalancer");
    return given(value, nodePortPlace);
  }
  const value = mapKnown(port.targetPort, (target) => (typeof target === "number" ? target : 1));
  if (value === 0) refuse("targetPort", podPortPlace, "0", "the pod's port");
  return given(value, podPortPlace);
}
