import type { TargetGroup } from "@pulumi/aws/lb";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type { Service } from "@pulumi/kubernetes/core/v1";
import type { ComponentResource, Input } from "@pulumi/pulumi";
import type { PulumiOwnedArgs } from "../args";
import { mapInput, present } from "./inputs";
import type { NlbSide } from "./side";

/** What a TargetGroupBinding joins. */
export interface Binding {
  readonly service: Service;
  readonly servicePort: Input<number>;
  readonly targetGroup: TargetGroup;
  /** Port of the target that carries the traffic, by number or name. */
  readonly trafficPort: Input<number | string>;
  /** Port of the target that the health check asks; may be `traffic-port`. */
  readonly healthPort: Input<string>;
}

/**
 * Has AWS Load Balancer Controller register the targets, and let through to them whom the load balancer lets through. Its webhook
 * refuses another target group in the same binding, so another one needs another binding.
 */
export function bindTargetGroup(
  parent: ComponentResource,
  child: string,
  { targets, namespace }: NlbSide,
  owned: PulumiOwnedArgs,
  { service, servicePort, targetGroup, ...ports }: Binding,
): void {
  new CustomResource(
    child,
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: present({ namespace }),
      spec: present({
        serviceRef: { name: service.metadata.name, port: servicePort },
        targetGroupARN: targetGroup.arn,
        targetType: targets,
        networking: networking(owned, ports),
      }),
    },
    { parent, replaceOnChanges: ["spec.targetGroupARN", "spec.targetType"] },
  );
}

/** Without this block the controller leaves the targets' security groups alone. */
function networking(
  { securityGroups, targetGroupBinding }: PulumiOwnedArgs,
  ports: Pick<Binding, "trafficPort" | "healthPort">,
): object | undefined {
  const allowFrom = targetGroupBinding?.allowFrom;
  if (securityGroups === undefined && allowFrom === undefined) return undefined;
  const from = mapInput(
    { groups: securityGroups ?? [], networks: allowFrom ?? [] },
    ({ groups, networks }) => [
      ...groups.map((groupID) => ({ securityGroup: { groupID } })),
      ...networks.map((cidr) => ({ ipBlock: { cidr } })),
    ],
  );
  const open = mapInput(ports, ({ trafficPort, healthPort }) => [
    { protocol: "TCP", port: trafficPort },
    ...(healthPort === "traffic-port" ? [] : [{ protocol: "TCP", port: Number(healthPort) }]),
  ]);
  return { ingress: [{ from, ports: open }] };
}
