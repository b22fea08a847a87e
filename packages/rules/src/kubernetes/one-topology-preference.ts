import { isUnknown } from "@evenkeel/core/model";
import { show } from "../ask/show";
import { webService } from "../examples";
import { notApplicable, ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { TRAFFIC_DISTRIBUTION } from "../references";

const MODE = "service.kubernetes.io/topology-mode";
const HINTS = "service.kubernetes.io/topology-aware-hints";

export const oneTopologyPreference = rule({
  id: "one-topology-preference",
  subject: "exposure",
  severity: "low",
  level: "advisory",
  law: "A Service states its topology preference once: trafficDistribution, or the topology-mode annotation.",
  why: "the annotation wins and trafficDistribution is silently ignored",
  fix: "Remove the annotation and keep trafficDistribution.",
  facts: ["K8S-L5"],
  refs: [TRAFFIC_DISTRIBUTION],
  *check({ service }) {
    const key = [HINTS, MODE].find((one) => {
      const value = service.annotations[one];
      return value === "Auto" || value === "auto";
    });
    if (key === undefined) return yield notApplicable("no topology annotation");
    const distribution = service.trafficDistribution;
    if (distribution === undefined || isUnknown(distribution)) return yield ok;
    yield violated({
      facts: ["K8S-L5"],
      at: { resource: service.ref, path: `metadata.annotations["${key}"]` },
      seen: `${show(service.annotations[key])} together with trafficDistribution: ${distribution}`,
      wanted: "one of the two",
    });
  },
  examples: () => ({
    bad: [
      {
        name: "both at once",
        objects: [annotated({ [MODE]: "Auto" }, { trafficDistribution: "PreferSameZone" })],
        expect: {
          at: 'Service shop/web metadata.annotations["service.kubernetes.io/topology-mode"]',
          seen: "Auto together with trafficDistribution: PreferSameZone",
          wanted: "one of the two",
          fix: "Remove the annotation and keep trafficDistribution.",
          level: "advisory",
        },
      },
    ],
    good: [
      { name: "trafficDistribution alone", objects: [webService({ trafficDistribution: "PreferSameZone" })] },
      { name: "the annotation alone", objects: [annotated({ [MODE]: "Auto" }, {})] },
    ],
  }),
});

function annotated(annotations: Record<string, string>, spec: Record<string, unknown>) {
  return webService(spec, annotations);
}
