import { isUnknown } from "@evenkeel/core/model";
import { count } from "../ask/show";
import { webService } from "../examples";
import { ok, undecided, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KEP_5707 } from "../references";

export const externalIpsAreDeprecated = rule({
  id: "external-ips-are-deprecated",
  subject: "exposure",
  severity: "medium",
  level: "advisory",
  law: "A Service has no externalIPs.",
  why: "anyone who may create a Service can intercept traffic to any address with them; they are deprecated since Kubernetes 1.36 and planned to be disabled in 1.40",
  fix: "Use type LoadBalancer with a load balancer that owns the addresses, such as MetalLB.",
  facts: ["K8S-L8"],
  refs: [KEP_5707],
  *check({ service }) {
    const { externalIPs } = service;
    const at = { resource: service.ref, path: "spec.externalIPs" };
    if (isUnknown(externalIPs))
      return yield undecided({
        facts: ["K8S-L8"],
        at,
        unknown: externalIPs,
        how: "set the list to plain values",
      });
    if (externalIPs.length === 0) return yield ok;
    yield violated({
      facts: ["K8S-L8"],
      at,
      seen: count(externalIPs.length, "address", "addresses"),
      wanted: "none",
    });
  },
  examples: () => ({
    bad: [
      {
        name: "an address pinned by hand",
        objects: [webService({ externalIPs: ["203.0.113.7"] })],
        expect: {
          at: "Service shop/web spec.externalIPs",
          seen: "1 address",
          wanted: "none",
          fix: "Use type LoadBalancer with a load balancer that owns the addresses, such as MetalLB.",
          level: "advisory",
        },
      },
    ],
    good: [{ name: "a load balancer", objects: [webService()] }],
  }),
});
