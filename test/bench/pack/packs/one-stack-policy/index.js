const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("one-stack-policy", {
  policies: [
    {
      name: "no-local",
      description: "Services do not use externalTrafficPolicy: Local.",
      enforcementLevel: "mandatory",
      validateStack: ({ resources }, report) => {
        for (const { type, props, urn } of resources)
          if (type === "kubernetes:core/v1:Service" && props.spec?.externalTrafficPolicy === "Local")
            report("Local", urn);
      },
    },
  ],
});
