import { eachFront } from "../ask/fronts";
import { haproxyConfig, haproxyServers, haproxyService, ingressNginx } from "../examples";
import { rule } from "../frame/rule";
import { HAPROXY_SEND_PROXY, INGRESS_NGINX_PROXY_PROTOCOL, PROXY_PROTOCOL } from "../references";
import { heldAgainstPods, unlikeServers } from "./proxy-header";

export const haproxyProxyProtocolIsRead = rule({
  id: "haproxy-proxy-protocol-is-read",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "HAProxy sends a PROXY header on every server of a Service, or on none, and the pods read it where it is sent and only there.",
  why: "a pod takes a header that it does not expect for a broken request, and one that expects a header waits for it and closes",
  fix: "Write send-proxy-v2 on every server and switch the PROXY protocol on in the pods, or neither.",
  facts: ["H4"],
  refs: [HAPROXY_SEND_PROXY, PROXY_PROTOCOL, INGRESS_NGINX_PROXY_PROTOCOL],
  *check(exposure) {
    yield* eachFront(exposure, "haproxy", ["H4"], function* ({ front }) {
      yield unlikeServers(exposure, front) ?? heldAgainstPods(exposure, front);
    });
  },
  examples: () => ({
    bad: [
      {
        name: "a header to an ingress-nginx that does not read it",
        objects: [
          haproxyService(),
          ...ingressNginx(),
          haproxyConfig(...haproxyServers("check send-proxy-v2")),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 send-proxy-v2',
          seen: "a PROXY header (v2) to pods that do not read one",
          wanted: 'data["use-proxy-protocol"] true, or no header',
          fix: "Write send-proxy-v2 on every server and switch the PROXY protocol on in the pods, or neither.",
          related: ["Service shop/web", "ConfigMap shop/ingress-nginx"],
          level: "mandatory",
        },
      },
      {
        name: "no header to an ingress-nginx that waits for one",
        objects: [haproxyService(), ...ingressNginx("true"), haproxyConfig(...haproxyServers("check"))],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 send-proxy',
          seen: "no PROXY header to pods that want one",
          wanted: 'send-proxy-v2, or data["use-proxy-protocol"] false',
          related: ["Service shop/web", "ConfigMap shop/ingress-nginx"],
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
          seen: "server node3 without the PROXY header of servers node1, node2",
          wanted: "the header on all of them, or on none",
          related: ["Service shop/web"],
        },
      },
    ],
    good: [
      {
        name: "both sides agree",
        objects: [
          haproxyService(),
          ...ingressNginx("true"),
          haproxyConfig(...haproxyServers("check send-proxy-v2")),
        ],
      },
      { name: "no header", objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))] },
    ],
  }),
});
