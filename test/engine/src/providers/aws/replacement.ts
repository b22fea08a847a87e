/**
 * Inputs whose change replaces the resource (terraform-provider-aws: ForceNew in internal/service/elbv2, autoscaling and
 * ec2). Both token families of the load balancers, `aws:lb/` and `aws:alb/`, are one.
 */
const REPLACES: Readonly<Record<string, readonly string[]>> = {
  "aws:lb/targetGroup:TargetGroup": [
    "port",
    "protocol",
    "targetType",
    "vpcId",
    "ipAddressType",
    "name",
    "namePrefix",
  ],
  "aws:lb/loadBalancer:LoadBalancer": ["internal", "name", "namePrefix", "loadBalancerType"],
  "aws:lb/listener:Listener": ["loadBalancerArn"],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": [
    "targetGroupArn",
    "targetId",
    "port",
    "availabilityZone",
  ],
  "aws:autoscaling/attachment:Attachment": ["autoscalingGroupName", "lbTargetGroupArn", "elb"],
  "aws:ec2/securityGroup:SecurityGroup": ["name", "namePrefix", "description", "vpcId"],
  "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock", "availabilityZone"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
};

export function replaces(type: string, changed: readonly string[]): readonly string[] {
  const keys = REPLACES[type.replace(/^aws:alb\//, "aws:lb/")] ?? [];
  return changed.filter((key) => keys.includes(key));
}
