import type { LawExamples } from "../law-examples";
import { haproxyConfig, haproxyServers, haproxyService } from "./examples";

/** What HAProxy shows of rules about Services, their controllers and the input. */
export const HAPROXY_INPUT_EXAMPLES: LawExamples = {
  "local-needs-load-balancer-type": {
    bad: [
      {
        name: "Local on a NodePort Service behind HAProxy",
        objects: [
          haproxyService({ type: "NodePort", externalTrafficPolicy: "Local", loadBalancerClass: undefined }),
          haproxyConfig(...haproxyServers("check")),
        ],
        expect: {
          at: "Service shop/web spec.type",
          seen: "NodePort with externalTrafficPolicy: Local",
          wanted: "LoadBalancer, or Cluster",
          patch: { spec: { externalTrafficPolicy: "Cluster" } },
          related: ["ConfigMap edge/haproxy"],
          facts: ["K8S-L2", "H6"],
        },
      },
    ],
    good: [],
  },
  "service-in-input": {
    bad: [
      {
        name: "servers on a node port that no Service of the input has",
        objects: [haproxyConfig(...haproxyServers("check"))],
        expect: {
          verdict: "notJoined",
          at: 'ConfigMap edge/haproxy data["haproxy.cfg"] listen web server node1',
          missing: "service",
          detail:
            "the Service behind listen web of ConfigMap edge/haproxy was not found in the input: no Service of this input has node port 30080",
          how: "add the stack or manifest that has it (--with FILE), or pin its spec.ports[].nodePort to the servers' port, or name it in the section: # evenkeel.io/service: namespace/name",
        },
      },
    ],
    good: [
      {
        name: "HAProxy with its Service",
        objects: [haproxyService(), haproxyConfig(...haproxyServers("check"))],
      },
      {
        name: "a Service that the section names",
        objects: [
          haproxyService({ ports: [{ port: 80 }] }),
          haproxyConfig("# evenkeel.io/service: shop/web", ...haproxyServers("check")),
        ],
      },
    ],
  },
};
