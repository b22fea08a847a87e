import { isUnknown, type Service } from "@evenkeel/core/model";
import { targetNames } from "../ask/checks";
import { besides, fixOfLaw } from "../ask/fix";
import { eachLocalFront, type ModelledFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH } from "../references";

const GENERAL = "EK12";
const FACTS = factsOfLaws(GENERAL, "localChecked");

export const localNeedsHealthCheck = rule({
  id: "local-needs-health-check",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "Every node behind a Local Service is health-checked.",
  why: "a node that nothing checks stays in use for good, and drops its share of the traffic while it has no pod",
  fix: "Check every node over HTTP, path /healthz, on the Service's healthCheckNodePort.",
  facts: FACTS,
  restsOn: "kube-proxy",
  refs: [KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, FACTS, function* (one) {
      // Without such a port there is nothing to ask; that is a rule of its own.
      const wish = one.balancer.healthCheckFor(service);
      if (wish?.required.port === undefined) return yield notApplicable("it needs no health check");
      yield isChecked(service, one);
    });
  },
  examples: () => lawExamples("local-needs-health-check"),
});

function isChecked(service: Service, one: ModelledFront): Outcome {
  const { front } = one;
  const { members = [], healthCheck, targets } = front;
  const unchecked = members.filter((member) => !member.healthCheck);
  const [first] = unchecked;
  if (!first && (members.length > 0 || healthCheck)) return ok;
  const at = first?.at ?? one.balancer.laws.localChecked?.place?.(front) ?? targets.at;
  return violated({
    facts: factsOfLaw(GENERAL, one, "localChecked"),
    at,
    seen: first ? `${targetNames(unchecked)} without a health check` : "no health check",
    wanted: `HTTP /healthz on ${portOf(service)}`,
    ...fixOfLaw(one, service, "localChecked"),
    related: besides(at.resource, service.ref, front.resource),
  });
}

function portOf({ healthCheckNodePort: port }: Service): string {
  return port === undefined || isUnknown(port) ? "healthCheckNodePort" : String(port);
}
