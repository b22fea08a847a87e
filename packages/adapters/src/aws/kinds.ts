/** Kinds of AWS resources that stand in front of a Service, or register its targets. */
export type AwsKind = "LoadBalancer" | "TargetGroup" | "Listener" | "TargetGroupAttachment" | "Attachment";

/** Module and resource of a token; `aws:lb` and `aws:alb` are two names for the same resources, older ones aliases. */
const TOKEN =
  /^aws:(lb|alb|elasticloadbalancingv2|applicationloadbalancing|autoscaling)\/([A-Za-z]+):([A-Za-z]+)$/;

const KINDS: Readonly<Record<string, AwsKind>> = Object.freeze({
  "lb:LoadBalancer": "LoadBalancer",
  "lb:TargetGroup": "TargetGroup",
  "lb:Listener": "Listener",
  "lb:TargetGroupAttachment": "TargetGroupAttachment",
  "autoscaling:Attachment": "Attachment",
  "autoscaling:TrafficSourceAttachment": "Attachment",
});

/** Undefined for every other type. */
export function awsKind(type: string): AwsKind | undefined {
  const token = TOKEN.exec(type);
  if (!token) return undefined;
  const family = token[1] === "autoscaling" ? "autoscaling" : "lb";
  const key = `${family}:${token[3] ?? ""}`;
  return Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
}
