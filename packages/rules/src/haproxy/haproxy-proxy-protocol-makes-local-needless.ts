import { eachLocalFront } from "../ask/local-fronts";
import { clusterPatch } from "../ask/patch";
import { haproxyConfig, haproxyServers, haproxyService, HTTP_CHECK, ingressNginx, LOCAL } from "../examples";
import { ok, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_TRAFFIC_POLICIES, PROXY_PROTOCOL } from "../references";

export const haproxyProxyProtocolMakesLocalNeedless = rule({
  id: "haproxy-proxy-protocol-makes-local-needless",
  subject: "exposure",
  severity: "low",
  level: "advisory",
  law: "A Service to which HAProxy names the client in a PROXY header keeps externalTrafficPolicy Cluster.",
  why: "the header arrives under Cluster too, which spreads evenly over the pods and needs no check that knows them; Local only adds unevenness",
  fix: "Set externalTrafficPolicy: Cluster, keep send-proxy-v2, and check the servers without httpchk and port.",
  facts: ["H7"],
  restsOn: "kube-proxy",
  refs: [PROXY_PROTOCOL, KUBE_TRAFFIC_POLICIES],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, "haproxy", ["H7"], function* ({ front }) {
      const header = front.proxyProtocol.value;
      if (header !== "v1" && header !== "v2") return yield ok;
      yield violated({
        facts: ["H7"],
        at: { resource: service.ref, path: "spec.externalTrafficPolicy" },
        seen: `Local behind a PROXY header (${header})`,
        wanted: "Cluster",
        patch: clusterPatch(service),
        related: [front.resource],
      });
    });
  },
  examples: () => ({
    bad: [
      {
        name: "Local and the PROXY header",
        objects: [haproxyService(LOCAL), haproxyConfig(...HTTP_CHECK, ...haproxyServers("send-proxy-v2"))],
        expect: {
          at: "Service shop/web spec.externalTrafficPolicy",
          seen: "Local behind a PROXY header (v2)",
          wanted: "Cluster",
          fix: "Set externalTrafficPolicy: Cluster, keep send-proxy-v2, and check the servers without httpchk and port.",
          patch: { spec: { externalTrafficPolicy: "Cluster", healthCheckNodePort: null } },
          related: ["ConfigMap edge/haproxy"],
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
  }),
});
