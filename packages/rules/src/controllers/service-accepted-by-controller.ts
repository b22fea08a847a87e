import type { Refused } from "@evenkeel/core/model";
import { isFactId } from "../facts";
import { notApplicable, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { lawExamples } from "../law-examples";
import { LBC_ANNOTATIONS, LBC_NLB } from "../references";

export const serviceAcceptedByController = rule({
  id: "service-accepted-by-controller",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "The controller that builds the load balancer accepts the Service.",
  why: "the controller refuses the Service after it is applied, and builds no load balancer or stops updating it",
  fix: "Write a value that the controller accepts.",
  facts: ["EK4", "ML1"],
  refs: [LBC_ANNOTATIONS, LBC_NLB],
  *check({ missing }) {
    const refused = missing.find((one) => one.refused)?.refused;
    yield refused ? refusal(refused) : notApplicable("no controller refuses it");
  },
  examples: () => lawExamples("service-accepted-by-controller"),
});

function refusal({ by, at, seen, wanted, assumption, facts = ["EK4"] }: Refused): Outcome {
  return violated({
    facts: facts.filter(isFactId),
    at,
    seen: seen || JSON.stringify(seen),
    wanted,
    effect: `${by} refuses the Service and builds no load balancer`,
    fix: `Set ${at.path} to ${wanted}.`,
    ...(assumption === undefined ? {} : { assumption }),
  });
}
