import { statementsOf } from "../../model";

export const AWS_TEXTS = {
  "exclude-node-by-target-labels": () =>
    "annotation service.beta.kubernetes.io/aws-load-balancer-target-node-labels with a label of the nodes that have pods",
  "exclude-node-by-binding": () => "spec.nodeSelector of the TargetGroupBinding, or deregister them",
  "target-group-replaced": () =>
    "cloud-provider-aws makes a new target group, because protocol or interval of the check change; none of its targets receives traffic until it passes its first checks",
} as const;

export const sayAws = statementsOf(AWS_TEXTS);
