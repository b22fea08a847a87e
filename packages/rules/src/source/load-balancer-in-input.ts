import type { Missing, Service } from "@evenkeel/core/model";
import { loadBalancerState } from "../ask/load-balancer";
import { webService } from "../examples";
import { lawExamples } from "../law-examples";
import { notApplicable, notJoined, ok, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { LBC_ANNOTATIONS, LBC_NLB } from "../references";

export const loadBalancerInInput = rule({
  id: "load-balancer-in-input",
  subject: "exposure",
  severity: "medium",
  level: "advisory",
  law: "The load balancer in front of a Service is checked together with it.",
  why: "health check, targets and client address are right or wrong only for the two together",
  fix: "Check the Service together with what is in front of it.",
  facts: ["EK16"],
  refs: [LBC_ANNOTATIONS, LBC_NLB],
  *check(exposure) {
    const { service, missing } = exposure;
    const fronts = missing.filter(({ what, refused }) => what === "front" && refused === undefined);
    const state = loadBalancerState(exposure);
    if (state === "none") yield notApplicable("no load balancer is asked for");
    else if (state === "unmodelled") yield notApplicable("a load balancer that is not modelled");
    else yield absence(service, fronts);
  },
  examples: () =>
    lawExamples("load-balancer-in-input", {
      bad: [],
      good: [{ name: "a load balancer that is not modelled", objects: [webService()] }],
    }),
});

/** One finding a Service, however many of its ports have nothing in front. */
function absence({ ref }: Service, fronts: readonly Missing[]): Outcome {
  const [first] = fronts;
  if (!first) return ok;
  const detail = [...new Set(fronts.map((one) => one.detail))].join("; ");
  const how = fronts.map((one) => one.how);
  return notJoined({
    facts: ["EK16"],
    at: { resource: ref, path: "spec.loadBalancerClass" },
    missing: { ...first, detail, how },
  });
}
