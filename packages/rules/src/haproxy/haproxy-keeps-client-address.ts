import { clientAddressOf } from "@evenkeel/core/balancers";
import { isUnknown } from "@evenkeel/core/model";
import { eachFront } from "../ask/fronts";
import {
  WANTS_CLIENT_ADDRESS,
  haproxyConfig,
  haproxyServers,
  haproxyService,
  ingressNginx,
  LOCAL,
} from "../examples";
import { notApplicable, ok, undecided, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { HAPROXY_SEND_PROXY, HAPROXY_SOURCE } from "../references";

export const haproxyKeepsClientAddress = rule({
  id: "haproxy-keeps-client-address",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "Where the pods are to know the client's address, HAProxy tells it to them.",
  why: "HAProxy opens a connection of its own to the server, so the pods see its address or a node's, under Local too",
  fix: "Write send-proxy-v2 on servers whose pods read it, keep Cluster, and check over TCP; for HTTP, option forwardfor.",
  facts: ["H3"],
  refs: [HAPROXY_SEND_PROXY, HAPROXY_SOURCE],
  *check(exposure) {
    const { service, wishes } = exposure;
    if (!wishes?.clientAddress) return yield notApplicable("nobody says that the client's address is wanted");
    yield* eachFront(exposure, "haproxy", ["H3"], function* ({ front }) {
      const { proxyProtocol: header, resource } = front;
      const seen = clientAddressOf(front, service);
      if (!isUnknown(seen) && seen.sees === "client") return yield ok;
      if (isUnknown(header.value)) {
        const how = "write the same on every server";
        return yield undecided({ facts: ["H3"], at: header.at, unknown: header.value, how });
      }
      yield violated({
        facts: ["H3"],
        at: header.at,
        seen: `no PROXY header; the pods see ${!isUnknown(seen) && seen.sees === "node" ? "a node's address" : "HAProxy's address"}`,
        wanted: "send-proxy-v2, or source 0.0.0.0 usesrc clientip before a Local Service",
        related: [service.ref, resource].filter((ref) => ref !== header.at.resource),
      });
    });
  },
  examples: () => ({
    bad: [
      {
        name: "Local alone does not keep it",
        objects: [haproxyService(LOCAL, WANTS_CLIENT_ADDRESS), haproxyConfig(...haproxyServers())],
        expect: {
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1 send-proxy',
          seen: "no PROXY header; the pods see HAProxy's address",
          wanted: "send-proxy-v2, or source 0.0.0.0 usesrc clientip before a Local Service",
          fix: "Write send-proxy-v2 on servers whose pods read it, keep Cluster, and check over TCP; for HTTP, option forwardfor.",
          related: ["Service shop/web"],
          level: "mandatory",
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
        name: "a header of HTTP",
        objects: [
          haproxyService({}, WANTS_CLIENT_ADDRESS),
          haproxyConfig("mode http", "option forwardfor", ...haproxyServers("check")),
        ],
      },
      { name: "nobody asks for it", objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))] },
    ],
  }),
});
