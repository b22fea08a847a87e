import { LOCAL, webService } from "../examples";
import type { LawExamples } from "../law-examples";
import { nlbService, targetGroup, unmanagedService } from "./examples";

/** What an NLB shows of rules about Services, their controllers and the input. */
export const NLB_INPUT_EXAMPLES: LawExamples = {
  "local-needs-load-balancer-type": {
    bad: [
      {
        name: "Local on a NodePort Service behind an NLB that sends to nodes",
        objects: [
          unmanagedService({
            type: "NodePort",
            externalTrafficPolicy: "Local",
            loadBalancerClass: undefined,
          }),
          targetGroup({}),
        ],
        expect: {
          at: "Service shop/web spec.type",
          seen: "NodePort with externalTrafficPolicy: Local",
          wanted: "LoadBalancer, or Cluster",
          patch: { spec: { externalTrafficPolicy: "Cluster" } },
          related: ["TargetGroup web-http"],
          facts: ["K8S-L2", "U6"],
        },
      },
    ],
    good: [
      {
        name: "Local on a NodePort Service whose load balancer sends to the pods",
        objects: [
          nlbService(
            { type: "external" },
            { type: "NodePort", externalTrafficPolicy: "Local", loadBalancerClass: undefined },
            "ip",
          ),
        ],
      },
    ],
  },
  "local-counts-only-ready-pods": {
    bad: [],
    good: [
      {
        name: "a load balancer that asks the pods themselves",
        objects: [nlbService({}, { ...LOCAL, publishNotReadyAddresses: true }, "ip")],
      },
    ],
  },
  "local-needs-selector": {
    bad: [],
    good: [
      {
        name: "a load balancer that sends to the pods themselves",
        objects: [nlbService({}, { ...LOCAL, selector: undefined }, "ip")],
      },
    ],
  },
  "service-in-input": {
    bad: [
      {
        name: "a target group by itself",
        objects: [targetGroup({})],
        expect: {
          verdict: "notJoined",
          at: "TargetGroup web-http tags",
          missing: "service",
          detail:
            "the Service behind TargetGroup web-http was not found in the input: neither its port nor its health check names a Service of this input",
          how: "add the stack or manifest that has it (--with FILE), or tag the target group evenkeel.io/service: namespace/name",
        },
      },
    ],
    good: [{ name: "a target group with its Service", objects: [unmanagedService(), targetGroup({})] }],
  },
  "load-balancer-in-input": {
    bad: [
      {
        name: "a class that leaves the load balancer to a stack that is not part of the input",
        objects: [unmanagedService()],
        expect: {
          verdict: "notJoined",
          at: "Service shop/web spec.loadBalancerClass",
          missing: "front",
          detail: "loadBalancerClass evenkeel.io/unmanaged leaves the load balancer to be built elsewhere",
          how: "add the target group or the haproxy.cfg that it feeds, or the state of the stack that has it",
        },
      },
    ],
    good: [
      { name: "a controller builds it", objects: [nlbService()] },
      { name: "its target group is part of the input", objects: [unmanagedService(), targetGroup({})] },
    ],
  },
  "annotations-are-read": {
    bad: [
      {
        name: "a misspelt key",
        objects: [nlbService({ "healthcheck-protocoll": "tcp" })],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocoll"]',
          seen: "a key that AWS Load Balancer Controller does not read",
          wanted: "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol",
          fix: "Rename the annotation to service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol.",
          level: "advisory",
        },
      },
      {
        name: "a key that EKS Auto Mode does not read",
        objects: [
          nlbService(
            { "cross-zone-load-balancing-enabled": "true" },
            { loadBalancerClass: "eks.amazonaws.com/nlb" },
          ),
        ],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled"]',
          seen: "a key of AWS Load Balancer Controller and cloud-provider-aws, which EKS Auto Mode does not read",
          wanted: "a key that EKS Auto Mode reads, or none",
          fix: "Correct the annotation, or remove it.",
        },
      },
    ],
    good: [
      { name: "keys that the controller reads", objects: [nlbService({ "healthcheck-protocol": "tcp" })] },
      {
        name: "keys of others that are no load balancer's",
        objects: [
          webService({ loadBalancerClass: "service.k8s.aws/nlb" }, { "prometheus.io/scrape": "true" }),
        ],
      },
    ],
  },
  "service-accepted-by-controller": {
    bad: [
      {
        name: "a scheme that does not exist",
        objects: [nlbService({ scheme: "Internal" })],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]',
          seen: "Internal",
          wanted: "internal or internet-facing",
          effect: "aws-load-balancer-controller refuses the Service and builds no load balancer",
          fix: 'Set metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"] to internal or internet-facing.',
          facts: ["EK4"],
          level: "mandatory",
        },
      },
      {
        name: "a value that cloud-provider-aws refuses, whom a webhook may replace",
        objects: [
          nlbService({ type: "nlb", "healthcheck-interval": "often" }, { loadBalancerClass: undefined }),
        ],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval"]',
          seen: "often",
          wanted: "a whole number",
          effect: "cloud-provider-aws refuses the Service and builds no load balancer",
          fix: 'Set metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval"] to a whole number.',
          facts: ["EK4"],
          level: "advisory",
          assumption: "no webhook of AWS Load Balancer Controller gives the Service a class",
        },
      },
    ],
    good: [{ name: "values that the controller knows", objects: [nlbService()] }],
  },
  "load-balancer-is-modelled": {
    bad: [],
    good: [{ name: "a class that is modelled", objects: [nlbService()] }],
  },
};
