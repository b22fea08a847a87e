import { ingressNginx, LOCAL, webService } from "../examples";
import type { ExampleObject } from "../frame/example";
import type { LawExamples } from "../law-examples";

const HETZNER = "load-balancer.hetzner.cloud/";
const OCTAVIA = "loadbalancer.openstack.org/";
const EXOSCALE = "service.beta.kubernetes.io/exoscale-loadbalancer-";
const DIGITALOCEAN = "service.beta.kubernetes.io/do-loadbalancer-";

type Fields = Readonly<Record<string, unknown>>;

/** A Service `shop/web` without a class, which the controller of its annotations builds a load balancer for. */
function cloudService(annotations: Fields, spec: Fields = {}, ingress?: Fields): ExampleObject {
  const service = webService(spec, annotations);
  return ingress ? { ...service, status: { loadBalancer: { ingress: [ingress] } } } : service;
}

/** The configuration of the OpenStack cloud controller manager. */
function cloudConf(...lines: readonly string[]): ExampleObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "cloud-config", namespace: "kube-system" },
    stringData: { "cloud.conf": ["[LoadBalancer]", ...lines, ""].join("\n") },
  };
}

const LATE =
  "nodes without a pod fail this check, but one whose last pod is ending passes until the pod is gone, and gets connections that nobody serves until the check has failed often enough";
const MONITOR_FIX = `Set the annotation ${OCTAVIA}enable-health-monitor: "true", or create-monitor = true in cloud.conf.`;
const OVERRIDE_FIX = `Remove the annotation ${DIGITALOCEAN}override-health-check: the controller then checks HTTP /healthz on the Service's healthCheckNodePort.`;
const HETZNER_FIX = `Set the annotations ${HETZNER}health-check-protocol: "http", ${HETZNER}health-check-port: "30081" and ${HETZNER}health-check-http-path: "/healthz"; pin spec.healthCheckNodePort to that port.`;
const INSIDE = { "evenkeel.io/in-cluster-clients": "true" };

function at(key: string): string {
  return `Service shop/web metadata.annotations["${key}"]`;
}

/** What the load balancers of node-port clouds show of the rules that hold for every load balancer. */
export const CLOUD_LAW_EXAMPLES: LawExamples = {
  "local-needs-http-health-check": {
    bad: [
      {
        name: "a cloud that checks the node port over TCP whatever the policy",
        objects: [cloudService({ [`${HETZNER}location`]: "fsn1" }, LOCAL)],
        expect: {
          at: at(`${HETZNER}health-check-protocol`),
          seen: "TCP on traffic-port",
          wanted: "HTTP /healthz on 30081",
          effect: LATE,
          fix: HETZNER_FIX,
          facts: ["local-check-on-node-port"],
          level: "advisory",
        },
      },
      {
        name: "a cloud that only connects to the health-check node port",
        objects: [cloudService({ [`${HETZNER}health-check-port`]: "30081" }, LOCAL)],
        expect: {
          at: at(`${HETZNER}health-check-protocol`),
          seen: "TCP on 30081",
          wanted: "HTTP /healthz on 30081",
          fix: HETZNER_FIX,
          facts: ["H1"],
        },
      },
      {
        name: "an annotation that replaces the cloud's own check",
        objects: [cloudService({ [`${DIGITALOCEAN}override-health-check`]: "true" }, LOCAL)],
        expect: {
          at: at(`${DIGITALOCEAN}healthcheck-protocol`),
          seen: "TCP on 30080",
          wanted: "HTTP /healthz on 30081",
          effect: LATE,
          fix: OVERRIDE_FIX,
          facts: ["do-local-needs-its-own-check"],
          level: "advisory",
        },
      },
      {
        name: "a cloud that connects to the health-check node port by default",
        objects: [cloudService({ [`${EXOSCALE}name`]: "web" }, LOCAL)],
        expect: {
          at: at(`${EXOSCALE}service-healthcheck-mode`),
          seen: "TCP on 30081",
          wanted: "HTTP /healthz on 30081",
          fix: `Set the annotations ${EXOSCALE}service-healthcheck-mode: "http" and ${EXOSCALE}service-healthcheck-uri: "/healthz".`,
          facts: ["exoscale-local-check-is-tcp"],
        },
      },
      {
        name: "a provider of Octavia without HTTP monitors",
        objects: [cloudService({}, LOCAL), cloudConf("lb-provider = ovn", "create-monitor = true")],
        expect: {
          at: at(`${OCTAVIA}enable-health-monitor`),
          seen: "TCP on traffic-port",
          wanted: "HTTP /healthz on 30081",
          effect: LATE,
          fix: "Use lb-provider = amphora in cloud.conf, or externalTrafficPolicy: Cluster.",
          facts: ["octavia-ovn-checks-late"],
          level: "advisory",
        },
      },
    ],
    good: [
      {
        name: "the check that a cloud sets by itself under Local",
        objects: [cloudService({ [`${DIGITALOCEAN}type`]: "REGIONAL" }, LOCAL)],
      },
      {
        name: "a health monitor of Octavia",
        objects: [cloudService({ [`${OCTAVIA}enable-health-monitor`]: "true" }, LOCAL)],
      },
    ],
  },
  "local-needs-health-check": {
    bad: [
      {
        name: "Octavia without a health monitor",
        objects: [cloudService({}, LOCAL), cloudConf("lb-provider = amphora")],
        expect: {
          at: at(`${OCTAVIA}enable-health-monitor`),
          seen: "no health check",
          wanted: "HTTP /healthz on 30081",
          fix: MONITOR_FIX,
          facts: ["octavia-local-needs-monitor"],
        },
      },
      {
        name: "Octavia without a health monitor, as far as the Service shows",
        objects: [cloudService({ [`${OCTAVIA}keep-floatingip`]: "true" }, LOCAL)],
        expect: {
          at: at(`${OCTAVIA}enable-health-monitor`),
          seen: "no health check",
          wanted: "HTTP /healthz on 30081",
          fix: MONITOR_FIX,
          facts: ["octavia-local-needs-monitor"],
          level: "advisory",
          assumption: "cloud.conf does not set create-monitor",
        },
      },
    ],
    good: [
      {
        name: "a health monitor by cloud.conf",
        objects: [cloudService({}, LOCAL), cloudConf("create-monitor = true")],
      },
    ],
  },
  "health-check-port-is-open": {
    bad: [
      {
        name: "a cloud that checks a port of UDP over TCP",
        objects: [
          cloudService(
            { [`${EXOSCALE}name`]: "dns" },
            { ports: [{ name: "dns", port: 53, protocol: "UDP", nodePort: 30053 }] },
          ),
        ],
        expect: {
          at: at(`${EXOSCALE}service-healthcheck-port`),
          seen: "TCP on traffic-port, a port of UDP",
          wanted: "a TCP port that every node answers on, such as 10256",
          fix: `Set the annotation ${EXOSCALE}service-healthcheck-port to a TCP port that every node answers on, such as the node port of a TCP port of the Service.`,
          facts: ["udp-needs-a-tcp-check-port"],
          level: "advisory",
        },
      },
    ],
    good: [],
  },
  "proxy-protocol-needs-proxy-mode-inside": {
    bad: [
      {
        name: "an address that kube-proxy owns",
        objects: [
          cloudService({ [`${HETZNER}uses-proxyprotocol`]: "true", ...INSIDE }, {}, { ip: "203.0.113.30" }),
          ...ingressNginx("true"),
        ],
        expect: {
          at: at(`${HETZNER}hostname`),
          seen: "an address with ipMode VIP in the status, and a PROXY header (v2)",
          wanted: "a hostname, or an address with ipMode Proxy",
          fix: "Have the controller publish a hostname, or the address with ipMode Proxy; or let in-cluster clients call another Service whose pods read no header.",
          level: "mandatory",
        },
      },
      {
        name: "a controller that never sets ipMode",
        objects: [
          cloudService({
            [`${DIGITALOCEAN}type`]: "REGIONAL",
            [`${DIGITALOCEAN}enable-proxy-protocol`]: "true",
            ...INSIDE,
          }),
          ...ingressNginx("true"),
        ],
        expect: {
          at: at(`${DIGITALOCEAN}hostname`),
          seen: "an address with ipMode VIP, which the controller publishes, and a PROXY header (v1)",
          wanted: "a hostname, or an address with ipMode Proxy",
        },
      },
    ],
    good: [
      {
        name: "a hostname",
        objects: [
          cloudService({
            [`${DIGITALOCEAN}type`]: "REGIONAL",
            [`${DIGITALOCEAN}enable-proxy-protocol`]: "true",
            [`${DIGITALOCEAN}hostname`]: "lb.example.org",
            ...INSIDE,
          }),
          ...ingressNginx("true"),
        ],
      },
      {
        name: "a controller that sets ipMode Proxy",
        objects: [
          cloudService({ [`${HETZNER}uses-proxyprotocol`]: "true", ...INSIDE }),
          ...ingressNginx("true"),
        ],
      },
      {
        name: "no client inside the cluster",
        objects: [
          cloudService({ [`${HETZNER}uses-proxyprotocol`]: "true" }, {}, { ip: "203.0.113.30" }),
          ...ingressNginx("true"),
        ],
      },
    ],
  },
  "annotations-are-read": {
    bad: [
      {
        name: "a key that is read only beside another one",
        objects: [cloudService({ [`${DIGITALOCEAN}healthcheck-path`]: "/ready" })],
        expect: {
          at: at(`${DIGITALOCEAN}healthcheck-path`),
          seen: `a key that DigitalOcean cloud controller manager reads only beside ${DIGITALOCEAN}override-health-check`,
          wanted: `${DIGITALOCEAN}override-health-check, or no such key`,
          fix: `Set the annotation ${DIGITALOCEAN}override-health-check, or remove this one.`,
        },
      },
    ],
    good: [],
  },
};
