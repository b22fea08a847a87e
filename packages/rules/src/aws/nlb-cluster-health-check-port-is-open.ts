import { isUnknown, type Front, type HealthCheck, type Service } from "@evenkeel/core/model";
import { eachFront } from "../ask/fronts";
import { healthCheckPatch } from "../ask/patch";
import { hasUnknownNodePort, inNodePortRange, isOwnNodePort, ownNodePorts } from "../ask/ports";
import { showHealthCheck } from "../ask/show";
import { LOCAL, nlbService, targetGroup, unmanagedService } from "../examples";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_PROXY_HEALTH, LBC_ANNOTATIONS } from "../references";

export const nlbClusterHealthCheckPortIsOpen = rule({
  id: "nlb-cluster-health-check-port-is-open",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "Behind instance targets, a Cluster Service is probed on a port that is open: its node port, or kube-proxy's 10256.",
  why: "only Local Services have a health-check node port; nobody listens on it, so every target is unhealthy and the balancer fails open",
  fix: "Set the health check to TCP on the traffic port, or to HTTP /healthz on port 10256.",
  facts: ["U3"],
  restsOn: "kube-proxy",
  refs: [KUBE_PROXY_HEALTH, LBC_ANNOTATIONS],
  *check(exposure) {
    const { service } = exposure;
    yield* eachFront(exposure, "nlb", ["U3"], function* ({ front, targets }) {
      if (targets !== "instance") return yield notApplicable("the pods are the targets");
      if (service.externalTrafficPolicy !== "Cluster")
        return yield notApplicable("the policy is not Cluster");
      if (front.healthCheck) yield* openPort(service, front, front.healthCheck);
    });
  },
  examples: () => ({
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
          fix: "Set the health check to TCP on the traffic port, or to HTTP /healthz on port 10256.",
          patch: {
            annotations: {
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": null,
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": null,
              "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path": null,
            },
          },
          level: "mandatory",
        },
      },
      {
        name: "a target group that still asks the health-check node port",
        objects: [
          unmanagedService(),
          targetGroup({ healthCheck: { protocol: "HTTP", path: "/healthz", port: "30081" } }),
        ],
        expect: {
          at: "TargetGroup web-http healthCheck.port",
          seen: "HTTP /healthz on 30081",
          wanted: "TCP on traffic-port, or HTTP /healthz on 10256",
          related: ["Service shop/web"],
        },
      },
    ],
    good: [
      { name: "TCP on the traffic port", objects: [nlbService({ "healthcheck-protocol": "tcp" })] },
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
      { name: "Local has the port", objects: [nlbService({}, LOCAL)] },
    ],
  }),
});

/** Ports outside the node-port range may have a responder of the user's own; within it kube-proxy alone decides who listens. */
function* openPort(service: Service, front: Front, check: HealthCheck): Iterable<Outcome> {
  const { port, protocol, path } = check;
  const wrong = () =>
    violated({
      facts: ["U3"],
      at: port.at,
      seen: showHealthCheck(check),
      wanted: "TCP on traffic-port, or HTTP /healthz on 10256",
      patch: healthCheckPatch(front, service),
      related: front.resource.kind === "Service" ? [] : [service.ref],
    });
  if (isUnknown(port.value)) {
    if (port.value.origin?.field?.endsWith("healthCheckNodePort")) return yield wrong();
    if (isOwnNodePort(port.value, service)) return yield ok;
    return yield undecided({
      facts: ["U3"],
      at: port.at,
      unknown: port.value,
      how: "feed the port from the Service's nodePort, or use traffic-port",
    });
  }
  if (
    port.value === "traffic-port" ||
    !inNodePortRange(port.value) ||
    ownNodePorts(service).includes(port.value)
  )
    return yield ok;
  const asksKubeProxy = protocol.value !== "TCP" && (path === undefined || path.value === "/healthz");
  if (hasUnknownNodePort(service) && !asksKubeProxy) {
    const unknown = service.ports.map(({ nodePort }) => nodePort).find(isUnknown);
    if (unknown)
      return yield undecided({
        facts: ["U3"],
        at: port.at,
        unknown,
        how: "use traffic-port, or pin the node port",
      });
  }
  yield wrong();
}
