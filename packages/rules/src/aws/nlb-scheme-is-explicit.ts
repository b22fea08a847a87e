import { aws } from "@evenkeel/core/balancers";
import type { Scheme, Service, Setting } from "@evenkeel/core/model";
import { eachFront } from "../ask/fronts";
import { annotationsPatch } from "../ask/patch";
import { show } from "../ask/show";
import { LB, nlbService } from "../examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { LBC_ANNOTATIONS } from "../references";

export const nlbSchemeIsExplicit = rule({
  id: "nlb-scheme-is-explicit",
  subject: "exposure",
  severity: "medium",
  level: "advisory",
  law: "Whether a load balancer faces the internet is written down.",
  why: "AWS Load Balancer Controller defaults to internal, the older cloud provider and aws.lb.LoadBalancer to internet-facing; whoever takes the Service decides",
  fix: "Write it down: the annotation aws-load-balancer-scheme (aws-load-balancer-internal for the older cloud provider), or `internal` on the LoadBalancer.",
  facts: ["U39"],
  refs: [LBC_ANNOTATIONS],
  *check(exposure) {
    const told = new Set<string>();
    yield* eachFront(exposure, ["U39"], function* ({ front: { scheme, controller } }) {
      if (!scheme) return yield notApplicable("the load balancer has no scheme, or is not part of the input");
      if (scheme.by === "given" || isWrittenForAnother(exposure.service, scheme)) return yield ok;
      // One load balancer has one scheme, however many ports it serves.
      const place = `${scheme.at.resource.kind}/${scheme.at.resource.name}/${scheme.at.path}`;
      if (told.has(place)) return;
      told.add(place);
      const onService = scheme.at.resource.kind === "Service";
      yield violated({
        facts: ["U39"],
        at: scheme.at,
        seen: `not set, so ${show(scheme.value)} by ${controller.name}`,
        wanted: "internal or internet-facing, written down",
        patch: onService ? annotationsPatch(exposure.service, schemeAnnotation(scheme)) : undefined,
      });
    });
  },
  examples: () => ({
    bad: [
      {
        name: "no scheme",
        objects: [nlbService({ scheme: null })],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]',
          seen: "not set, so internal by aws-load-balancer-controller",
          wanted: "internal or internet-facing, written down",
          fix: "Write it down: the annotation aws-load-balancer-scheme (aws-load-balancer-internal for the older cloud provider), or `internal` on the LoadBalancer.",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
          level: "advisory",
        },
      },
      {
        name: "a scheme that the older cloud provider does not read",
        objects: [nlbService({ type: "nlb", scheme: "internal" }, { loadBalancerClass: undefined })],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-internal"]',
          seen: "not set, so internet-facing by cloud-provider-aws",
          wanted: "internal or internet-facing, written down",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "false" } },
        },
      },
    ],
    good: [
      { name: "internet-facing, said so", objects: [nlbService({ scheme: "internet-facing" })] },
      { name: "internal, said so", objects: [nlbService({ scheme: "internal" })] },
      {
        name: "internet-facing, said in a way that the older cloud provider does not read and builds all the same",
        objects: [nlbService({ type: "nlb", scheme: "internet-facing" }, { loadBalancerClass: undefined })],
      },
    ],
  }),
});

/** The older cloud provider does not read the annotation of the newer controller; whoever takes the Service, they come to the same. */
function isWrittenForAnother(service: Service, { value, at }: Setting<Scheme>): boolean {
  return at.resource === service.ref && value === aws.annotation(service, aws.AWS.scheme);
}

/** The older cloud provider reads `internal` only; the scheme as it stands is what the patch writes down. */
function schemeAnnotation({ value, at }: Setting<Scheme>): Readonly<Record<string, string>> {
  return at.path.includes(`${LB}internal`)
    ? { [`${LB}internal`]: String(value === "internal") }
    : { [`${LB}scheme`]: show(value) };
}
