import { PolicyPack } from "@pulumi/policy";

/** One rule on the stack and one on a resource, for what stops when at an update. */
new PolicyPack("late", {
  policies: [
    {
      name: "whole-stack",
      description: "No stack is right.",
      enforcementLevel: "mandatory",
      validateStack: (args, report) =>
        report("too late", args.resources.find(({ type }) => type === "test:index:Ports")?.urn),
    },
    {
      name: "one-resource",
      description: "No ports are right.",
      enforcementLevel: "disabled",
      validateResource: (args, report) => {
        if (args.type === "test:index:Ports") report("stopped");
      },
    },
    {
      name: "throws",
      description: "A rule that is not total.",
      enforcementLevel: "disabled",
      validateResource: () => {
        throw new TypeError("nothing to read");
      },
    },
  ],
});
