import { isUnknown } from "@evenkeel/core/model";
import { eachLocalFront } from "../ask/local-fronts";
import { isHealthCheckNodePort } from "../ask/ports";
import { haproxyConfig, haproxyServers, haproxyService, HTTP_CHECK, ingressNginx, LOCAL } from "../examples";
import { notApplicable, ok, undecided, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { HAPROXY_CHECK_SEND_PROXY, KUBE_PROXY_HEALTH } from "../references";
import { checksOf } from "./servers";

export const haproxyCheckSpeaksPlainHttp = rule({
  id: "haproxy-check-speaks-plain-http",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "HAProxy's check of the health-check node port starts without a PROXY header.",
  why: "kube-proxy answers plain HTTP there and cannot parse the header, so every node is down and clients are refused",
  fix: "Remove check-send-proxy: with a port of its own a check has no header, whatever the traffic has.",
  facts: ["H5"],
  restsOn: "kube-proxy",
  refs: [HAPROXY_CHECK_SEND_PROXY, KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, "haproxy", ["H5"], function* ({ front }) {
      for (const { protocol, port, proxyProtocol = front.proxyProtocol } of checksOf(front)) {
        const { value: header, at } = proxyProtocol;
        const own = isHealthCheckNodePort(port.value, service);
        if (header === "off" || own === false || protocol.value === "TCP")
          yield notApplicable("no PROXY header before an answer of kube-proxy");
        else if (isUnknown(header))
          yield undecided({ facts: ["H5"], at, unknown: header, how: "write it plainly" });
        else if (own !== true)
          yield undecided({
            facts: ["H5"],
            at: port.at,
            unknown: own,
            how: "pin spec.healthCheckNodePort to the port that is checked",
          });
        else
          yield violated({
            facts: ["H5"],
            at,
            seen: `a PROXY header (${header}) before the check of the health-check node port`,
            wanted: "no header on the check",
            related: [service.ref, front.resource].filter((ref) => ref !== at.resource),
          });
      }
      yield ok;
    });
  },
  examples: () => ({
    bad: [
      {
        name: "the header forced on the check",
        objects: [
          haproxyService(LOCAL),
          haproxyConfig(...HTTP_CHECK, ...haproxyServers("send-proxy-v2 check-send-proxy")),
        ],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 check-send-proxy',
          seen: "a PROXY header (v2) before the check of the health-check node port",
          wanted: "no header on the check",
          fix: "Remove check-send-proxy: with a port of its own a check has no header, whatever the traffic has.",
          related: ["Service shop/web"],
          level: "mandatory",
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
  }),
});
