import { statementsOf } from "../model";

/** What every load balancer may have to say. */
export const BALANCER_TEXTS = {
  "check-timing": ({ detection, recovery }: { detection: number; recovery: number }) =>
    `the load balancer stops sending to a target ${detection} s after its health check begins to fail, and sends to it ${recovery} s after it begins to pass`,
  "no-check-known": () => "no health check is known; assuming failures are detected immediately",
  "check-timing-unknown": () =>
    "the timing of the health check is not known yet; assuming failures are detected immediately",
  "unchecked-targets": () => "nothing checks the targets: one that is gone still receives connections",
  "deregistration-delay": ({ seconds }: { seconds: number }) =>
    `the load balancer stops sending to a deregistered pod after ${seconds} s, unless its health check fails earlier`,
  "check-partly-unknown": () =>
    "part of the health check is not known yet, and so whether it passes: set its protocol and port to plain values",
  "port-may-become-health-check-node-port": ({ port }: { port: number }) =>
    `whether port ${port}, which the health check asks, will be this Service's healthCheckNodePort is not known: pin spec.healthCheckNodePort`,
  "port-may-become-node-port": ({ port }: { port: number }) =>
    `whether port ${port}, which the health check asks, will be this Service's node port is not known: pin the node port`,
  "responder-not-known": ({ port }: { port: number }) =>
    `whether anything on the nodes answers on port ${port}, which the health check asks, is not known`,
  "pods-may-answer-on-port": ({ port }: { port: number }) =>
    `whether the pods answer on port ${port}, which the health check asks, is not known: no container declares it`,
  "pods-may-answer-tcp": ({ protocol }: { protocol: string | null }) =>
    `whether the pods answer the health check is not known: it asks over TCP on a port that ${protocol === null ? "may carry another protocol" : `carries ${protocol}`}, and no container declares it for TCP`,
  "header-may-not-be-parsed": ({ port }: { port: number }) =>
    `whether port ${port}, which the health check asks, parses the PROXY header before the check is not known`,
  "check-needs-tcp": ({ protocol }: { protocol: string | null }) =>
    `the health check asks over TCP, and the port ${protocol === null ? "may carry another protocol" : `carries ${protocol} alone: nothing answers there`}`,
  "check-header-not-parsed": ({ port }: { port: number | null }) =>
    `the health check begins with a PROXY header, which ${port === null ? "the health-check node port" : `port ${port}`} does not parse`,
  "check-port-has-no-tls": ({ port }: { port: number | null }) =>
    `the health check asks over HTTPS, which ${port === null ? "the health-check node port" : `port ${port}`} does not speak`,
  "check-status-never": ({ port }: { port: number | null }) =>
    `the health check wants a status that ${port === null ? "the health-check node port" : `port ${port}`} never answers with`,
  "health-port-closed": ({ port }: { port: number | null }) =>
    `the health check asks the health-check node port${port === null ? "" : ` (${port})`}, which nothing listens on under Cluster`,
  "node-port-closed": ({ port }: { port: number }) =>
    `the health check asks port ${port}, which is none of this Service's: nothing is known to listen there`,
  "node-port-of-pod": ({ port }: { port: number | null }) =>
    `the health check asks a port of the node${port === null ? "" : ` (${port})`}, and the pods, which are the targets, do not listen there`,
  "fails-open": ({ drops }: { drops: boolean }) =>
    `no target passes the health check, so the load balancer fails open: it sends to every target alike, also to one that is gone${drops ? ", and nodes without a pod drop what they get" : ""}`,
  "refuses-all": () => "no target passes the health check, so the load balancer refuses every connection",
  "clients-reach-every-node": ({ type }: { type: string }) =>
    `assuming clients reach every node equally, since type ${type} has no health-check node port`,
  "node-labels-unknown": () =>
    "assuming every node is a target (the labels that it must have are not known yet)",
  "servers-without-nodes": () =>
    "assuming every node is one of the load balancer's servers, all with one weight (none of their addresses belongs to a known node)",
  "target-kind-unknown": ({ path, resource }: { path: string; resource: string }) =>
    `what the load balancer sends to is not known yet (${path} of ${resource}): set it to a plain value`,
  "target-kind-not-supported": ({ name, targets }: { name: string; targets: string }) =>
    `${name} has no ${targets} targets`,
  "exclude-node-by-label": () => "label node.kubernetes.io/exclude-from-external-load-balancers",
  "without-healthy-unknown": ({ title }: { title: string }) =>
    `no node can pass the health check, and what ${title} does then is not known: it sends to all of them, or to none`,
  "load-balancer-not-modelled": ({ name }: { name: string | null }) =>
    name === null
      ? "nothing in the input says which load balancer is in front of this Service: set spec.loadBalancerClass, or add what is in front of it to the input"
      : `the behaviour of the load balancer (${name}) is not modelled: what it sends where, what is dropped and which client address arrives is not known`,
} as const;

export const sayBalancer = statementsOf(BALANCER_TEXTS);
