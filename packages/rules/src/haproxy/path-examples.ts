import { ingressNginx, LOCAL, WANTS_CLIENT_ADDRESS } from "../examples";
import type { LawExamples } from "../law-examples";
import { haproxyConfig, haproxyServers, haproxyService, HTTP_CHECK } from "./examples";

/** What HAProxy shows of rules about the path of the traffic. */
export const HAPROXY_PATH_EXAMPLES: LawExamples = {
  "proxy-header-is-read": {
    bad: [
      {
        name: "HAProxy's header to an ingress-nginx that does not read it",
        objects: [
          haproxyService(),
          ...ingressNginx(),
          haproxyConfig(...haproxyServers("check send-proxy-v2")),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 send-proxy-v2',
          seen: "a PROXY header (v2) on port 30080 to pods that do not read one",
          wanted: 'no header, or data["use-proxy-protocol"] set to true',
          fix: "Write `send-proxy-v2` on every server and enable the PROXY protocol in the pods, or do neither.",
          related: ["Service shop/web", "ConfigMap shop/ingress-nginx"],
          facts: ["H4"],
        },
      },
      {
        name: "no header of HAProxy to an ingress-nginx that waits for one",
        objects: [haproxyService(), ...ingressNginx("true"), haproxyConfig(...haproxyServers("check"))],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 send-proxy',
          seen: "no PROXY header on port 30080 to pods that expect one",
          wanted: 'a PROXY header, or data["use-proxy-protocol"] set to false',
          fix: "Write `send-proxy-v2` on every server and enable the PROXY protocol in the pods, or do neither.",
          related: ["Service shop/web", "ConfigMap shop/ingress-nginx"],
          facts: ["H4"],
        },
      },
      {
        name: "one server without the header that the others send",
        objects: [
          haproxyService(),
          haproxyConfig(...haproxyServers("check send-proxy-v2"), "server node3 192.0.2.3:30080 check"),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node3 send-proxy',
          seen: "no PROXY header for target node3, but one for targets node1, node2",
          wanted: "the header for all targets, or for none",
          fix: "Write `send-proxy-v2` on every server and enable the PROXY protocol in the pods, or do neither.",
          related: ["Service shop/web"],
          facts: ["H4"],
        },
      },
    ],
    good: [
      {
        name: "send-proxy-v2 and use-proxy-protocol",
        objects: [
          haproxyService(),
          ...ingressNginx("true"),
          haproxyConfig(...haproxyServers("check send-proxy-v2")),
        ],
      },
      { name: "neither of the two", objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))] },
    ],
  },
  "client-address-arrives": {
    bad: [
      {
        name: "Local alone does not keep it behind a proxy",
        objects: [
          haproxyService(LOCAL, WANTS_CLIENT_ADDRESS),
          haproxyConfig(...HTTP_CHECK, ...haproxyServers()),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 send-proxy',
          seen: "no PROXY header: the pods see the address of the load balancer",
          wanted: "the client's address",
          fix: "Write `send-proxy-v2` on every server and enable the PROXY protocol in the pods; in mode http, write `option forwardfor`.",
          related: ["Service shop/web"],
          facts: ["H3"],
        },
      },
    ],
    good: [
      {
        name: "the PROXY header",
        objects: [
          haproxyService({}, WANTS_CLIENT_ADDRESS),
          ...ingressNginx("true"),
          haproxyConfig(...haproxyServers("check send-proxy-v2")),
        ],
      },
      {
        name: "an HTTP header",
        objects: [
          haproxyService({}, WANTS_CLIENT_ADDRESS),
          haproxyConfig("mode http", "option forwardfor", ...haproxyServers("check")),
        ],
      },
      { name: "nothing asks for it", objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))] },
    ],
  },
  "proxy-protocol-needs-no-local": {
    bad: [
      {
        name: "Local and the PROXY header",
        objects: [haproxyService(LOCAL), haproxyConfig(...HTTP_CHECK, ...haproxyServers("send-proxy-v2"))],
        expect: {
          at: "Service shop/web spec.externalTrafficPolicy",
          seen: "Local with a PROXY header (v2)",
          wanted: "Cluster",
          fix: "Set externalTrafficPolicy: Cluster, keep `send-proxy-v2`, and write `default-server check` without `option httpchk` and `port`.",
          patch: { spec: { externalTrafficPolicy: "Cluster", healthCheckNodePort: null } },
          related: ["ConfigMap edge/haproxy"],
          facts: ["H7"],
          level: "advisory",
        },
      },
    ],
    good: [
      {
        name: "Cluster and the PROXY header",
        objects: [
          haproxyService(),
          ...ingressNginx("true"),
          haproxyConfig(...haproxyServers("check send-proxy-v2")),
        ],
      },
    ],
  },
  "pod-targets-need-no-local": {
    bad: [
      {
        name: "Local in front of servers that are pods",
        objects: [haproxyService(LOCAL), podSlice(), haproxyConfig("server web1 203.0.113.7:8080 check")],
        expect: {
          at: "Service shop/web spec.externalTrafficPolicy",
          seen: "Local",
          wanted: "Cluster",
          fix: "Set externalTrafficPolicy: Cluster.",
          patch: { spec: { externalTrafficPolicy: "Cluster", healthCheckNodePort: null } },
          related: ["ConfigMap edge/haproxy"],
          facts: ["EK10"],
        },
      },
    ],
    good: [
      {
        name: "Cluster in front of servers that are pods",
        objects: [haproxyService(), podSlice(), haproxyConfig("server web1 203.0.113.7:8080 check")],
      },
    ],
  },
  "node-targets-need-node-ports": {
    bad: [
      {
        name: "servers on a node port that the Service does not have",
        objects: [
          haproxyService({ allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] }),
          haproxyConfig("# evenkeel.io/service: shop/web", ...haproxyServers("check")),
        ],
        expect: {
          at: "Service shop/web spec.allocateLoadBalancerNodePorts",
          seen: "false, and no node port for port 80",
          wanted: "node ports",
          patch: { spec: { allocateLoadBalancerNodePorts: true } },
          related: ["ConfigMap edge/haproxy"],
          facts: ["EK13"],
        },
      },
    ],
    good: [
      {
        name: "servers on a pinned node port",
        objects: [
          haproxyService({ allocateLoadBalancerNodePorts: false }),
          haproxyConfig(...haproxyServers("check")),
        ],
      },
    ],
  },
};

/** One pod behind the Service, by its address. */
function podSlice() {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web-1", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    ports: [{ name: "http", port: 8080 }],
    endpoints: [{ addresses: ["203.0.113.7"], conditions: { ready: true } }],
  };
}
