import type { PulumiOptions } from "@evenkeel/adapters";
import type { SubjectName } from "@evenkeel/rules";
import { RULES_OF_RESOURCE } from "../settings/names";
import type { Settings } from "../settings/settings";

/**
 * Types that may have a part in an exposure, what makes the cluster's nodes among them; the properties of others are never looked
 * at, those of Kubernetes Secrets on purpose. AWS resources have several names each (`aws:lb` and `aws:alb`, and older aliases).
 */
const READABLE =
  /^(kubernetes:(?!core\/v1:Secret)|evenkeel:|aws:(lb|alb|elasticloadbalancingv2|applicationloadbalancing|autoscaling)\/|aws:(eks\/(cluster|nodeGroup)|ec2\/subnet):)/;

export function isReadable(type: string): boolean {
  return READABLE.test(type);
}

/** What a resource is the subject of by itself, by its type; what is not here has a part only in what is joined. */
const SUBJECTS: readonly (readonly [type: RegExp, subjects: readonly SubjectName[]])[] = [
  [/^(evenkeel:|kubernetes:core\/v1:Service$)/, ["exposure", "service"]],
  [/^aws:.*:TargetGroup$/, ["targetGroup"]],
  [/^aws:.*:Listener$/, ["listener"]],
  [/^aws:.*:LoadBalancer$/, ["loadBalancer"]],
  [/^kubernetes:elbv2\.k8s\.aws\/.*:TargetGroupBinding$/, ["targetGroupBinding"]],
  [/^kubernetes:metallb\.io\/.*:IPAddressPool$/, ["addressPool"]],
];

const ASKED: ReadonlySet<SubjectName> = new Set(RULES_OF_RESOURCE.map(({ subject }) => subject));
const TYPES_ASKED = SUBJECTS.filter(([, subjects]) => subjects.some((subject) => ASKED.has(subject))).map(
  ([type]) => type,
);

/** Whether any rule can say something of such a resource alone. */
export function isSubjectAlone(type: string): boolean {
  return TYPES_ASKED.some((pattern) => pattern.test(type));
}

/** What is known beside the resources. Other stacks are joined where all of this one is in sight. */
export function readOptions(
  { kubernetesVersion, dataplane, cluster, joinWith }: Settings,
  stage: "resource" | "stack",
): PulumiOptions {
  return { kubernetesVersion, dataplane, cluster, ...(stage === "stack" ? { joinWith } : {}) };
}
