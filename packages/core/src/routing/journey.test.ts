import type { Endpoint } from "../model/endpoint";
import type { TrafficPolicy } from "../model/service";
import { type BalancerHop, nodeTargets } from "./balancer-hop";
import type { Destination, Flow, Network, Source } from "./flow";
import { type Choice, journey, type Step } from "./journey";

// Three nodes of which VM2 fails the balancer's check, one pod on VM1, two on VM3.

const nodes = [
  { name: "VM1", address: "192.0.2.1" },
  { name: "VM2", address: "192.0.2.2" },
  { name: "VM3", address: "192.0.2.3" },
];
const pod = (name: string, nodeName: string, address: string): Endpoint => ({
  pod: name,
  nodeName,
  addresses: [address],
});
const endpoints = [
  pod("pod1", "VM1", "10.244.1.5"),
  pod("pod2", "VM3", "10.244.3.5"),
  pod("pod3", "VM3", "10.244.3.6"),
];
const client: Source = { kind: "external", address: "203.0.113.9", enters: "VM1" };
const address: Destination = { kind: "loadBalancer", ingress: { ip: "198.51.100.7", ipMode: "VIP" } };
const hostname: Destination = { kind: "loadBalancer", ingress: { hostname: "balancer.example.net" } };
const iptables: Network = { dataplane: "iptables", localDetector: "nodeCIDR" };

const flow = (
  policy: TrafficPolicy,
  source: Source = client,
  destination: Destination = address,
  network = iptables,
): Flow => ({
  source,
  destination,
  endpoints,
  nodes,
  network,
  service: {
    traffic: { externalTrafficPolicy: policy, internalTrafficPolicy: "Cluster", externallyReachable: true },
    loadBalancerSourceRanges: [],
    sessionAffinity: "None",
  },
});
const balancer = (policy: TrafficPolicy, change: Partial<BalancerHop> = {}): BalancerHop => ({
  name: "LB",
  address: "198.51.100.7",
  targets: nodeTargets(policy, endpoints, nodes, { VM2: "failed the check" }),
  failsOpen: false,
  sendsTo: "nodePort",
  comesFrom: "client",
  answersPass: true,
  ...change,
});

function told(step: Step): string {
  switch (step.kind) {
    case "opens":
      return `${step.source.kind} opens to ${step.destination.kind}`;
    case "chooses":
      return `${step.balancer} chooses ${step.node} of ${step.targets
        .filter(({ healthy }) => healthy)
        .map(({ node }) => node)
        .join(", ")}`;
    case "noTarget":
      return `${step.balancer} has no target`;
    case "enters":
      return `enters ${step.node} from ${step.from}`;
    case "translates":
      return `${step.node} chooses ${step.endpoint.pod} of ${step.among.map((one) => one.pod).join(", ")}${step.masqueraded ? ", masqueraded" : ""} (${step.because})`;
    case "crosses":
      return `${step.way}: ${step.from} to ${step.to}`;
    case "arrives":
      return `${step.endpoint.pod} sees ${step.sees.kind === "node" ? step.sees.node : step.sees.address}`;
    case "restores":
      return `${step.node} restores`;
    case "returns":
      return `returns to ${step.to.kind} by ${step.by}`;
    case "lost":
      return `lost on the way to ${step.to.kind}`;
    case "ends":
      return `${step.verdict} at ${step.node} (${step.because})`;
    case "leaves":
      return `leaves ${step.node} (${step.because})`;
  }
}
const steps = (asked: Flow, hop?: BalancerHop, choice?: Choice) =>
  journey(asked, hop, choice).steps.map(told);

test("under Cluster: in at VM1, over to VM3, and back through VM1", () => {
  expect(steps(flow("Cluster"), balancer("Cluster"), { node: "VM1", endpoint: "10.244.3.5" })).toEqual([
    "external opens to loadBalancer",
    "LB chooses VM1 of VM1, VM3",
    "enters VM1 from 203.0.113.9",
    "VM1 chooses pod2 of pod1, pod2, pod3, masqueraded (policy)",
    "there: VM1 to VM3",
    "pod2 sees VM1",
    "back: VM3 to VM1",
    "VM1 restores",
    "returns to external by balancer",
  ]);
});

test("under Local: in at VM3, one of its two pods, which sees the client", () => {
  expect(steps(flow("Local"), balancer("Local"), { node: "VM3" })).toEqual([
    "external opens to loadBalancer",
    "LB chooses VM3 of VM1, VM3",
    "enters VM3 from 203.0.113.9",
    "VM3 chooses pod2 of pod2, pod3 (policy)",
    "pod2 sees 203.0.113.9",
    "VM3 restores",
    "returns to external by balancer",
  ]);
});

test("a balancer that keeps the packet's address is not on the way back", () => {
  const announced = balancer("Local", { sendsTo: "loadBalancerAddress", answersPass: false });
  expect(steps(flow("Local"), announced).at(-1)).toBe("returns to external by directly");
});

test("a balancer that talks from its own address hides the client under Local too", () => {
  const proxying = balancer("Local", { comesFrom: "balancer", answersPass: false });
  expect(steps(flow("Local"), proxying, { node: "VM3" }).slice(-3)).toEqual([
    "pod2 sees 198.51.100.7",
    "VM3 restores",
    "returns to external by balancer",
  ]);
});

test("the choice told without a wish shows the extra hop if there can be one", () => {
  expect(steps(flow("Cluster"), balancer("Cluster"))).toContain("there: VM1 to VM3");
});

test("under Local VM2 is no target for want of a pod, not only because it fails", () => {
  expect(nodeTargets("Local", endpoints, nodes)).toEqual([
    { node: "VM1", healthy: true, why: "1 ready endpoint" },
    { node: "VM2", healthy: false, why: "0 ready endpoints" },
    { node: "VM3", healthy: true, why: "2 ready endpoints" },
  ]);
});

test("no target passes: the connection goes nowhere, or, where the balancer fails open, to a node that drops it", () => {
  const targets = nodes.map(({ name }) => ({ node: name, healthy: false, why: "failed the check" }));
  expect(steps(flow("Local"), balancer("Local", { targets }))).toEqual([
    "external opens to loadBalancer",
    "LB has no target",
  ]);
  expect(steps(flow("Local"), balancer("Local", { targets, failsOpen: true }), { node: "VM2" }).at(-1)).toBe(
    "drop at VM2 (noLocalEndpoints)",
  );
});

test("a pod never leaves for an address that kube-proxy owns", () => {
  const source: Source = { kind: "pod", node: "VM2", address: "10.244.2.9" };
  expect(steps(flow("Local", source), balancer("Local"))).toEqual([
    "pod opens to loadBalancer",
    "VM2 chooses pod1 of pod1, pod2, pod3 (shortCircuit)",
    "there: VM2 to VM1",
    "pod1 sees 10.244.2.9",
    "back: VM1 to VM2",
    "VM2 restores",
    "returns to pod by directly",
  ]);
});

test("a pod leaves for a hostname and comes back in through the balancer with its node's address", () => {
  const source: Source = { kind: "pod", node: "VM2", address: "10.244.2.9" };
  const told = journey(flow("Local", source, hostname), balancer("Local"), { node: "VM3" });
  expect(told.assumption).toBe("the packet leaves with the address of its node");
  expect(steps(flow("Local", source, hostname), balancer("Local"), { node: "VM3" })).toEqual([
    "pod opens to loadBalancer",
    "leaves VM2 (notOwned)",
    "LB chooses VM3 of VM1, VM3",
    "enters VM3 from 192.0.2.2",
    "VM3 chooses pod2 of pod2, pod3 (policy)",
    "pod2 sees 192.0.2.2",
    "VM3 restores",
    "returns to pod by balancer",
  ]);
  expect(steps(flow("Local", source, hostname))).toEqual([
    "pod opens to loadBalancer",
    "leaves VM2 (notOwned)",
  ]);
});

test("another node's port: there and back over both nodes", () => {
  const source: Source = { kind: "pod", node: "VM2", address: "10.244.2.9" };
  const asked = flow("Cluster", source, { kind: "nodePort", node: "VM1" });
  expect(steps(asked, undefined, { endpoint: "10.244.3.6" })).toEqual([
    "pod opens to nodePort",
    "there: VM2 to VM1",
    "VM1 chooses pod3 of pod1, pod2, pod3, masqueraded (policy)",
    "there: VM1 to VM3",
    "pod3 sees VM1",
    "back: VM3 to VM1",
    "VM1 restores",
    "back: VM1 to VM2",
    "returns to pod by directly",
  ]);
});

test("an answer that passes the translating node by is lost", () => {
  const source: Source = { kind: "pod", node: "VM2", address: "10.244.2.9" };
  const wide: Network = { dataplane: "iptables", localDetector: "clusterCIDR" };
  const asked = flow("Local", source, { kind: "nodePort", node: "VM1" }, wide);
  expect(steps(asked, undefined, { endpoint: "10.244.3.5" }).at(-1)).toBe("lost on the way to pod");
  expect(steps(asked, undefined, { endpoint: "10.244.1.5" }).at(-1)).toBe("returns to pod by directly");
});

test("a choice that cannot be is refused with those that can", () => {
  expect(() => journey(flow("Local"), balancer("Local"), { node: "VM2" })).toThrow(
    "choice.node: VM2; wanted one that LB may choose: VM1, VM3",
  );
  expect(() => journey(flow("Local"), balancer("Local"), { node: "VM3", endpoint: "10.244.1.5" })).toThrow(
    "choice.endpoint: 10.244.1.5; wanted one that the connection may be given to: 10.244.3.5, 10.244.3.6",
  );
});
