import { localHealthCheck, type LocalCheckFacts } from "../ask/local-health-check";
import { eachLocalFront } from "../ask/local-fronts";
import { LOCAL, nlbService, targetGroup, unmanagedService } from "../examples";
import { rule } from "../frame/rule";
import { KEP_1669, KUBE_PROXY_HEALTH, LBC_ANNOTATIONS } from "../references";

const FACTS: LocalCheckFacts = {
  all: ["U1", "U2"],
  shownBy: ({ protocol: { value: protocol } }, asksWrongPort) => [
    ...(protocol === "TCP" ? (["U1"] as const) : []),
    ...(asksWrongPort || protocol === "HTTPS" ? (["U2"] as const) : []),
  ],
};

export const nlbLocalNeedsHttpHealthCheck = rule({
  id: "nlb-local-needs-http-health-check",
  subject: "exposure",
  severity: "high",
  level: "mandatory",
  law: "Behind instance targets, a Local Service is probed over HTTP on its health-check node port.",
  why: "any other check passes on nodes that drop the traffic, or goes on passing while the last pod terminates",
  fix: "Set the health check to HTTP, path /healthz, port spec.healthCheckNodePort; with AWS Load Balancer Controller, remove the health-check annotations.",
  facts: ["U1", "U2"],
  restsOn: "kube-proxy",
  refs: [LBC_ANNOTATIONS, KUBE_PROXY_HEALTH, KEP_1669],
  *check(exposure) {
    const { service } = exposure;
    yield* eachLocalFront(exposure, "nlb", FACTS.all, function* ({ front, balancer }) {
      const { required } = balancer.healthCheckFor(service);
      if (front.healthCheck) yield* localHealthCheck(service, front, front.healthCheck, required, FACTS);
    });
  },
  examples: () => ({
    bad: [
      {
        name: "the annotation overrides the protocol",
        objects: [nlbService({ "healthcheck-protocol": "tcp" }, LOCAL)],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"]',
          seen: "TCP on 30081",
          wanted: "HTTP /healthz on 30081",
          fix: "Set the health check to HTTP, path /healthz, port spec.healthCheckNodePort; with AWS Load Balancer Controller, remove the health-check annotations.",
          patch: {
            annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": null },
          },
          facts: ["U1"],
          level: "mandatory",
        },
      },
      {
        name: "the annotation moves the check to the traffic port",
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
        name: "a port by its name is the node port, allocated or not",
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
        name: "a target group without a health check gets TCP on the traffic port",
        objects: [unmanagedService(LOCAL), targetGroup({})],
        expect: {
          at: "TargetGroup web-http healthCheck.protocol",
          seen: "TCP on traffic-port",
          wanted: "HTTP /healthz on 30081",
          related: ["Service shop/web"],
        },
      },
      {
        name: "a responder of one's own may stand behind another port",
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
        objects: [
          unmanagedService(LOCAL),
          targetGroup({ healthCheck: { protocol: "HTTP", path: "/healthz", port: "30081" } }),
        ],
      },
    ],
  }),
});
