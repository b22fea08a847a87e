import { aws as controllers } from "@evenkeel/core/balancers";
import {
  displayName,
  given,
  isKnown,
  isUnknown,
  mapKnown,
  unknownAt,
  type Front,
  type HealthCheck,
  type Knowable,
  type Missing,
  type ObjectRef,
  type Service,
  type Setting,
  type TargetKind,
} from "@evenkeel/core/model";
import { linksTo } from "../aws/link";
import type { ListenerRecord } from "../aws/listener";
import type { LoadBalancerRecord } from "../aws/load-balancer";
import type { AwsRecords } from "../aws/records";
import { isNetwork, type TargetGroupRecord } from "../aws/target-group";
import type { BindingRecord } from "../kubernetes/target-group-binding";
import {
  behindTargetGroup,
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

/** A front whose Service is not in sight. */
export interface Unjoined {
  /** The target group. */
  readonly ref: ObjectRef;
  readonly missing: Missing;
  readonly front: Front;
}

/** Fronts that target groups make, each with its listener, load balancer and whoever registers its targets. */
export function targetGroupFronts(
  aws: AwsRecords,
  bindings: readonly BindingRecord[],
  services: readonly Candidate[],
): TargetGroupFronts {
  const byService = new Map<Service, { fronts: Front[]; missing: Missing[] }>();
  const unjoined: Unjoined[] = [];
  const of = (service: Service) => {
    const found = byService.get(service) ?? { fronts: [], missing: [] };
    byService.set(service, found);
    return found;
  };
  for (const group of aws.targetGroups.filter(isNetwork)) {
    for (const listener of listenersOf(group, aws)) {
      const behind = behindTargetGroup(group, bindings, services, listener?.port.value);
      if ("what" in behind) {
        unjoined.push({ ref: group.ref, missing: behind, front: frontOf(group, listener, aws, undefined) });
        continue;
      }
      const { fronts, missing } = of(behind.service);
      fronts.push(frontOf(group, listener, aws, behind));
      missing.push(...missingSides(group, listener, aws));
    }
  }
  for (const binding of bindings.filter((one) => isAlone(one, aws))) {
    const service = boundService(binding, services);
    if (!service) continue;
    const { fronts, missing } = of(service);
    fronts.push(frontOfBinding(binding, service));
    missing.push(missingTargetGroup(binding));
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

function frontOf(
  group: TargetGroupRecord,
  listener: ListenerRecord | undefined,
  aws: AwsRecords,
  behind: Behind | undefined,
): Front {
  const loadBalancer = loadBalancerOf(listener, aws);
  const attachments = aws.attachments.filter(({ targetGroup }) => linksTo(targetGroup, group));
  const related: readonly (ObjectRef | undefined)[] = [
    loadBalancer?.ref,
    listener?.ref,
    behind?.binding?.ref,
    ...attachments.map(({ ref }) => ref),
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
    proxyProtocol: group.proxyProtocol,
    preservesClientAddress: group.preservesClientAddress,
    attributes: controllers.frontAttributes(group.attributes, loadBalancer?.attributes ?? {}),
  };
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
  return { what: "loadBalancer", detail, how: "add the stack that has it (--with FILE)" };
}

/** A binding to a target group that is not here; one of an application load balancer is none of ours. */
function isAlone({ targetGroup, protocol }: BindingRecord, { targetGroups }: AwsRecords): boolean {
  const isHttp = protocol === "HTTP" || protocol === "HTTPS";
  return !isHttp && !targetGroups.some((group) => linksTo(targetGroup, group));
}

function missingTargetGroup({ ref, targetGroupName }: BindingRecord): Missing {
  const named = targetGroupName === undefined ? "" : ` ${targetGroupName}`;
  return {
    what: "loadBalancer",
    detail: `the target group${named} that ${displayName(ref)} fills is not in this input, nor is its health check`,
    how: "add the stack that has it (--with FILE)",
  };
}

/** All that a binding says by itself: what stands in front, and to what it sends. The rest is not known. */
function frontOfBinding(binding: BindingRecord, service: Service): Front {
  const { ref } = binding;
  const open = <T>(path: string): Setting<T> => given<T>(unknownAt(path), { resource: ref, path });
  const arn = "spec.targetGroupARN";
  const targets = binding.targets ?? open<TargetKind>("spec.targetType");
  return {
    balancer: "nlb",
    controller: { name: "aws-load-balancer-controller" },
    resource: ref,
    related: [],
    servicePort: boundPort(binding, service),
    targets,
    targetPort: registeredPort(binding, service, targets.value),
    healthCheck: openHealthCheck(() => open(arn)),
    proxyProtocol: open(arn),
    preservesClientAddress: open(arn),
    attributes: {},
  };
}

function openHealthCheck(open: <T>() => Setting<T>): HealthCheck {
  return {
    protocol: open(),
    port: open(),
    path: open(),
    matcher: open(),
    intervalSeconds: open(),
    timeoutSeconds: open(),
    healthyThreshold: open(),
    unhealthyThreshold: open(),
  };
}
