import { statementsOf } from "../../model";

const AWS_TEXTS = {
  "exclude-node-by-target-labels": () =>
    "annotation service.beta.kubernetes.io/aws-load-balancer-target-node-labels with a label of the nodes that have pods",
  "exclude-node-by-binding": () => "spec.nodeSelector of the TargetGroupBinding, or deregister them",
  "target-group-replaced": () =>
    "cloud-provider-aws makes a new target group, because protocol or interval of the check change; none of its targets receives traffic until it passes its first checks",
  "no-node-ports": () =>
    "a ClusterIP Service has no node ports: AWS Load Balancer Controller registers no instance target",
  "node-without-instance": ({ node, providerID }: { node: string; providerID: string }) =>
    `AWS Load Balancer Controller registers no target at all: node ${node} is not an EC2 instance (providerID: ${providerID}); label it node.kubernetes.io/exclude-from-external-load-balancers`,
} as const;

export const sayAws = statementsOf(AWS_TEXTS);
