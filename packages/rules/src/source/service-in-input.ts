import { haproxyConfig, haproxyServers, haproxyService, targetGroup, unmanagedService } from "../examples";
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
  fix: "Check both together, or name the Service: in the tag evenkeel.io/service of the target group, or in a comment `# evenkeel.io/service: namespace/name` in the section of haproxy.cfg.",
  facts: ["EK3"],
  refs: [LBC_TARGET_GROUP_BINDING, HAPROXY_SERVER_CHECK],
  *check({ ref, missing, at }) {
    yield notJoined({
      facts: ["EK3"],
      at: at ?? { resource: ref, path: ref.kind === "TargetGroupBinding" ? "spec.serviceRef" : "tags" },
      missing,
    });
  },
  examples: () => ({
    bad: [
      {
        name: "a target group by itself",
        objects: [targetGroup({})],
        expect: {
          verdict: "notJoined",
          at: "TargetGroup web-http tags",
          missing: "service",
          detail:
            "the Service behind TargetGroup web-http was not found in the input: neither its port nor its health check names a Service of this input",
          how: "add the stack or manifest that has it (--with FILE), or tag the target group evenkeel.io/service: namespace/name",
        },
      },
      {
        name: "servers on a node port that no Service of the input has",
        objects: [haproxyConfig(...haproxyServers("check"))],
        expect: {
          verdict: "notJoined",
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1',
          missing: "service",
          detail:
            "the Service behind listen web of ConfigMap edge/haproxy was not found in the input: no Service of this input has node port 30080",
          how: "add the stack or manifest that has it (--with FILE), or pin its spec.ports[].nodePort to the servers' port, or name it in the section: # evenkeel.io/service: namespace/name",
        },
      },
    ],
    good: [
      { name: "a target group with its Service", objects: [unmanagedService(), targetGroup({})] },
      {
        name: "HAProxy with its Service",
        objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))],
      },
      {
        name: "a Service that the section names",
        objects: [
          haproxyService({ ports: [{ port: 80 }] }),
          haproxyConfig("# evenkeel.io/service: shop/web", ...haproxyServers("check")),
        ],
      },
    ],
  }),
});
