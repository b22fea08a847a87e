import { isUnknown, type Front, type HealthCheck, type TargetKind } from "@evenkeel/core/model";
import { eachFront } from "../ask/fronts";
import { isTrafficPort, PLAIN_HEALTH_PORTS } from "../ask/ports";
import { showHealthCheck } from "../ask/show";
import { LOCAL, nlbService, targetGroup, unmanagedService } from "../examples";
import type { FactId } from "../facts";
import { notApplicable, ok, undecided, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { AWS_PROXY_PROTOCOL, KUBE_PROXY_HEALTH, LBC_NLB } from "../references";

const FACTS = ["U14", "U15"] as const satisfies readonly FactId[];

export const nlbProxyProtocolBreaksHealthCheck = rule({
  id: "nlb-proxy-protocol-breaks-health-check",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "With PROXY protocol on, the health check goes to a port that speaks it, or only opens the connection (TCP).",
  why: "an NLB prepends the header to its health checks too; a port that does not parse it answers an error, so every target is unhealthy and the balancer fails open",
  fix: "Keep PROXY protocol with Cluster and a TCP check, or switch it off and keep Local; with IP targets check over TCP.",
  facts: FACTS,
  refs: [AWS_PROXY_PROTOCOL, LBC_NLB, KUBE_PROXY_HEALTH],
  *check(exposure) {
    const { service } = exposure;
    yield* eachFront(exposure, "nlb", FACTS, function* ({ front, targets }) {
      const { proxyProtocol: proxy, healthCheck: check } = front;
      if (proxy.value === "off") return yield notApplicable("PROXY protocol is off");
      const local = targets === "instance" && service.externalTrafficPolicy === "Local";
      const broken = local ? "U14" : check && plainHttpPort(front, check, targets);
      if (!broken) return yield ok;
      if (isUnknown(proxy.value))
        return yield undecided({
          facts: FACTS,
          at: proxy.at,
          unknown: proxy.value,
          how: "set it to a plain value",
        });
      const beside = local ? "Local on instance targets" : check && showHealthCheck(check);
      yield violated({
        facts: [local ? "U14" : "U15"],
        at: proxy.at,
        seen: `PROXY protocol ${proxy.value} with ${beside}`,
        wanted: local
          ? "Cluster with PROXY protocol, or Local without"
          : "a TCP check, or a port that parses the header",
        related: front.resource.kind === "Service" ? [] : [service.ref],
        assumption:
          broken === "maybe"
            ? `the process on port ${String(check?.port.value)} does not parse the PROXY header`
            : undefined,
      });
    });
  },
  examples: () => ({
    bad: [
      {
        name: "PROXY protocol under Local",
        objects: [nlbService({ "proxy-protocol": "*" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-proxy-protocol"]',
          seen: "PROXY protocol v2 with Local on instance targets",
          wanted: "Cluster with PROXY protocol, or Local without",
          fix: "Keep PROXY protocol with Cluster and a TCP check, or switch it off and keep Local; with IP targets check over TCP.",
          facts: ["U14"],
          level: "mandatory",
        },
      },
      {
        name: "a target group with PROXY protocol asks kube-proxy's health port",
        objects: [
          unmanagedService(),
          targetGroup({
            proxyProtocolV2: true,
            healthCheck: { protocol: "HTTP", path: "/healthz", port: "10256" },
          }),
        ],
        expect: {
          at: "TargetGroup web-http proxyProtocolV2",
          seen: "PROXY protocol v2 with HTTP /healthz on 10256",
          wanted: "a TCP check, or a port that parses the header",
          related: ["Service shop/web"],
          facts: ["U15"],
        },
      },
      {
        name: "a port that may or may not parse the header",
        objects: [
          nlbService(
            { "proxy-protocol": "*", "healthcheck-protocol": "http", "healthcheck-port": "8086" },
            {},
            "ip",
          ),
        ],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-proxy-protocol"]',
          seen: "PROXY protocol v2 with HTTP / on 8086",
          wanted: "a TCP check, or a port that parses the header",
          facts: ["U15"],
          level: "advisory",
          assumption: "the process on port 8086 does not parse the PROXY header",
        },
      },
    ],
    good: [
      { name: "Cluster with a TCP check", objects: [nlbService({ "proxy-protocol": "*" })] },
      { name: "Local without PROXY protocol", objects: [nlbService({}, LOCAL)] },
    ],
  }),
});

/** The traffic port speaks PROXY, or nothing would work; TCP only connects; of other ports some are known not to parse it. */
function plainHttpPort(
  front: Front,
  { protocol, port }: HealthCheck,
  targets: TargetKind,
): "U15" | "maybe" | undefined {
  if (protocol.value === "TCP" || isUnknown(protocol.value) || isUnknown(port.value) || isTrafficPort(front))
    return undefined;
  if (port.value === "traffic-port") return undefined;
  return port.value in PLAIN_HEALTH_PORTS || (targets === "ip" && port.value === 10254) ? "U15" : "maybe";
}
