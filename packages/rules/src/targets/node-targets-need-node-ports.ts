import { isUnknown, reachesNodes, type Service } from "@evenkeel/core/model";
import { besides, fixOfLaw } from "../ask/fix";
import { eachFront, type ModelledFront } from "../ask/fronts";
import { factsOfLaw, factsOfLaws } from "../ask/law";
import { specPatch } from "../ask/patch";
import { lawExamples } from "../law-examples";
import { notApplicable, ok, undecided, violated, type Outcome } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_NODE_PORT_ALLOCATION } from "../references";

const GENERAL = "EK13";
const FACTS = factsOfLaws(GENERAL, "nodePorts");

export const nodeTargetsNeedNodePorts = rule({
  id: "node-targets-need-node-ports",
  subject: "exposure",
  severity: "critical",
  level: "mandatory",
  law: "A Service whose load balancer sends to nodes has node ports.",
  why: "without a node port there is no port of the nodes to send to, so the load balancer has no working target",
  fix: "Remove allocateLoadBalancerNodePorts: false, or use a load balancer that sends to the pods.",
  facts: FACTS,
  refs: [KUBE_NODE_PORT_ALLOCATION],
  *check(exposure) {
    yield* eachFront(exposure, FACTS, function* (one) {
      yield hasNodePorts(exposure.service, one);
    });
  },
  examples: () => lawExamples("node-targets-need-node-ports"),
});

function hasNodePorts(service: Service, one: ModelledFront): Outcome {
  const { type, allocateLoadBalancerNodePorts: allocates, ports, ref } = service;
  if (!reachesNodes(one.targets)) return notApplicable("the pods are the targets");
  if (one.balancer.deliversTo(one.front) !== "nodePort")
    return notApplicable("packets keep the load balancer's address");
  const port = ports.find((any) => any.port === one.front.servicePort);
  if (type === "ClusterIP" || port === undefined) return notApplicable("the port is not known");
  if (port.nodePort !== undefined || type !== "LoadBalancer" || allocates === true || allocates === undefined)
    return ok;
  const at = { resource: ref, path: "spec.allocateLoadBalancerNodePorts" };
  if (isUnknown(allocates)) {
    const how = "set allocateLoadBalancerNodePorts to a plain value";
    return undecided({ facts: FACTS, at, unknown: allocates, how });
  }
  return violated({
    facts: factsOfLaw(GENERAL, one, "nodePorts"),
    at,
    seen: `false, and no node port for port ${String(port.port)}`,
    wanted: "node ports",
    ...fixOfLaw(one, service, "nodePorts"),
    patch: specPatch(service, { allocateLoadBalancerNodePorts: true }),
    related: besides(ref, one.front.resource),
  });
}
