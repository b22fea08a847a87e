import { aws as controllers } from "@evenkeel/core/balancers";
import {
  displayName,
  given,
  isKnown,
  isUnknown,
  mapKnown,
  unknownAt,
  type Front,
  type Knowable,
  type Missing,
  type ObjectRef,
  type Service,
  type Setting,
  type TargetKind,
  type Unjoined,
} from "@evenkeel/core/model";
import { linksTo } from "./link";
import type { ListenerRecord } from "./listener";
import type { LoadBalancerRecord } from "./load-balancer";
import type { AttachmentRecord, AwsRecords } from "./records";
import { isNetwork, type TargetGroupRecord } from "./target-group";
import type { BindingRecord } from "../kubernetes/target-group-binding";
import {
  behindTargetGroup,
  indexCandidates,
  boundPort,
  boundService,
  portNamed,
  type Behind,
  type Candidate,
} from "./service-of-target-group";

/** Fronts of the Services that they were found to stand in front of, and those that stand in front of nobody in sight. */
export interface TargetGroupFronts {
  /** By the Service itself: two overlays have Services of one name. */
  readonly byService: ReadonlyMap<
    Service,
    { readonly fronts: readonly Front[]; readonly missing: readonly Missing[] }
  >;
  readonly unjoined: readonly Unjoined[];
}

/** Fronts that target groups make, each with its listener, load balancer and whoever registers its targets. */
export function targetGroupFronts(
  aws: AwsRecords,
  bindings: readonly BindingRecord[],
  all: readonly Candidate[],
): TargetGroupFronts {
  const services = indexCandidates(all);
  const byService = new Map<Service, { fronts: Front[]; missing: Missing[] }>();
  const unjoined: Unjoined[] = [];
  const of = (service: Service) => {
    const found = byService.get(service) ?? { fronts: [], missing: [] };
    byService.set(service, found);
    return found;
  };
  for (const written of aws.targetGroups.filter(isNetwork)) {
    const group = asRegistered(written, aws);
    for (const listener of listenersOf(group, aws)) {
      const behind = behindTargetGroup(group, bindings, services, listener?.port.value);
      if ("what" in behind) {
        const at = { resource: group.ref, path: "tags" };
        unjoined.push({
          ref: group.ref,
          at,
          missing: behind,
          front: frontOf(group, listener, aws, undefined),
        });
        continue;
      }
      const { fronts, missing } = of(behind.service);
      fronts.push(frontOf(group, listener, aws, behind));
      missing.push(...missingSides(group, listener, aws));
    }
  }
  for (const binding of bindings.filter((one) => isAlone(one, aws))) {
    const { ref } = binding;
    const at = { resource: ref, path: "spec.serviceRef" };
    const front = frontOfBinding(binding);
    const service = boundService(binding, services);
    if (!service) {
      unjoined.push({ ref, at, missing: missingBoundService(binding), front: front() });
      continue;
    }
    const side = missingTargetGroup(binding);
    const { fronts, missing } = of(service);
    missing.push(side);
    // What is in front of pods is plain without the target group; in front of nodes its health check decides everything.
    if (binding.targets?.value === "ip") fronts.push(front(service));
    // A Service that asks for a load balancer is asked what stands in front of it; of any other the binding has to say so itself.
    if (service.type !== "LoadBalancer") unjoined.push({ ref, at, missing: side, front: front(service) });
  }
  return { byService, unjoined };
}

/** At least one, if only an absent one: a target group without listener is a front that does not listen yet. */
function listenersOf(
  group: TargetGroupRecord,
  { listeners }: AwsRecords,
): readonly (ListenerRecord | undefined)[] {
  const own = listeners.filter(({ targetGroups }) => linksTo(targetGroups, group));
  return own.length > 0 ? own : [undefined];
}

function loadBalancerOf(
  listener: ListenerRecord | undefined,
  { loadBalancers }: AwsRecords,
): LoadBalancerRecord | undefined {
  return listener && loadBalancers.find((one) => linksTo(listener.loadBalancer, one));
}

/** A target that is registered with a port of its own gets what comes on that, whatever the target group says (RegisterTargets). */
function asRegistered(group: TargetGroupRecord, aws: AwsRecords): TargetGroupRecord {
  const [first, ...others] = attachmentsOf(group, aws);
  if (!first) return group;
  const { port, ref } = first;
  if (port === undefined || isUnknown(port) || others.some((one) => one.port !== port)) return group;
  return { ...group, port: given(port, { resource: ref, path: "port" }) };
}

function attachmentsOf(group: TargetGroupRecord, { attachments }: AwsRecords): readonly AttachmentRecord[] {
  return attachments.filter(({ targetGroup }) => linksTo(targetGroup, group));
}

function frontOf(
  group: TargetGroupRecord,
  listener: ListenerRecord | undefined,
  aws: AwsRecords,
  behind: Behind | undefined,
): Front {
  const loadBalancer = loadBalancerOf(listener, aws);
  const related: readonly (ObjectRef | undefined)[] = [
    loadBalancer?.ref,
    listener?.ref,
    behind?.binding?.ref,
    ...attachmentsOf(group, aws).map(({ ref }) => ref),
  ];
  return {
    balancer: "nlb",
    controller: { name: "pulumi" },
    resource: group.ref,
    related: related.flatMap((ref) => ref ?? []),
    servicePort: behind?.port ?? unknownAt("port"),
    ...(listener ? { listener: { protocol: listener.protocol, port: listener.port } } : {}),
    targets: group.targets,
    targetPort: behind?.binding
      ? registeredPort(behind.binding, behind.service, group.targets.value)
      : group.port,
    ...(loadBalancer ? { scheme: loadBalancer.scheme } : {}),
    healthCheck: group.healthCheck,
    ...selectorOf(behind?.binding),
    proxyProtocol: group.proxyProtocol,
    preservesClientAddress: group.preservesClientAddress,
    attributes: controllers.frontAttributes(group.attributes, loadBalancer?.attributes ?? {}),
  };
}

/** Whom the binding registers. */
function selectorOf(binding: BindingRecord | undefined): Pick<Front, "nodeSelector"> {
  return binding?.nodeSelector ? { nodeSelector: binding.nodeSelector } : {};
}

/**
 * AWS Load Balancer Controller registers each target with the port that the bound Service has, whatever the target group's own says
 * (pkg/targetgroupbinding).
 */
function registeredPort(
  { ref, service: { port } }: BindingRecord,
  service: Service,
  targets: Knowable<TargetKind>,
): Setting<number> {
  const at = { resource: ref, path: "spec.serviceRef.port" };
  const found = portNamed(service, port);
  if (isUnknown(targets) || !found) return given<number>(unknownAt(at.path), at);
  if (targets === "instance") return given<number>(found.nodePort ?? unknownAt(at.path), at);
  return given<number>(
    isKnown(found.targetPort) && typeof found.targetPort === "string"
      ? 1
      : mapKnown(found.targetPort, Number),
    at,
  );
}

function missingSides(
  group: TargetGroupRecord,
  listener: ListenerRecord | undefined,
  aws: AwsRecords,
): readonly Missing[] {
  if (!listener)
    return [missingLoadBalancer(`no listener in this input forwards to ${displayName(group.ref)}`)];
  if (loadBalancerOf(listener, aws)) return [];
  return [missingLoadBalancer(`the load balancer of ${displayName(listener.ref)} is not in this input`)];
}

function missingLoadBalancer(detail: string): Missing {
  return { what: "loadBalancer", detail, how: { means: "bringIn" } };
}

/** A binding to a target group that is not here; one of an application load balancer is none of ours. */
function isAlone({ targetGroup, protocol }: BindingRecord, { targetGroups }: AwsRecords): boolean {
  const isHttp = protocol === "HTTP" || protocol === "HTTPS";
  return !isHttp && !targetGroups.some((group) => linksTo(targetGroup, group));
}

function missingTargetGroup({ ref, targetGroupName }: BindingRecord): Missing {
  const named = targetGroupName === undefined ? "" : `, ${targetGroupName},`;
  return {
    what: "front",
    detail: `the target group of ${displayName(ref)}${named} was not found in the input, nor was its health check`,
    how: { means: "bringIn" },
  };
}

function missingBoundService({ ref, service: { namespace, name } }: BindingRecord): Missing {
  const named = isUnknown(name) ? "its name is not known yet" : `it is ${namespace}/${name}`;
  return {
    what: "service",
    detail: `the Service of ${displayName(ref)} was not found in the input: ${named}`,
    how: { means: "bringIn" },
  };
}

/** All that a binding says by itself: what stands in front, and to what it sends. What the target group has is not known. */
function frontOfBinding(binding: BindingRecord): (service?: Service) => Front {
  const { ref } = binding;
  const open = <T>(path: string): Setting<T> => given<T>(unknownAt(path), { resource: ref, path });
  const arn = "spec.targetGroupARN";
  const port = "spec.serviceRef.port";
  const targets = binding.targets ?? open<TargetKind>("spec.targetType");
  return (service) => ({
    balancer: "nlb",
    controller: { name: "aws-load-balancer-controller" },
    resource: ref,
    related: [],
    servicePort: service ? boundPort(binding, service) : unknownAt(port),
    targets,
    targetPort: service ? registeredPort(binding, service, targets.value) : open(port),
    ...selectorOf(binding),
    proxyProtocol: open(arn),
    preservesClientAddress: open(arn),
    attributes: {},
  });
}
