const { PolicyPack } = require("@pulumi/policy");

// As many policies as asked for, each about a type that no resource of the benchmark has, and empty: the SDK's own cost per policy.
const validateResource = () => {};
validateResource.__pulumiType = "bench:index:Nothing";

new PolicyPack("empty-typed", {
  policies: Array.from({ length: Number(process.env.BENCH_POLICIES) }, (_, index) => ({
    name: `empty-${index}`,
    description: "Says nothing.",
    enforcementLevel: "mandatory",
    validateResource,
  })),
});
