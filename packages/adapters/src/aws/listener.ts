import type { ObjectRef, Setting } from "@evenkeel/core/model";
import { unknownAt } from "@evenkeel/core/model";
import { dig, elements, member } from "../reading/field";
import { linkOf, type Link } from "./link";
import { numberOf, settingOf, textOf, type AwsResource } from "./property";

export interface ListenerRecord {
  readonly ref: ObjectRef;
  readonly protocol: Setting<string>;
  readonly port: Setting<number>;
  readonly loadBalancer: Link;
  /** All target groups that its default actions forward to. */
  readonly targetGroups: Link;
}

export function readListener(aws: AwsResource): ListenerRecord {
  const { ref, properties, resource } = aws;
  const actions = elements(member(properties, "defaultActions"));
  const forwards = actions.flatMap((action) => [
    member(action, "targetGroupArn"),
    ...elements(dig(action, "forward", "targetGroups")).map((group) => member(group, "arn")),
  ]);
  return {
    ref,
    protocol: settingOf(aws, properties, "protocol", textOf, unknownAt("protocol")),
    port: settingOf(aws, properties, "port", numberOf, unknownAt("port")),
    loadBalancer: linkOf(resource, "loadBalancerArn", member(properties, "loadBalancerArn")),
    targetGroups: linkOf(resource, "defaultActions", ...forwards),
  };
}
