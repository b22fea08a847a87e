import type { Front, Knowable, LabelSelector, ObjectRef, Setting, TargetKind } from "@evenkeel/core/model";
import { given } from "@evenkeel/core/model";
import type { Link } from "../aws/link";
import { dig, entries, integerOrText, isAbsent, knowable, member, oneOf, text } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";
import { readLabelSelector } from "./selector";

/** A TargetGroupBinding: a Service's port, and the target group that gets its targets. */
export interface BindingRecord {
  readonly ref: ObjectRef;
  readonly service: {
    readonly namespace: string;
    readonly name: Knowable<string>;
    /** Number or name of the Service's port. */
    readonly port: Knowable<number | string>;
  };
  readonly targetGroup: Link;
  /** `targetGroupName`, or what the ARN says. */
  readonly targetGroupName?: string;
  readonly targets?: Setting<TargetKind>;
  readonly protocol?: Knowable<string>;
  /** `spec.nodeSelector`: labels of the nodes that are registered. */
  readonly nodeSelector?: Front["nodeSelector"];
  /** URNs that its spec was computed from. */
  readonly feeders: readonly string[];
  readonly scope?: string;
}

const GROUPS = new Set(["elbv2.k8s.aws", "eks.amazonaws.com"]);

export function isTargetGroupBinding({ ref, group }: OpenObject): boolean {
  return ref.kind === "TargetGroupBinding" && GROUPS.has(group);
}

/** Labels with which AWS Load Balancer Controller marks the bindings that it makes itself, by what it makes them for. */
const MADE_BY_CONTROLLER = /^(service|ingress|gateway)\.k8s\.aws\//;

const TARGET_KINDS: readonly TargetKind[] = ["instance", "ip"];

/**
 * Undefined for a binding that the controller made itself, since the Service or Ingress that it made it for says all of it, and for
 * one that names no Service.
 */
export function readTargetGroupBinding({
  ref,
  field,
  feeders,
  scope,
}: OpenObject): BindingRecord | undefined {
  const labels = dig(field, "metadata", "labels");
  if (entries(labels).some(([key]) => MADE_BY_CONTROLLER.test(key))) return undefined;
  const spec = member(field, "spec");
  const name = knowable(dig(spec, "serviceRef", "name"), text);
  const port = knowable(dig(spec, "serviceRef", "port"), integerOrText);
  if (name === undefined || port === undefined) return undefined;
  const arn = member(spec, "targetGroupARN").value;
  const groupName = text(member(spec, "targetGroupName"));
  const type = member(spec, "targetType");
  const targets = isAbsent(type) ? undefined : knowable(type, (one) => oneOf(one, TARGET_KINDS));
  const nodes = member(spec, "nodeSelector");
  const selector = knowable<LabelSelector>(nodes, readLabelSelector);
  const specFeeders = feeders?.spec ?? [];
  return present({
    ref,
    service: { namespace: ref.namespace ?? "", name, port },
    targetGroup: present({
      arns: typeof arn === "string" ? [arn] : [],
      urns: specFeeders,
      // The ARN wins; one that is not known yet may be of any target group.
      name: isAbsent(member(spec, "targetGroupARN")) ? groupName : undefined,
    }),
    targetGroupName: groupName ?? nameIn(arn),
    targets: targets === undefined ? undefined : given(targets, { resource: ref, path: type.path }),
    nodeSelector: selector && given(selector, { resource: ref, path: nodes.path }),
    protocol: knowable(member(spec, "targetGroupProtocol"), text),
    feeders: specFeeders,
    scope,
  });
}

/** `arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/0123456789abcdef` -> `web` */
function nameIn(arn: unknown): string | undefined {
  return typeof arn === "string" ? /:targetgroup\/([^/]+)\//.exec(arn)?.[1] : undefined;
}
