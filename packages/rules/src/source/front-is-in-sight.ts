import { aws } from "@evenkeel/core/balancers";
import { isUnknown, UNMANAGED_CLASS, type Missing, type Refused, type Service } from "@evenkeel/core/model";
import { nlbService, targetGroup, unmanagedService } from "../examples";
import { notApplicable, notJoined, ok, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { LBC_ANNOTATIONS, LBC_NLB } from "../references";

export const frontIsInSight = rule({
  id: "front-is-in-sight",
  subject: "exposure",
  severity: "medium",
  level: "mandatory",
  law: "What stands in front of an AWS LoadBalancer Service is checked together with it.",
  why: "without its load balancer nothing can be said of the health check, and where the controller refuses the Service none is built",
  fix: "Write the value that the controller takes, or check the Service together with the target group that feeds it.",
  facts: ["EK4"],
  refs: [LBC_ANNOTATIONS, LBC_NLB],
  *check({ service, missing }) {
    const fronts = missing.filter(({ what }) => what === "front");
    const refused = fronts.find((one) => one.refused)?.refused;
    if (refused) yield refusal(service, refused);
    else if (!isOfAws(service)) yield notApplicable("no load balancer of AWS is asked for");
    else yield absence(service, fronts);
  },
  examples: () => ({
    bad: [
      {
        name: "a scheme that the controller refuses",
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
        name: "a class that leaves the load balancer to a stack that is not in sight",
        objects: [unmanagedService()],
        expect: {
          verdict: "notJoined",
          at: "Service shop/web spec.loadBalancerClass",
          missing: "front",
          detail: "loadBalancerClass evenkeel.io/unmanaged leaves the load balancer to somebody else",
          how: "add the target group or the haproxy.cfg that it feeds, or the state of the stack that has it",
        },
      },
      {
        name: "a refusal by the cloud provider, whom a webhook may replace",
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
    good: [
      { name: "a controller builds it", objects: [nlbService()] },
      { name: "its target group is in sight", objects: [unmanagedService(), targetGroup({})] },
      {
        name: "a load balancer that is none of AWS",
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

function refusal({ loadBalancerClass }: Service, { by, at, seen, wanted }: Refused): Outcome {
  // The webhook that comes with AWS Load Balancer Controller may give a Service without a class its own.
  const mayBeTaken = by === "cloud-provider-aws" && loadBalancerClass === undefined;
  return violated({
    facts: ["EK4"],
    at,
    seen: seen || JSON.stringify(seen),
    wanted,
    effect: `${by} refuses the Service and builds no load balancer`,
    fix: `Set ${at.path} to ${wanted}.`,
    ...(mayBeTaken
      ? { assumption: "no webhook of AWS Load Balancer Controller gives the Service a class" }
      : {}),
  });
}

/** One finding a Service, however many of its ports have nothing in front. */
function absence({ ref }: Service, fronts: readonly Missing[]): Outcome {
  const [first] = fronts;
  if (!first) return ok;
  const detail = [...new Set(fronts.map((one) => one.detail))].join("; ");
  const how = fronts.map((one) => one.how);
  return notJoined({
    facts: ["EK4"],
    at: { resource: ref, path: "spec.loadBalancerClass" },
    missing: { ...first, detail, how },
  });
}
