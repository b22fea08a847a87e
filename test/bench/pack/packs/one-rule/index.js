const { PolicyPack } = require("@pulumi/policy");

// What a team would write in an afternoon: one rule about one field.
new PolicyPack("one-rule", {
  policies: [
    {
      name: "no-local",
      description: "Services do not use externalTrafficPolicy: Local.",
      enforcementLevel: "mandatory",
      validateResource: ({ type, props }, report) => {
        if (type === "kubernetes:core/v1:Service" && props.spec?.externalTrafficPolicy === "Local")
          report("Local");
      },
    },
  ],
});
