import { targetGroup, unmanagedService } from "../examples";
import { notJoined } from "../frame/outcome";
import { rule } from "../frame/rule";
import { LBC_TARGET_GROUP_BINDING } from "../references";

export const serviceIsInSight = rule({
  id: "service-is-in-sight",
  subject: "unjoined",
  severity: "low",
  level: "advisory",
  law: "The Service behind a target group is checked together with it.",
  why: "a health check is right or wrong only for the Service behind it, so nothing can be said of a target group alone",
  fix: "Check both stacks together, or name the Service in the tag evenkeel.io/service of the target group.",
  facts: ["EK3"],
  refs: [LBC_TARGET_GROUP_BINDING],
  *check({ ref, missing }) {
    yield notJoined({
      facts: ["EK3"],
      at: { resource: ref, path: ref.kind === "TargetGroupBinding" ? "spec.serviceRef" : "tags" },
      missing,
    });
  },
  examples: () => ({
    bad: [{ name: "a target group by itself", objects: [targetGroup({})], facts: ["EK3"] }],
    good: [{ name: "a target group with its Service", objects: [unmanagedService(), targetGroup({})] }],
  }),
});
