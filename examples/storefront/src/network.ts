/** Where the cluster lives. A real program takes these from the stack that made the VPC, or from configuration. */
export const network = {
  vpcId: "vpc-0f3c1a2b4d5e6f708",
  publicSubnets: ["subnet-0a11", "subnet-0b22", "subnet-0c33"],
  privateSubnets: ["subnet-1a11", "subnet-1b22", "subnet-1c33"],
  webSecurityGroup: "sg-0d4e5f6a7b8c9d0e1",
};
