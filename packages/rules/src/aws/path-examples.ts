import { deployment, ingressNginx, LOCAL, WANTS_CLIENT_ADDRESS } from "../examples";
import type { LawExamples } from "../law-examples";
import { nlbService, targetGroup, unmanagedService } from "./examples";

/** What an NLB shows of rules about the path of the traffic. */
export const NLB_PATH_EXAMPLES: LawExamples = {
  "proxy-header-is-read": {
    bad: [
      {
        name: "a header to an ingress controller that does not read it",
        objects: [nlbService({ "proxy-protocol": "*" }), ...ingressNginx()],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-proxy-protocol"]',
          seen: "a PROXY header (v2) on port 30080 to pods that do not read one",
          wanted: 'no header, or data["use-proxy-protocol"] set to true',
          fix: 'Set the annotation aws-load-balancer-proxy-protocol: "*" and enable the PROXY protocol in the pods, or do neither.',
          related: ["ConfigMap shop/ingress-nginx"],
          facts: ["U16"],
          level: "mandatory",
        },
      },
      {
        name: "no header to an ingress controller that waits for one",
        objects: [unmanagedService(), targetGroup({}), ...ingressNginx("true")],
        expect: {
          at: "TargetGroup web-http proxyProtocolV2",
          seen: "no PROXY header on port 30080 to pods that expect one",
          wanted: 'a PROXY header, or data["use-proxy-protocol"] set to false',
          fix: "Set proxyProtocolV2: true on the target group and enable the PROXY protocol in the pods, or do neither.",
          related: ["Service shop/web", "ConfigMap shop/ingress-nginx"],
          facts: ["U16"],
        },
      },
      {
        name: "a header to pods of unknown configuration",
        objects: [nlbService({ "proxy-protocol": "*" }), deployment()],
        expect: {
          verdict: "unknown",
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-proxy-protocol"]',
          missing: "whether the pods read the PROXY header",
          detail: "whether the pods read the PROXY header is not known",
          how: "add the configuration of the pods that enables it, such as the ConfigMap of an ingress controller",
        },
      },
    ],
    good: [
      { name: "both sides agree", objects: [nlbService({ "proxy-protocol": "*" }), ...ingressNginx("true")] },
      { name: "no header", objects: [nlbService()] },
    ],
  },
  "client-address-arrives": {
    bad: [
      {
        name: "nodes as targets under Cluster",
        objects: [wanting(nlbService())],
        expect: {
          at: "Service shop/web spec.externalTrafficPolicy",
          seen: "Cluster and no PROXY header: the pods see the address of a node",
          wanted: "the client's address",
          fix: "Set externalTrafficPolicy: Local, or keep Cluster and enable the PROXY protocol on the load balancer and in the pods.",
          facts: ["U18"],
          level: "mandatory",
        },
      },
      {
        name: "pods as targets, the address not preserved",
        objects: [wanting(nlbService({}, {}, "ip"))],
        expect: {
          at: 'Service shop/web metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"]',
          seen: "no PROXY header: the pods see the address of the load balancer",
          wanted: "the client's address",
          fix: "Set preserve_client_ip.enabled=true in the annotation aws-load-balancer-target-group-attributes.",
          facts: ["U19"],
        },
      },
    ],
    good: [
      { name: "nodes as targets under Local", objects: [wanting(nlbService({}, LOCAL))] },
      {
        name: "pods as targets, the address preserved",
        objects: [
          wanting(nlbService({ "target-group-attributes": "preserve_client_ip.enabled=true" }, {}, "ip")),
        ],
      },
    ],
  },
  "pod-targets-need-no-local": {
    bad: [
      {
        name: "Local in front of pods",
        objects: [nlbService({}, LOCAL, "ip")],
        expect: {
          at: "Service shop/web spec.externalTrafficPolicy",
          seen: "Local",
          wanted: "Cluster",
          fix: "Set externalTrafficPolicy: Cluster; to keep the client's address, preserve it or enable the PROXY protocol on the load balancer.",
          patch: { spec: { externalTrafficPolicy: "Cluster", healthCheckNodePort: null } },
          facts: ["U5"],
          level: "advisory",
        },
      },
    ],
    good: [
      { name: "Cluster in front of pods", objects: [nlbService({}, {}, "ip")] },
      { name: "Local in front of nodes", objects: [nlbService({}, LOCAL)] },
    ],
  },
  "node-targets-need-node-ports": {
    bad: [
      {
        name: "a target group of nodes, and no node port",
        objects: [
          unmanagedService({ allocateLoadBalancerNodePorts: false, ports: [{ name: "http", port: 80 }] }),
          targetGroup({ tags: { "evenkeel.io/service": "shop/web" } }),
        ],
        expect: {
          at: "Service shop/web spec.allocateLoadBalancerNodePorts",
          seen: "false, and no node port for port 80",
          wanted: "node ports",
          fix: "Remove allocateLoadBalancerNodePorts: false, or use a load balancer that sends to the pods.",
          patch: { spec: { allocateLoadBalancerNodePorts: true } },
          related: ["TargetGroup web-http"],
          facts: ["U40"],
          level: "mandatory",
        },
      },
    ],
    good: [
      {
        name: "node ports are allocated",
        objects: [nlbService({}, { ports: [{ name: "http", port: 80 }] })],
      },
      {
        name: "pods as targets need none",
        objects: [
          nlbService(
            {},
            { allocateLoadBalancerNodePorts: false, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
            "ip",
          ),
        ],
      },
    ],
  },
  "local-needs-several-nodes": {
    bad: [
      {
        name: "one replica behind an NLB that sends to nodes",
        objects: [nlbService({}, LOCAL), deployment({ replicas: 1 })],
        expect: {
          at: "Deployment shop/web spec.replicas",
          seen: "1 replica",
          wanted: "pods on at least two nodes",
          effect:
            "one node carries all traffic and the others answer 503 to the health check; when the pod moves, new connections are lost for up to 20 s",
          patch: { spec: { replicas: 2 } },
          related: ["Service shop/web"],
        },
      },
    ],
    good: [
      {
        name: "one replica behind an NLB that sends to pods",
        objects: [nlbService({}, LOCAL, "ip"), deployment()],
      },
    ],
  },
};

function wanting(service: ReturnType<typeof nlbService>) {
  const { metadata, ...rest } = service as { metadata: { annotations: object } };
  return {
    ...rest,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...WANTS_CLIENT_ADDRESS } },
  };
}
