import { PolicyPack } from "@pulumi/policy";

/** A pack that changes what is registered. */
new PolicyPack("remedy", {
  policies: [
    {
      name: "has-owner",
      description: "Everything of AWS has an owner.",
      enforcementLevel: "remediate",
      remediateResource: (args) => {
        if (args.type !== "aws:lb/targetGroup:TargetGroup") return undefined;
        return { ...args.props, tags: { ...args.props["tags"], owner: "platform" } };
      },
      validateResource: (args, report) => {
        if (args.type.startsWith("aws:") && args.props["tags"]?.owner === undefined) report("no owner");
      },
    },
    {
      name: "has-zone",
      description: "A zone is named.",
      enforcementLevel: "remediate",
      severity: "low",
      validateResource: (args, report) => {
        if (args.type === "test:index:Zone") report("this cannot be remedied");
      },
    },
  ],
});
