import { aws } from "@evenkeel/core/balancers";
import type { Scheme, Service, Setting } from "@evenkeel/core/model";
import { eachFront } from "../ask/fronts";
import { annotationsPatch } from "../ask/patch";
import { show } from "../ask/show";
import { LB, nlbService } from "./examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { LBC_ANNOTATIONS } from "../references";

export const nlbSchemeIsExplicit = rule({
  id: "nlb-scheme-is-explicit",
  subject: "exposure",
  severity: "medium",
  level: "advisory",
  law: "The scheme of a load balancer, internal or internet-facing, is set explicitly.",
  why: "AWS Load Balancer Controller defaults to internal, cloud-provider-aws and aws.lb.LoadBalancer to internet-facing, so the default depends on who builds it",
  fix: "Set the annotation aws-load-balancer-scheme (aws-load-balancer-internal for cloud-provider-aws), or `internal` on the LoadBalancer.",
  facts: ["U39"],
  refs: [LBC_ANNOTATIONS],
  *check(exposure) {
    const reported = new Set<string>();
    yield* eachFront(exposure, ["U39"], function* ({ front: { scheme, controller } }) {
      if (!scheme) return yield notApplicable("the load balancer has no scheme, or is not part of the input");
      if (scheme.by === "given" || isWrittenForAnother(exposure.service, scheme)) return yield ok;
      // One load balancer has one scheme, however many ports it serves.
      const place = `${scheme.at.resource.kind}/${scheme.at.resource.name}/${scheme.at.path}`;
      if (reported.has(place)) return;
      reported.add(place);
      const onService = scheme.at.resource.kind === "Service";
      yield violated({
        facts: ["U39"],
        at: scheme.at,
        seen: `not set, which means ${show(scheme.value)} with ${controller.name}`,
        wanted: "internal or internet-facing, set explicitly",
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
          seen: "not set, which means internal with aws-load-balancer-controller",
          wanted: "internal or internet-facing, set explicitly",
          fix: "Set the annotation aws-load-balancer-scheme (aws-load-balancer-internal for cloud-provider-aws), or `internal` on the LoadBalancer.",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
          level: "advisory",
        },
      },
      {
        name: "a scheme annotation that cloud-provider-aws does not read",
        objects: [nlbService({ type: "nlb", scheme: "internal" }, { loadBalancerClass: undefined })],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-internal"]',
          seen: "not set, which means internet-facing with cloud-provider-aws",
          wanted: "internal or internet-facing, set explicitly",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "false" } },
        },
      },
    ],
    good: [
      { name: "internet-facing, set explicitly", objects: [nlbService({ scheme: "internet-facing" })] },
      { name: "internal, set explicitly", objects: [nlbService({ scheme: "internal" })] },
      {
        name: "internet-facing, set where cloud-provider-aws does not read it but builds the same",
        objects: [nlbService({ type: "nlb", scheme: "internet-facing" }, { loadBalancerClass: undefined })],
      },
    ],
  }),
});

/** cloud-provider-aws does not read the scheme annotation of the newer controller; here both build the same. */
function isWrittenForAnother(service: Service, { value, at }: Setting<Scheme>): boolean {
  return at.resource === service.ref && value === aws.annotation(service, aws.AWS.scheme);
}

/** The patch states the scheme in force, in the annotation that its controller reads: cloud-provider-aws knows `internal` only. */
function schemeAnnotation({ value, at }: Setting<Scheme>): Readonly<Record<string, string>> {
  return at.path.includes(`${LB}internal`)
    ? { [`${LB}internal`]: String(value === "internal") }
    : { [`${LB}scheme`]: show(value) };
}
