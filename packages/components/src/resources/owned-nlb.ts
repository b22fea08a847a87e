import { Attachment } from "@pulumi/aws/autoscaling";
import { Listener, LoadBalancer, TargetGroup } from "@pulumi/aws/lb";
import type { Service } from "@pulumi/kubernetes/core/v1";
import type { ComponentResource, Input } from "@pulumi/pulumi";
import type { PulumiOwnedInstanceArgs } from "../args";
import { from, type Settled } from "../decision/settled";
import type { Wiring } from "../decision/wiring";
import { allocated } from "./allocated";
import { bindTargetGroup } from "./binding";
import { healthCheckPort, targetGroupHealthCheck } from "./health-check";
import { mapInput, present } from "./inputs";
import { flagsOf, type NlbSide } from "./side";

/** A load balancer that this program makes, and what lies behind it. */
export interface OwnedNlb {
  readonly loadBalancer: LoadBalancer;
  /** One a port, in the order of the ports. */
  readonly targetGroups: TargetGroup[];
}

/** Load balancer, and for each port a target group, a listener, and whoever registers the targets. */
export function createOwnedNlb(
  parent: ComponentResource,
  name: string,
  side: NlbSide,
  owned: PulumiOwnedInstanceArgs,
  service: Service,
  wiring: Settled<Wiring>,
): OwnedNlb {
  const { tags } = side;
  const loadBalancer = new LoadBalancer(
    name,
    present({
      loadBalancerType: "network",
      internal: from(wiring, ({ scheme }) => scheme === "internal"),
      subnets: owned.subnets,
      securityGroups: owned.securityGroups,
      enableCrossZoneLoadBalancing: flagsOf(side).crossZone,
      tags,
    }),
    { parent },
  );
  const targetGroups = side.ports.map((port, index) => {
    const child = `${name}-${port.name}`;
    const trafficPort = trafficPortOf(side, service, child, index);
    const targetGroup = createTargetGroup(parent, child, side, owned, { service, trafficPort, wiring });
    new Listener(
      child,
      present({
        loadBalancerArn: loadBalancer.arn,
        protocol: "TCP",
        port: port.port,
        defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
        tags,
      }),
      { parent },
    );
    if (owned.autoScalingGroups) attachGroups(parent, child, owned.autoScalingGroups, targetGroup);
    else {
      const healthPort = healthCheckPort(service, child, wiring);
      const binding = { service, servicePort: port.port, targetGroup, trafficPort, healthPort };
      bindTargetGroup(parent, child, side, owned, binding);
    }
    return targetGroup;
  });
  return { loadBalancer, targetGroups };
}

function createTargetGroup(
  parent: ComponentResource,
  child: string,
  side: NlbSide,
  { vpcId }: PulumiOwnedInstanceArgs,
  {
    service,
    trafficPort,
    wiring,
  }: { service: Service; trafficPort: Input<number | string>; wiring: Settled<Wiring> },
): TargetGroup {
  const { targets, tags } = side;
  const { proxyProtocol, preserveClientAddress } = flagsOf(side);
  return new TargetGroup(
    child,
    present({
      targetType: targets,
      protocol: "TCP",
      port: mapInput(trafficPort, numberOf),
      vpcId,
      healthCheck: targetGroupHealthCheck(service, child, wiring),
      preserveClientIp: mapInput(preserveClientAddress, String),
      proxyProtocolV2: proxyProtocol,
      tags,
    }),
    { parent },
  );
}

/** Port of the targets: the node's, or the pod's by number or name. */
function trafficPortOf(
  { targets }: NlbSide,
  service: Service,
  child: string,
  index: number,
): Input<number | string> {
  const what = `${child}: spec.ports[${index}]`;
  return targets === "instance"
    ? allocated(service, `${what}.nodePort`, ({ ports }) => ports[index]?.nodePort)
    : allocated(service, `${what}.targetPort`, ({ ports }) => ports[index]?.targetPort);
}

/**
 * A named port is the pod's own affair: each pod is registered with the number behind its name, and 1 stands on the target group
 * instead, as AWS Load Balancer Controller writes it.
 */
function numberOf(port: number | string): number {
  return typeof port === "number" ? port : 1;
}

function attachGroups(
  parent: ComponentResource,
  child: string,
  groups: readonly Input<string>[],
  targetGroup: TargetGroup,
): void {
  groups.forEach((autoscalingGroupName, order) => {
    new Attachment(
      `${child}-${order}`,
      { autoscalingGroupName, lbTargetGroupArn: targetGroup.arn },
      { parent },
    );
  });
}
