import { PolicyPack } from "@pulumi/policy";

console.log("hello from the pack");
new PolicyPack("chatty", { policies: [] });
