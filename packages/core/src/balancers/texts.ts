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
    "assuming the health check is what the traffic policy needs (part of it is not known yet)",
  "port-becomes-health-check-node-port": ({ port }: { port: number }) =>
    `assuming port ${port} will be this Service's healthCheckNodePort`,
  "responder-on-port": ({ port }: { port: number }) =>
    `assuming something on port ${port} of every node answers the health check`,
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
