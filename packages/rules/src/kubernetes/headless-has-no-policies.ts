import { webService } from "../examples";
import { notApplicable, ok, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_TRAFFIC_POLICIES } from "../references";

export const headlessHasNoPolicies = rule({
  id: "headless-has-no-policies",
  subject: "exposure",
  severity: "low",
  level: "advisory",
  law: "A headless Service sets no traffic policy.",
  why: "DNS returns the pods' own addresses and kube-proxy is not on the path, so policies and trafficDistribution have no effect",
  fix: "Remove the policy, or give the Service a cluster IP.",
  facts: ["K8S-L7"],
  refs: [KUBE_TRAFFIC_POLICIES],
  *check({ service }) {
    if (!service.headless) return yield notApplicable("it has a cluster IP");
    const useless: readonly (readonly [string, unknown])[] = [
      ["internalTrafficPolicy", service.internalTrafficPolicy === "Local" ? "Local" : undefined],
      ["externalTrafficPolicy", service.externalTrafficPolicy === "Local" ? "Local" : undefined],
      ["trafficDistribution", service.trafficDistribution],
    ];
    const found: Outcome[] = useless.flatMap(([field, value]) =>
      typeof value === "string"
        ? [
            violated({
              facts: ["K8S-L7"],
              at: { resource: service.ref, path: `spec.${field}` },
              seen: `${value} on a headless Service`,
              wanted: "not set",
            }),
          ]
        : [],
    );
    yield* found.length > 0 ? found : [ok];
  },
  examples: () => ({
    bad: [
      {
        name: "internal Local without a cluster IP",
        objects: [headless({ internalTrafficPolicy: "Local" })],
        expect: {
          at: "Service shop/web spec.internalTrafficPolicy",
          seen: "Local on a headless Service",
          wanted: "not set",
          fix: "Remove the policy, or give the Service a cluster IP.",
          level: "advisory",
        },
      },
    ],
    good: [{ name: "a plain headless Service", objects: [headless({})] }],
  }),
});

function headless(spec: Record<string, unknown>) {
  return webService({ type: "ClusterIP", clusterIP: "None", ports: [{ port: 80 }], ...spec });
}
