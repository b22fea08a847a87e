import { ingressNginx, LOCAL } from "../examples";
import type { LawExamples } from "../law-examples";
import { haproxyConfig, haproxyServers, haproxyService, HTTP_CHECK } from "./examples";

/** What HAProxy shows of rules about health checks. */
export const HAPROXY_HEALTH_CHECK_EXAMPLES: LawExamples = {
  "local-needs-http-health-check": {
    bad: [
      {
        name: "a check that only connects to the health-check node port",
        objects: [haproxyService(LOCAL), haproxyConfig(...haproxyServers("check port 30081"))],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 check',
          seen: "TCP on 30081",
          wanted: "HTTP /healthz on 30081",
          fix: "Write `option httpchk GET /healthz`, `http-check expect status 200` and `default-server check port 30081` in the section of the servers.",
          related: ["Service shop/web"],
          facts: ["H1"],
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
          fix: "Write `option httpchk GET /healthz`, `http-check expect status 200` and `default-server check port 30081` in the section of the servers.",
          related: ["Service shop/web"],
          facts: ["H1"],
        },
      },
      {
        name: "a check of the node port itself",
        objects: [haproxyService(LOCAL), haproxyConfig(...haproxyServers("check"))],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 check',
          seen: "TCP on traffic-port",
          wanted: "HTTP /healthz on 30081",
          fix: "Write `option httpchk GET /healthz`, `http-check expect status 200` and `default-server check port 30081` in the section of the servers.",
          related: ["Service shop/web"],
          facts: ["H1"],
        },
      },
      {
        name: "a status range that both 200 and 503 are in",
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
          seen: "HTTP / on 30081, passing on status 200-599",
          wanted: "a check that passes on status 200 and fails on 503",
          fix: "Write `option httpchk GET /healthz`, `http-check expect status 200` and `default-server check port 30081` in the section of the servers.",
          related: ["Service shop/web"],
          facts: ["H1"],
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
  },
  "local-needs-health-check": {
    bad: [
      {
        name: "servers without a check",
        objects: [haproxyService(LOCAL), haproxyConfig(...haproxyServers())],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1',
          seen: "targets node1, node2 without a health check",
          wanted: "HTTP /healthz on 30081",
          fix: "Write `option httpchk GET /healthz`, `http-check expect status 200` and `default-server check port 30081` in the section of the servers.",
          related: ["Service shop/web"],
          facts: ["H2"],
          level: "mandatory",
        },
      },
      {
        name: "settings of a check on servers that have none",
        objects: [
          haproxyService(LOCAL),
          haproxyConfig("option httpchk", ...haproxyServers("port 30081 inter 2s")),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1',
          seen: "targets node1, node2 without a health check",
          wanted: "HTTP /healthz on 30081",
          related: ["Service shop/web"],
          facts: ["H2"],
        },
      },
    ],
    good: [
      {
        name: "a check for all by default-server",
        objects: [haproxyService(LOCAL), haproxyConfig(...HTTP_CHECK, ...haproxyServers())],
      },
      {
        name: "under Cluster every node answers",
        objects: [haproxyService(), haproxyConfig(...haproxyServers())],
      },
    ],
  },
  "health-check-port-is-open": {
    bad: [
      {
        name: "a check of HAProxy left over from Local",
        objects: [haproxyService(), haproxyConfig(...HTTP_CHECK, ...haproxyServers())],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web default-server port',
          seen: "HTTP /healthz on 30081",
          wanted: "TCP on traffic-port, or HTTP /healthz on 10256",
          fix: "Check the servers' own port: write `default-server check` without `port`.",
          related: ["Service shop/web"],
          facts: ["EK6"],
        },
      },
    ],
    good: [
      {
        name: "the servers' own port",
        objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))],
      },
    ],
  },
  "health-check-carries-no-proxy-header": {
    bad: [
      {
        name: "the header forced on the check",
        objects: [
          haproxyService(LOCAL),
          haproxyConfig(...HTTP_CHECK, ...haproxyServers("send-proxy-v2 check-send-proxy")),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 check-send-proxy',
          seen: "a PROXY header (v2) before HTTP /healthz on 30081",
          wanted: "a check without the header",
          fix: "Remove `check-send-proxy`: a check with a port of its own then has no header, whatever the traffic has.",
          related: ["Service shop/web"],
          facts: ["H5"],
        },
      },
    ],
    good: [
      {
        name: "the header on the traffic alone",
        objects: [
          haproxyService(LOCAL),
          ...ingressNginx("true"),
          haproxyConfig(...HTTP_CHECK, ...haproxyServers("send-proxy-v2")),
        ],
      },
    ],
  },
};
