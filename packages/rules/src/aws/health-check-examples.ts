import { ingressNginx, LOCAL } from "../examples";
import type { LawExamples } from "../law-examples";
import { nlbService, targetGroup, unmanagedService } from "./examples";

const UDP = { ports: [{ name: "game", protocol: "UDP", port: 7777, targetPort: 7777, nodePort: 30777 }] };
const HTTP = { protocol: "HTTP", path: "/healthz" };

/** What an NLB shows of rules about health checks. */
export const NLB_HEALTH_CHECK_EXAMPLES: LawExamples = {
  "local-needs-http-health-check": {
    bad: [
      {
        name: "an annotation overrides the protocol",
        objects: [nlbService({ "healthcheck-protocol": "tcp" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"]',
          seen: "TCP on 30081",
          wanted: "HTTP /healthz on 30081",
          fix: "Remove the health-check annotations: the controller then checks over HTTP on the health-check node port.",
          patch: {
            annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": null },
          },
          facts: ["U1"],
          level: "mandatory",
        },
      },
      {
        name: "an annotation moves the check to the port of the traffic",
        objects: [nlbService({ "healthcheck-port": "traffic-port" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "HTTP /healthz on traffic-port",
          wanted: "HTTP /healthz on 30081",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": null } },
          facts: ["U2"],
        },
      },
      {
        name: "the name of a port means its node port, allocated or not",
        objects: [
          nlbService(
            { "healthcheck-port": "http" },
            { externalTrafficPolicy: "Local", ports: [{ name: "http", port: 80 }] },
          ),
        ],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "HTTP /healthz on <spec.ports[0].nodePort, not known yet>",
          wanted: "HTTP /healthz on healthCheckNodePort",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": null } },
          facts: ["U2"],
        },
      },
      {
        name: "a number that is no port",
        objects: [nlbService({ "healthcheck-port": "80860" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "HTTP /healthz on 80860",
          wanted: "HTTP /healthz on 30081",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": null } },
          facts: ["U2"],
        },
      },
      {
        name: "both 200 and 503 pass",
        objects: [nlbService({ "healthcheck-success-codes": "200-599" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-success-codes"]',
          seen: "HTTP /healthz on 30081, passing on status 200-599",
          wanted: "a check that passes on status 200 and fails on 503",
          facts: ["EK5"],
        },
      },
      {
        name: "a target group without a health check gets TCP on the port of the traffic",
        objects: [unmanagedService(LOCAL), targetGroup({})],
        expect: {
          at: "TargetGroup web-http healthCheck.protocol",
          seen: "TCP on traffic-port",
          wanted: "HTTP /healthz on 30081",
          fix: 'Set healthCheck: { protocol: "HTTP", path: "/healthz", port: service.spec.healthCheckNodePort.apply(String) } on the target group.',
          related: ["Service shop/web"],
          facts: ["U1", "U2"],
        },
      },
      {
        name: "a responder of your own may listen on another port",
        objects: [nlbService({ "healthcheck-port": "8086", "healthcheck-protocol": "http" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "HTTP /healthz on 8086",
          wanted: "HTTP /healthz on 30081",
          patch: {
            annotations: {
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": null,
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": null,
            },
          },
          facts: ["U2"],
          level: "advisory",
          assumption: "nothing that listens on port 8086 of the nodes knows this Service's endpoints",
        },
      },
    ],
    good: [
      { name: "the controller's own choice", objects: [nlbService({}, LOCAL)] },
      {
        name: "a target group that asks kube-proxy",
        objects: [unmanagedService(LOCAL), targetGroup({ healthCheck: { ...HTTP, port: "30081" } })],
      },
    ],
  },
  "health-check-port-is-open": {
    bad: [
      {
        name: "a check left over from Local",
        objects: [
          nlbService({
            "healthcheck-protocol": "http",
            "healthcheck-path": "/healthz",
            "healthcheck-port": "30081",
          }),
        ],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "HTTP /healthz on 30081",
          wanted: "TCP on traffic-port, or HTTP /healthz on 10256",
          fix: "Remove the health-check annotations, or check HTTP /healthz on port 10256.",
          patch: {
            annotations: {
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": null,
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": null,
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path": null,
            },
          },
          facts: ["U3"],
          level: "mandatory",
        },
      },
      {
        name: "a target group that still asks the health-check node port",
        objects: [unmanagedService(), targetGroup({ healthCheck: { ...HTTP, port: "30081" } })],
        expect: {
          at: "TargetGroup web-http healthCheck.port",
          seen: "HTTP /healthz on 30081",
          wanted: "TCP on traffic-port, or HTTP /healthz on 10256",
          fix: 'Set healthCheck: { protocol: "TCP", port: "traffic-port" } on the target group, or HTTP /healthz on port 10256.',
          related: ["Service shop/web"],
          facts: ["U3"],
        },
      },
      {
        name: "a port of UDP that is checked over TCP",
        objects: [nlbService({}, UDP)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "TCP on traffic-port, a port of UDP",
          fix: "Set the annotations aws-load-balancer-healthcheck-protocol: http, -healthcheck-path: /healthz and -healthcheck-port: 10256.",
          wanted: "a TCP port that every node answers on, such as 10256",
          facts: ["U9"],
          level: "mandatory",
        },
      },
      {
        name: "pods that may answer on a port of UDP over TCP as well",
        objects: [nlbService({}, UDP, "ip")],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "TCP on traffic-port, a port of UDP",
          fix: "Check over TCP, or over HTTP, on a port that the pods have for TCP.",
          wanted: "a TCP port that the pods have",
          assumption: "the pods do not answer over TCP on that port",
          facts: ["U9"],
          level: "advisory",
        },
      },
      {
        name: "a node port asked of a pod",
        objects: [nlbService({ "healthcheck-port": "30080" }, {}, "ip")],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]',
          seen: "TCP on 30080",
          wanted: "a port of the pods, such as traffic-port",
          fix: "Set the annotation aws-load-balancer-healthcheck-port to traffic-port, or to a port of the pods.",
          patch: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": null } },
          facts: ["U4"],
        },
      },
    ],
    good: [
      { name: "TCP on the port of the traffic", objects: [nlbService({ "healthcheck-protocol": "tcp" })] },
      {
        name: "kube-proxy's own health",
        objects: [
          nlbService({
            "healthcheck-protocol": "http",
            "healthcheck-path": "/healthz",
            "healthcheck-port": "10256",
          }),
        ],
      },
      {
        name: "the node port by the name of its port, before it is allocated",
        objects: [nlbService({ "healthcheck-port": "http" }, { ports: [{ name: "http", port: 80 }] })],
      },
      { name: "Local has a health-check node port", objects: [nlbService({}, LOCAL)] },
      {
        name: "pods asked on a port of their own",
        objects: [nlbService({ "healthcheck-port": "8081" }, {}, "ip")],
      },
    ],
  },
  "health-check-carries-no-proxy-header": {
    bad: [
      {
        name: "PROXY protocol under Local",
        objects: [nlbService({ "proxy-protocol": "*" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-proxy-protocol"]',
          seen: "PROXY protocol v2, on health checks too, with externalTrafficPolicy: Local",
          wanted: "Cluster with the PROXY protocol, or Local without",
          fix: "Keep the PROXY protocol and set externalTrafficPolicy: Cluster, or keep Local and switch it off.",
          facts: ["U14"],
          level: "mandatory",
        },
      },
      {
        name: "a target group with PROXY protocol asks kube-proxy's health port",
        objects: [
          unmanagedService(),
          targetGroup({ proxyProtocolV2: true, healthCheck: { ...HTTP, port: "10256" } }),
        ],
        expect: {
          at: "TargetGroup web-http proxyProtocolV2",
          seen: "a PROXY header (v2) before HTTP /healthz on 10256",
          wanted: "a check over TCP, or of a port that parses the header",
          fix: "Check over TCP, or on a port that parses the PROXY header.",
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
          seen: "a PROXY header (v2) before HTTP / on 8086",
          wanted: "a check over TCP, or of a port that parses the header",
          fix: "Check over TCP, or on a port that parses the PROXY header.",
          facts: ["U15"],
          level: "advisory",
          assumption: "the process on port 8086 does not parse the PROXY header",
        },
      },
    ],
    good: [
      {
        name: "Cluster with a TCP check",
        objects: [nlbService({ "proxy-protocol": "*" }), ...ingressNginx("true")],
      },
      { name: "Local without PROXY protocol", objects: [nlbService({}, LOCAL)] },
    ],
  },
};
