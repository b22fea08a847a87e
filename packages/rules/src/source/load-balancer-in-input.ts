import { aws } from "@evenkeel/core/balancers";
import { isUnknown, UNMANAGED_CLASS, type Missing, type Service } from "@evenkeel/core/model";
import { nlbService, targetGroup, unmanagedService } from "../examples";
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
  *check({ service, missing }) {
    const fronts = missing.filter(({ what, refused }) => what === "front" && refused === undefined);
    if (isOfAws(service)) yield absence(service, fronts);
    else yield notApplicable("no load balancer of AWS is asked for");
  },
  examples: () => ({
    bad: [
      {
        name: "a class that leaves the load balancer to a stack that is not part of the input",
        objects: [unmanagedService()],
        expect: {
          verdict: "notJoined",
          at: "Service shop/web spec.loadBalancerClass",
          missing: "front",
          detail: "loadBalancerClass evenkeel.io/unmanaged leaves the load balancer to be built elsewhere",
          how: "add the target group or the haproxy.cfg that it feeds, or the state of the stack that has it",
        },
      },
    ],
    good: [
      { name: "a controller builds it", objects: [nlbService()] },
      { name: "its target group is part of the input", objects: [unmanagedService(), targetGroup({})] },
      {
        name: "a non-AWS load balancer",
        objects: [
          nlbService({ scheme: null, "nlb-target-type": null }, { loadBalancerClass: "metallb.io/metallb" }),
          nlbService({ scheme: null, "nlb-target-type": null }, { loadBalancerClass: undefined }),
        ],
      },
    ],
  }),
});

const CLASSES: readonly string[] = [aws.LBC_CLASS, aws.AUTO_MODE_CLASS, UNMANAGED_CLASS];

/** On other clouds somebody else builds the load balancer, of which nothing is known here nor need be said. */
function isOfAws(service: Service): boolean {
  const { type, loadBalancerClass } = service;
  if (type !== "LoadBalancer") return false;
  if (loadBalancerClass === undefined) return aws.hasAwsAnnotation(service);
  return isUnknown(loadBalancerClass) || CLASSES.includes(loadBalancerClass) || aws.hasAwsAnnotation(service);
}

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
