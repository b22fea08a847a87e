import type { Knowable, ObjectRef } from "@evenkeel/core/model";
import { resourceRef, type PulumiResource } from "../pulumi/resource";
import { problemsOf, type Problem } from "../problem";
import { member, notes } from "../reading/field";
import { awsKind } from "./kinds";
import { linkOf, type Link } from "./link";
import { readListener, type ListenerRecord } from "./listener";
import { readLoadBalancer, type LoadBalancerRecord } from "./load-balancer";
import { numberOf, openAws, type AwsResource } from "./property";
import { readTargetGroup, type TargetGroupRecord } from "./target-group";

/** Whoever registers targets: an Auto Scaling group, or a single target, at its own port if it has one. */
export interface AttachmentRecord {
  readonly ref: ObjectRef;
  readonly targetGroup: Link;
  readonly port?: Knowable<number>;
}

/** AWS resources of a source, kind by kind. */
export interface AwsRecords {
  readonly targetGroups: readonly TargetGroupRecord[];
  readonly listeners: readonly ListenerRecord[];
  readonly loadBalancers: readonly LoadBalancerRecord[];
  readonly attachments: readonly AttachmentRecord[];
  readonly problems: readonly Problem[];
}

export const NO_AWS: AwsRecords = Object.freeze({
  targetGroups: [],
  listeners: [],
  loadBalancers: [],
  attachments: [],
  problems: [],
});

/** Reads what is of AWS and of use here; passes the rest over. */
export function readAws(resources: readonly PulumiResource[]): AwsRecords {
  const records = {
    targetGroups: [] as TargetGroupRecord[],
    listeners: [] as ListenerRecord[],
    loadBalancers: [] as LoadBalancerRecord[],
    attachments: [] as AttachmentRecord[],
    problems: [] as Problem[],
  };
  for (const resource of resources) {
    const kind = awsKind(resource.type);
    if (!kind) continue;
    const ref = resourceRef(kind, resource);
    const into = notes();
    const aws = openAws(ref, resource, into);
    if (kind === "TargetGroup") records.targetGroups.push(readTargetGroup(aws));
    else if (kind === "Listener") records.listeners.push(readListener(aws));
    else if (kind === "LoadBalancer") records.loadBalancers.push(readLoadBalancer(aws));
    else records.attachments.push(readAttachment(aws));
    records.problems.push(...problemsOf(ref, into));
  }
  return records;
}

/** Properties in which the kinds of attachment name the target group. */
const TARGET_GROUP_PROPERTIES = ["targetGroupArn", "lbTargetGroupArn", "trafficSource"] as const;

function readAttachment(aws: AwsResource): AttachmentRecord {
  const links = TARGET_GROUP_PROPERTIES.map((property) => {
    const field = member(aws.properties, property);
    return linkOf(aws.resource, property, property === "trafficSource" ? member(field, "identifier") : field);
  });
  const port = numberOf(aws, member(aws.properties, "port"));
  return {
    ref: aws.ref,
    targetGroup: { arns: links.flatMap(({ arns }) => arns), urns: links.flatMap(({ urns }) => urns) },
    ...(port === undefined ? {} : { port }),
  };
}
