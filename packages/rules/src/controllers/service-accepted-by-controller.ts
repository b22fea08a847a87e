import type { Refused } from "@evenkeel/core/model";
import { nlbService } from "../examples";
import { notApplicable, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { LBC_ANNOTATIONS, LBC_NLB } from "../references";

export const serviceAcceptedByController = rule({
  id: "service-accepted-by-controller",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "The controller that builds the load balancer accepts the Service.",
  why: "the controller refuses the Service after it is applied, and builds no load balancer or stops updating it",
  fix: "Write a value that the controller accepts.",
  facts: ["EK4"],
  refs: [LBC_ANNOTATIONS, LBC_NLB],
  *check({ missing }) {
    const refused = missing.find((one) => one.refused)?.refused;
    yield refused ? refusal(refused) : notApplicable("no controller refuses it");
  },
  examples: () => ({
    bad: [
      {
        name: "a scheme that does not exist",
        objects: [nlbService({ scheme: "Internal" })],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]',
          seen: "Internal",
          wanted: "internal or internet-facing",
          effect: "aws-load-balancer-controller refuses the Service and builds no load balancer",
          fix: 'Set metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"] to internal or internet-facing.',
          level: "mandatory",
        },
      },
      {
        name: "a value that cloud-provider-aws refuses, whom a webhook may replace",
        objects: [
          nlbService({ type: "nlb", "healthcheck-interval": "often" }, { loadBalancerClass: undefined }),
        ],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval"]',
          seen: "often",
          wanted: "a whole number",
          effect: "cloud-provider-aws refuses the Service and builds no load balancer",
          fix: 'Set metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval"] to a whole number.',
          level: "advisory",
          assumption: "no webhook of AWS Load Balancer Controller gives the Service a class",
        },
      },
    ],
    good: [{ name: "values that the controller knows", objects: [nlbService()] }],
  }),
});

function refusal({ by, at, seen, wanted, assumption }: Refused): Outcome {
  return violated({
    facts: ["EK4"],
    at,
    seen: seen || JSON.stringify(seen),
    wanted,
    effect: `${by} refuses the Service and builds no load balancer`,
    fix: `Set ${at.path} to ${wanted}.`,
    ...(assumption === undefined ? {} : { assumption }),
  });
}
