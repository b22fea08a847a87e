import { localHealthCheck, type LocalCheckFacts } from "../ask/local-health-check";
import { eachLocalFront } from "../ask/local-fronts";
import { isHealthCheckNodePort } from "../ask/ports";
import { haproxyConfig, haproxyServers, haproxyService, HTTP_CHECK, LOCAL } from "../examples";
import { notApplicable } from "../frame/outcome";
import { rule } from "../frame/rule";
import { HAPROXY_CHECK, KEP_1669, KUBE_PROXY_HEALTH } from "../references";
import { blindToStatus } from "./blind-to-status";
import { checksOf } from "./servers";

const FACTS: LocalCheckFacts = { all: ["H1"], shownBy: () => ["H1"] };

export const haproxyLocalNeedsHttpCheck = rule({
  id: "haproxy-local-needs-http-check",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "Before a Local Service, HAProxy's check of a node reads the HTTP status of its health-check node port.",
  why: "that port is open on every node, and only its status says whether the node has a pod; any other check passes on nodes that drop the traffic, or until the last pod is gone",
  fix: "Write option httpchk GET /healthz and http-check expect status 200, and on the servers check port N, where N is the Service's healthCheckNodePort.",
  facts: FACTS.all,
  restsOn: "kube-proxy",
  refs: [HAPROXY_CHECK, KUBE_PROXY_HEALTH, KEP_1669],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, "haproxy", FACTS.all, function* ({ front, balancer }) {
      const { required } = balancer.healthCheckFor(service);
      if (required.port === undefined)
        return yield notApplicable("the Service has no health-check node port");
      for (const check of checksOf(front)) {
        const asksStatus =
          check.protocol.value === "HTTP" && isHealthCheckNodePort(check.port.value, service);
        const blind = asksStatus === true ? blindToStatus(check) : undefined;
        if (blind) yield blind;
        else yield* localHealthCheck(service, front, check, required, FACTS);
      }
    });
  },
  examples: () => ({
    bad: [
      {
        name: "a check that only connects to the health-check node port",
        objects: [haproxyService(LOCAL), haproxyConfig(...haproxyServers("check port 30081"))],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 check',
          seen: "TCP on 30081",
          wanted: "HTTP /healthz on 30081",
          fix: "Write option httpchk GET /healthz and http-check expect status 200, and on the servers check port N, where N is the Service's healthCheckNodePort.",
          related: ["Service shop/web"],
          level: "mandatory",
        },
      },
      {
        name: "a check in the file that HAProxy reads",
        objects: [haproxyService(LOCAL)],
        files: {
          "haproxy.cfg": [
            "listen web",
            "  mode tcp",
            "  bind :80",
            "  server node1 192.0.2.1:30080 check port 30081",
            "  server node2 192.0.2.2:30080 check port 30081",
            "",
          ].join("\n"),
        },
        expect: {
          at: "HAProxy haproxy.cfg listen web server node1 check",
          file: "haproxy.cfg:4",
          seen: "TCP on 30081",
          wanted: "HTTP /healthz on 30081",
          related: ["Service shop/web"],
        },
      },
      {
        name: "a check of the node port itself",
        objects: [haproxyService(LOCAL), haproxyConfig(...haproxyServers("check"))],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 check',
          seen: "TCP on traffic-port",
          wanted: "HTTP /healthz on 30081",
          related: ["Service shop/web"],
        },
      },
      {
        name: "a status that no pods and a pod have in common",
        objects: [
          haproxyService(LOCAL),
          haproxyConfig(
            "option httpchk",
            "http-check expect status 200-599",
            ...haproxyServers("check port 30081"),
          ),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web http-check expect',
          seen: "HTTP / on 30081 with status 200-599 for a pass",
          wanted: "status 200 and not 503",
        },
      },
    ],
    good: [
      {
        name: "the status of the health-check node port",
        objects: [haproxyService(LOCAL), haproxyConfig(...HTTP_CHECK, ...haproxyServers())],
      },
      {
        name: "under Cluster a check that connects is enough",
        objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))],
      },
    ],
  }),
});
