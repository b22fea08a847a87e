import { lawExamples } from "../law-examples";
import { notJoined } from "../frame/outcome";
import { rule } from "../frame/rule";
import { HAPROXY_SERVER_CHECK, LBC_TARGET_GROUP_BINDING } from "../references";

export const serviceInInput = rule({
  id: "service-in-input",
  subject: "unjoined",
  severity: "low",
  level: "advisory",
  law: "The Service behind a load balancer is checked together with it.",
  why: "health check, targets and client address are right or wrong only for the two together",
  fix: "Check both together, or name the Service where the load balancer is configured.",
  facts: ["EK3"],
  refs: [LBC_TARGET_GROUP_BINDING, HAPROXY_SERVER_CHECK],
  *check({ at, missing }) {
    yield notJoined({ facts: ["EK3"], at, missing });
  },
  examples: () => lawExamples("service-in-input"),
});
