import { balancersNamed, unmodelledFront, whyUnknown } from "@evenkeel/core/balancers";
import { unknownAt, type Exposure } from "@evenkeel/core/model";
import { loadBalancerState } from "../ask/load-balancer";
import { webService } from "../examples";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, undecided, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_LOAD_BALANCER_CLASS } from "../references";

export const loadBalancerIsModelled = rule({
  id: "load-balancer-is-modelled",
  subject: "exposure",
  severity: "low",
  level: "advisory",
  law: "The behaviour of the load balancer in front of a Service is known.",
  why: "what it sends where, what it drops and which client address arrives cannot be checked or predicted",
  fix: "Name the load balancer by spec.loadBalancerClass, or add what is in front of the Service to the input; verify by hand what is not modelled.",
  facts: ["EK14"],
  refs: [KUBE_LOAD_BALANCER_CLASS],
  *check(exposure) {
    const state = loadBalancerState(exposure);
    if (state === "modelled") yield ok;
    else if (state === "unmodelled") yield unmodelled(exposure);
    else yield notApplicable("no load balancer, or one that is built elsewhere");
  },
  examples: () =>
    lawExamples("load-balancer-is-modelled", {
      bad: [
        {
          name: "a class that is not modelled",
          objects: [webService({ loadBalancerClass: "example.com/lb" })],
          expect: {
            verdict: "unknown",
            at: "Service shop/web spec.loadBalancerClass",
            missing: "the behaviour of loadBalancerClass example.com/lb",
            detail: "the behaviour of loadBalancerClass example.com/lb is not known",
            how: "verify its health check, its spread and the client address by hand",
          },
        },
        {
          name: "nothing that names the load balancer",
          objects: [webService()],
          expect: {
            verdict: "unknown",
            at: "Service shop/web spec.loadBalancerClass",
            missing: "which load balancer is in front of the Service",
            detail: "which load balancer is in front of the Service is not known",
            how: "set spec.loadBalancerClass, or add what is in front of the Service to the input",
          },
        },
      ],
      good: [{ name: "no load balancer", objects: [webService({ type: "NodePort" })] }],
    }),
});

function unmodelled({ service, fronts }: Exposure): Outcome {
  const front =
    fronts.find(({ balancer }) => balancersNamed(balancer).length === 0) ?? unmodelledFront(service);
  const { name } = whyUnknown(front, service).data;
  return undecided({
    facts: ["EK14"],
    at: { resource: service.ref, path: "spec.loadBalancerClass" },
    ...(typeof name === "string"
      ? {
          unknown: unknownAt(`the behaviour of ${name}`),
          how: "verify its health check, its spread and the client address by hand",
        }
      : {
          unknown: unknownAt("which load balancer is in front of the Service"),
          how: "set spec.loadBalancerClass, or add what is in front of the Service to the input",
        }),
  });
}
