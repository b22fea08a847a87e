import { decide, estimate } from "@evenkeel/test-generators";
import { byDefault, given, type Exposure, type Service, type Statement } from "../model";

import { withCandidate } from "./candidate";
import { insideFailure } from "./inside";
import { at, cluster, exposure, front, service } from "./scene.fixture";

// What clients inside the cluster meet at the load balancer's address: K8S facts on kube-proxy's short circuit and source ranges.

const VIP: Partial<Service> = { ingress: [{ ip: "203.0.113.10", ipMode: "VIP" }] };
const addressed = cluster(10).nodes.map((node, index) => ({
  ...node,
  podCIDRs: [`10.1.${index}.0/24`],
  addresses: [{ type: "InternalIP", address: `10.0.0.${index + 1}` }],
}));

/** The code, and the value that tells one case from another. */
function brief({ code, data: { address, outcome, targets } }: Statement): string {
  const value = address ?? outcome ?? targets;
  return typeof value === "string" || typeof value === "number" ? `${code} ${value}` : code;
}

/** The policies that are rejected for clients inside, with what is seen. */
function failing(more: Partial<Exposure>): Readonly<Record<string, string>> {
  const [decision] = decide(exposure(8, 10, more), { requirements: { inClusterClients: true } });
  return Object.fromEntries(
    (decision?.rejected ?? [])
      .filter(({ requirement }) => requirement === "inClusterClients")
      .filter(({ candidate }) => candidate.trafficDistribution === null)
      .map(({ candidate, why }) => [candidate.externalTrafficPolicy, brief(why)]),
  );
}

/** The same where kube-proxy owns the load balancer's address, whatever load balancer that is. */
function failingAtOwnedAddress(more: Partial<Exposure>): Readonly<Record<string, string>> {
  const asked = exposure(8, 10, { ...more, fronts: [] });
  return Object.fromEntries(
    (["Cluster", "Local"] as const).flatMap((externalTrafficPolicy) => {
      const of = withCandidate(asked.service, { externalTrafficPolicy, trafficDistribution: null });
      const [atNodes] = estimate({ ...asked, service: { ...of, type: "NodePort" } }, { trials: 20 });
      if (!atNodes) throw new Error("no estimate");
      const failure = insideFailure({
        exposure: { ...asked, service: of },
        estimate: atNodes,
        rollout: () => "none",
      });
      return failure ? [[externalTrafficPolicy, brief(failure)]] : [];
    }),
  );
}

test.each<[string, Partial<Exposure>, Readonly<Record<string, string>>]>([
  // k/k pkg/proxy/iptables/proxier.go: pods and nodes are spared the policy for addresses that kube-proxy owns.
  ["an address that kube-proxy owns: neither policy fails", { service: { ...service, ...VIP } }, {}],
  [
    "nftables alike",
    { service: { ...service, ...VIP }, cluster: cluster(10, { dataplane: "nftables" }) },
    {},
  ],
  // k/k pkg/proxy/ipvs: the node talks from the balancer's address, and the reply of a remote endpoint is kept by the other node.
  [
    "ipvs under Local leaves processes of a node without an endpoint unanswered",
    { service: { ...service, ...VIP }, cluster: cluster(10, { dataplane: "ipvs" }) },
    { Local: "inside-calls-fail unanswered" },
  ],
  [
    "source ranges that leave the cluster out",
    {
      service: { ...service, ...VIP, loadBalancerSourceRanges: ["198.51.100.0/24"] },
      cluster: cluster(10, { nodes: addressed }),
    },
    { Cluster: "inside-outside-source-ranges 10.0.0.1", Local: "inside-outside-source-ranges 10.0.0.1" },
  ],
  [
    "source ranges with the nodes and without their pods",
    {
      service: { ...service, ...VIP, loadBalancerSourceRanges: ["10.0.0.0/24"] },
      cluster: cluster(10, { nodes: addressed }),
    },
    { Cluster: "inside-outside-source-ranges 10.1.0.0", Local: "inside-outside-source-ranges 10.1.0.0" },
  ],
  [
    "source ranges that hold the cluster",
    {
      service: { ...service, ...VIP, loadBalancerSourceRanges: ["10.0.0.0/15"] },
      cluster: cluster(10, { nodes: addressed }),
    },
    {},
  ],
])("%s", (_name, more, expected) => {
  expect(failingAtOwnedAddress(more)).toEqual(expected);
});

test.each<[string, Partial<Exposure>, Readonly<Record<string, string>>]>([
  // AWS publishes a hostname: calls leave, come back, and time out where caller and target are one.
  [
    "an NLB that keeps the client's address: under either policy some calls come back to their own node",
    {},
    { Cluster: "inside-calls-return 10", Local: "inside-calls-return 8" },
  ],
  ["an NLB that does not keep it", { fronts: [{ ...front, preservesClientAddress: given(false, at) }] }, {}],
  [
    "an NLB before the pods does not by default",
    { fronts: [{ ...front, targets: byDefault("ip", at), preservesClientAddress: byDefault(false, at) }] },
    {},
  ],
  [
    "an owned address with a PROXY header wanted: kube-proxy adds none",
    {
      service: { ...service, ...VIP },
      fronts: [{ ...front, proxyProtocol: byDefault("v2", at) }],
    },
    { Cluster: "inside-without-proxy-header" },
  ],
  [
    "HAProxy before node ports opens connections of its own: calls leave and come back as any other",
    {
      service: { ...service, type: "NodePort" },
      fronts: [
        {
          ...front,
          balancer: "haproxy",
          targets: byDefault("node", at),
          preservesClientAddress: byDefault(false, at),
        },
      ],
    },
    {},
  ],
  [
    "a node port of another node under Local",
    { service: { ...service, type: "NodePort" }, fronts: [] },
    { Local: "inside-calls-fail dropped" },
  ],
])("%s", (_name, more, expected) => {
  expect(failing(more)).toEqual(expected);
});

test("without the requirement nothing is rejected for it", () => {
  const [decision] = decide(exposure(10, 10));
  expect(decision?.rejected).toEqual([]);
});

test("a wish that the Service's annotations state counts", () => {
  const [decision] = decide(exposure(8, 10, { wishes: { inClusterClients: true } }));
  expect(decision?.met).toBe(false);
  expect(decision?.rejected[0]?.why.sentence).toMatch(/come back to it and time out/);
});
