import type { Service } from "@evenkeel/core/model";
import { eachLocalFront } from "../ask/local-fronts";
import { show } from "../ask/show";
import { haproxyConfig, haproxyServers, haproxyService, HTTP_CHECK, LOCAL } from "../examples";
import { ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { HAPROXY_SERVER_CHECK, KUBE_PROXY_HEALTH } from "../references";
import { namesOf } from "./servers";

export const haproxyLocalNeedsCheck = rule({
  id: "haproxy-local-needs-check",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "Before a Local Service, HAProxy checks every server.",
  why: "a server that nothing checks is up for good, and a node without a pod drops all that it gets",
  fix: "Write option httpchk GET /healthz, and on the servers or in default-server check port N, where N is the Service's healthCheckNodePort.",
  facts: ["H2"],
  restsOn: "kube-proxy",
  refs: [HAPROXY_SERVER_CHECK, KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, "haproxy", ["H2"], function* ({ front: { members = [], resource } }) {
      const unchecked = members.filter(({ healthCheck }) => !healthCheck);
      const [first] = unchecked;
      if (!first) return yield ok;
      yield violated({
        facts: ["H2"],
        at: first.at,
        seen: `${namesOf(unchecked)} without check`,
        wanted: wantedOf(service),
        related: [service.ref, resource].filter((ref) => ref !== first.at.resource),
      });
    });
  },
  examples: () => ({
    bad: [
      {
        name: "servers without a check",
        objects: [haproxyService(LOCAL), haproxyConfig(...haproxyServers())],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1',
          seen: "servers node1, node2 without check",
          wanted: "check port 30081 with option httpchk",
          fix: "Write option httpchk GET /healthz, and on the servers or in default-server check port N, where N is the Service's healthCheckNodePort.",
          related: ["Service shop/web"],
          level: "mandatory",
        },
      },
      {
        name: "how to check, on servers that are not",
        objects: [
          haproxyService(LOCAL),
          haproxyConfig("option httpchk", ...haproxyServers("port 30081 inter 2s")),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1',
          seen: "servers node1, node2 without check",
          wanted: "check port 30081 with option httpchk",
          related: ["Service shop/web"],
        },
      },
    ],
    good: [
      {
        name: "a check for all by default-server",
        objects: [haproxyService(LOCAL), haproxyConfig(...HTTP_CHECK, ...haproxyServers())],
      },
      {
        name: "under Cluster every node has an answer",
        objects: [haproxyService(), haproxyConfig(...haproxyServers())],
      },
    ],
  }),
});

/** Type NodePort has no health-check node port; that is a rule of its own. */
function wantedOf({ healthCheckNodePort: port }: Service): string {
  return port === undefined ? "check" : `check port ${show(port)} with option httpchk`;
}
