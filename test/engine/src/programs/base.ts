import * as pulumi from "@pulumi/pulumi";

/** What the stack `organization/base/dev` exports. */
export const vpcId = "vpc-0a1b2c3d4e5f60718";
export const token = pulumi.secret("base token");
