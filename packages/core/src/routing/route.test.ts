import fc from "fast-check";
import type { Endpoint } from "../model/endpoint";
import type { TrafficPolicy } from "../model/service";
import type { Destination, Flow, FlowNode, Network, Route, Source } from "./flow";
import { LOCAL_DETECTORS } from "./flow";
import { route } from "./route";

// Two nodes, one endpoint on each; a third node without one. What the rows say follows k/k pkg/proxy/iptables and nftables
// TestInternalExternalMasquerade; test/oracle holds the same function against the rules that kube-proxy writes, test/cluster
// against real packets.

const nodes: FlowNode[] = [
  { name: "a", zone: "za", address: "192.0.2.1" },
  { name: "b", zone: "zb", address: "192.0.2.2" },
  { name: "c", zone: "zc", address: "192.0.2.3" },
];
const onA: Endpoint = { addresses: ["10.244.1.5"], nodeName: "a" };
const onB: Endpoint = { addresses: ["10.244.2.5"], nodeName: "b" };
const dead = (endpoint: Endpoint): Endpoint => ({ ...endpoint, ready: false, serving: false });

const podOf = (node: string): Source => ({
  kind: "pod",
  node,
  address: `10.244.${nodes.findIndex(({ name }) => name === node) + 1}.9`,
});
const hostOf = (node: string): Source => ({ kind: "hostNetwork", node });
const localhostOf = (node: string): Source => ({ kind: "localhost", node });
const client = (enters: string): Source => ({ kind: "external", address: "203.0.113.9", enters });
const clusterIP: Destination = { kind: "clusterIP" };
const nodePort = (node: string): Destination => ({ kind: "nodePort", node });
const vip: Destination = { kind: "loadBalancer", ingress: { ip: "198.51.100.7" } };
const externalIP: Destination = { kind: "externalIP", address: "198.51.100.99" };

const iptables: Network = { dataplane: "iptables", localDetector: "nodeCIDR" };
const nftables: Network = { ...iptables, dataplane: "nftables" };
const ipvs: Network = { ...iptables, dataplane: "ipvs" };

interface Setting {
  readonly external?: TrafficPolicy;
  readonly internal?: TrafficPolicy;
  readonly ranges?: readonly string[];
  readonly endpoints?: readonly Endpoint[];
  readonly network?: Network;
  readonly sticky?: boolean;
}

function flow(source: Source, destination: Destination, setting: Setting = {}): Flow {
  const {
    external = "Cluster",
    internal = "Cluster",
    ranges = [],
    endpoints = [onA, onB],
    network = iptables,
  } = setting;
  return {
    source,
    destination,
    endpoints,
    nodes,
    network,
    service: {
      traffic: {
        externalTrafficPolicy: external,
        internalTrafficPolicy: internal,
        externallyReachable: true,
      },
      loadBalancerSourceRanges: ranges,
      sessionAffinity: setting.sticky ? "ClientIP" : "None",
    },
  };
}

/** `at a: a b masqueraded`; an endpoint whose reply is lost stands in brackets. */
function told(outcome: Route): string {
  if (outcome.verdict === "leaves") return `leaves ${outcome.from} (${outcome.because})`;
  if (outcome.verdict !== "deliver") return `${outcome.verdict} at ${outcome.at} (${outcome.because})`;
  const names = outcome.to.map(({ endpoint, answered }) =>
    answered ? endpoint.nodeName : `[${endpoint.nodeName}]`,
  );
  const how = outcome.to.some(({ masqueraded }) => masqueraded) ? "masqueraded" : "kept";
  return `at ${outcome.at}: ${names.join(" ")} ${how}`;
}
const ask = (source: Source, destination: Destination, setting?: Setting) =>
  told(route(flow(source, destination, setting)));

type Row = [
  name: string,
  source: Source,
  destination: Destination,
  cluster: string,
  external: string,
  internal: string,
];
const both = (at: string) => `at ${at}: a b`;
const table: Row[] = [
  // name, source, destination, Cluster/Cluster, external Local, internal Local
  ["pod to cluster IP", podOf("a"), clusterIP, `${both("a")} kept`, `${both("a")} kept`, "at a: a kept"],
  [
    "pod to its node's port",
    podOf("a"),
    nodePort("a"),
    `${both("a")} masqueraded`,
    `${both("a")} kept`,
    `${both("a")} masqueraded`,
  ],
  [
    "pod to load balancer",
    podOf("a"),
    vip,
    `${both("a")} masqueraded`,
    `${both("a")} kept`,
    `${both("a")} masqueraded`,
  ],
  [
    "pod to external IP",
    podOf("a"),
    externalIP,
    `${both("a")} masqueraded`,
    `${both("a")} kept`,
    `${both("a")} masqueraded`,
  ],
  [
    "node to cluster IP",
    hostOf("a"),
    clusterIP,
    `${both("a")} masqueraded`,
    `${both("a")} masqueraded`,
    "at a: a masqueraded",
  ],
  [
    "node to its port",
    hostOf("a"),
    nodePort("a"),
    `${both("a")} masqueraded`,
    `${both("a")} masqueraded`,
    `${both("a")} masqueraded`,
  ],
  [
    "node to load balancer",
    hostOf("a"),
    vip,
    `${both("a")} masqueraded`,
    `${both("a")} masqueraded`,
    `${both("a")} masqueraded`,
  ],
  [
    "client to cluster IP by a static route",
    client("a"),
    clusterIP,
    `${both("a")} masqueraded`,
    `${both("a")} masqueraded`,
    "at a: a masqueraded",
  ],
  [
    "client to node port",
    client("a"),
    nodePort("a"),
    `${both("a")} masqueraded`,
    "at a: a kept",
    `${both("a")} masqueraded`,
  ],
  [
    "client to load balancer",
    client("a"),
    vip,
    `${both("a")} masqueraded`,
    "at a: a kept",
    `${both("a")} masqueraded`,
  ],
  [
    "client to external IP",
    client("a"),
    externalIP,
    `${both("a")} masqueraded`,
    "at a: a kept",
    `${both("a")} masqueraded`,
  ],
];

describe.each([iptables, nftables])("$dataplane", (network) => {
  test.each(table)("%s", (_, source, destination, cluster, external, internal) => {
    expect(ask(source, destination, { network })).toBe(cluster);
    expect(ask(source, destination, { network, external: "Local" })).toBe(external);
    expect(ask(source, destination, { network, internal: "Local" })).toBe(internal);
  });

  describe("on a node without endpoint, under Local", () => {
    const setting: Setting = { network, external: "Local", internal: "Local" };
    test.each<[string, Source, Destination, string]>([
      ["client to node port is dropped", client("c"), nodePort("c"), "drop at c (noLocalEndpoints)"],
      ["client to load balancer is dropped", client("c"), vip, "drop at c (noLocalEndpoints)"],
      ["pod to cluster IP is dropped", podOf("c"), clusterIP, "drop at c (noLocalEndpoints)"],
      ["pod to load balancer still reaches both, address kept", podOf("c"), vip, "at c: a b kept"],
      ["pod to external IP still reaches both", podOf("c"), externalIP, "at c: a b kept"],
      ["node to load balancer still reaches both", hostOf("c"), vip, "at c: a b masqueraded"],
      [
        "pod of another node to this node's port is dropped",
        podOf("a"),
        nodePort("c"),
        "drop at c (noLocalEndpoints)",
      ],
      [
        "another node to this node's port is dropped",
        hostOf("a"),
        nodePort("c"),
        "drop at c (noLocalEndpoints)",
      ],
    ])("%s", (_, source, destination, want) => {
      expect(ask(source, destination, setting)).toBe(want);
    });
  });

  test("another node's port under Local gives that node's endpoint, and it sees the pod", () => {
    expect(ask(podOf("a"), nodePort("b"), { network, external: "Local" })).toBe("at b: b kept");
    const outcome = route(flow(podOf("a"), nodePort("b"), { network, external: "Local" }));
    expect(outcome).toMatchObject({ to: [{ sees: { kind: "client", address: "10.244.1.9" } }] });
  });

  test("a pod network that hides pods from nodes shows the pod's node instead", () => {
    const outcome = route(
      flow(podOf("a"), nodePort("b"), {
        network: { ...network, hidesPodsFromNodes: true },
        external: "Local",
      }),
    );
    expect(outcome).toMatchObject({ to: [{ sees: { kind: "client", address: "192.0.2.1" } }] });
  });

  test("detection by cluster CIDR takes another node's pod for a local one: replies from elsewhere are lost", () => {
    const wide: Network = { ...network, localDetector: "clusterCIDR" };
    expect(ask(podOf("a"), nodePort("b"), { network: wide, external: "Local" })).toBe("at b: [a] b kept");
    expect(ask(podOf("a"), nodePort("c"), { network: wide, external: "Local" })).toBe("at c: [a] [b] kept");
    expect(
      ask(podOf("a"), nodePort("c"), { network: { ...wide, hidesPodsFromNodes: true }, external: "Local" }),
    ).toBe("drop at c (noLocalEndpoints)");
  });

  test("without a detector nothing is masqueraded to the cluster IP, and pods are not spared", () => {
    const blind: Setting = { network: { ...network, localDetector: "none" } };
    expect(ask(hostOf("a"), clusterIP, blind)).toBe("at a: a b kept");
    expect(ask(client("a"), clusterIP, blind)).toBe("at a: a [b] kept");
    expect(ask(podOf("a"), vip, { ...blind, external: "Local" })).toBe("at a: a kept");
    expect(ask(podOf("c"), vip, { ...blind, external: "Local" })).toBe("drop at c (noLocalEndpoints)");
    expect(ask(hostOf("c"), vip, { ...blind, external: "Local" })).toBe("at c: a b masqueraded");
  });

  test("--masquerade-all masquerades the pod's way to the cluster IP and nothing more", () => {
    const all: Setting = { network: { ...network, masqueradeAll: true } };
    expect(ask(podOf("a"), clusterIP, all)).toBe("at a: a b masqueraded");
    expect(ask(podOf("a"), vip, { ...all, external: "Local" })).toBe("at a: a b kept");
  });

  test("source ranges stand before the short circuit, and never before node ports, external or cluster IPs", () => {
    const closed: Setting = { network, external: "Local", ranges: ["203.0.113.0/24", "2001:db8::/32"] };
    expect(ask(client("a"), vip, closed)).toBe("at a: a kept");
    expect(ask(podOf("a"), vip, closed)).toBe("drop at a (sourceRanges)");
    expect(ask(hostOf("a"), vip, closed)).toBe("drop at a (sourceRanges)");
    expect(ask(podOf("a"), vip, { ...closed, ranges: [" 10.244.0.0/16 "] })).toBe("at a: a b kept");
    expect(ask(hostOf("a"), vip, { ...closed, ranges: ["192.0.2.0/30"] })).toBe("at a: a b masqueraded");
    for (const open of [nodePort("a"), externalIP, clusterIP])
      expect(ask(podOf("a"), open, closed)).toBe("at a: a b kept");
  });

  test("a range of length 0, or of the other family alone, closes nothing", () => {
    for (const ranges of [["10.0.0.0/8", "0.0.0.0/0"], ["2001:db8::/32"], []])
      expect(ask(client("a"), vip, { network, ranges })).toBe("at a: a b masqueraded");
  });

  test.each<[string, Destination]>([
    ["a hostname", { kind: "loadBalancer", ingress: { hostname: "balancer.example.net" } }],
    ["an address in Proxy mode", { kind: "loadBalancer", ingress: { ip: "198.51.100.7", ipMode: "Proxy" } }],
  ])("%s is not kube-proxy's: the packet leaves towards the load balancer", (_, destination) => {
    for (const external of ["Cluster", "Local"] as const) {
      expect(ask(podOf("a"), destination, { network, external })).toBe("leaves a (notOwned)");
      expect(ask(hostOf("a"), destination, { network, external })).toBe("leaves a (notOwned)");
    }
  });

  test("without an endpoint anywhere everything is refused at once, whatever the policy", () => {
    const endpoints = [dead(onA), dead(onB)];
    for (const external of ["Cluster", "Local"] as const)
      for (const destination of [clusterIP, nodePort("a"), vip, externalIP])
        for (const source of [podOf("a"), client("a")])
          expect(ask(source, destination, { network, external, endpoints })).toBe(
            "reject at a (noEndpoints)",
          );
  });

  test("terminating endpoints still serve under Local", () => {
    const endpoints = [{ ...onA, ready: false, serving: true, terminating: true }, onB];
    expect(ask(client("a"), vip, { network, external: "Local", endpoints })).toBe("at a: a kept");
    expect(ask(client("a"), vip, { network, endpoints })).toBe("at a: b masqueraded");
  });

  test("a pod that is given its own endpoint is masqueraded there and only there", () => {
    const self: Source = { kind: "pod", node: "a", address: "10.244.1.5" };
    const outcome = route(flow(self, clusterIP, { network }));
    expect(outcome).toMatchObject({
      to: [
        { masqueraded: true, sees: { kind: "node", node: "a" } },
        { masqueraded: false, sees: { kind: "client", address: "10.244.1.5" } },
      ],
    });
  });

  test("session affinity goes by the address that arrives", () => {
    expect(route(flow(client("a"), vip, { network, sticky: true }))).toMatchObject({
      sticksTo: "203.0.113.9",
    });
    expect(route(flow(hostOf("a"), vip, { network, sticky: true }))).toMatchObject({ sticksTo: "192.0.2.1" });
    expect(route(flow(client("a"), vip, { network }))).not.toHaveProperty("sticksTo");
  });
});

describe("where the data planes differ", () => {
  test("127.0.0.1 has node ports in iptables mode, unless switched off, and none in nftables mode", () => {
    const asked = (network: Network) => ask(localhostOf("a"), nodePort("a"), { network, external: "Local" });
    expect(asked(iptables)).toBe("at a: a b masqueraded");
    expect(asked({ ...iptables, localhostNodePorts: false })).toBe("reject at a (noLocalhostNodePorts)");
    expect(asked(nftables)).toBe("reject at a (noLocalhostNodePorts)");
  });
  test("where 127.0.0.1 has none, iptables mode still drops what Local has nothing for", () => {
    const asked = (network: Network) => ask(localhostOf("c"), nodePort("c"), { network, external: "Local" });
    expect(asked({ ...iptables, localhostNodePorts: false })).toBe("drop at c (noLocalEndpoints)");
    expect(asked(nftables)).toBe("reject at c (noLocalhostNodePorts)");
  });
  test("::1 never has", () => {
    const six = nodes.map((node) => ({ ...node, address: "2001:db8::1" }));
    expect(told(route({ ...flow(localhostOf("a"), nodePort("a")), nodes: six }))).toBe(
      "reject at a (noLocalhostNodePorts)",
    );
  });
  test("without endpoints nftables checks source ranges first, iptables does not check them", () => {
    const setting: Setting = { ranges: ["192.0.2.0/30"], endpoints: [] };
    expect(ask(client("a"), vip, { ...setting, network: nftables })).toBe("drop at a (sourceRanges)");
    expect(ask(client("a"), vip, { ...setting, network: iptables })).toBe("reject at a (noEndpoints)");
  });
  test("without endpoints iptables lets the node's own packets to foreign addresses leave", () => {
    for (const destination of [vip, externalIP]) {
      expect(ask(hostOf("a"), destination, { endpoints: [] })).toBe("leaves a (noEndpoints)");
      expect(ask(hostOf("a"), destination, { endpoints: [], network: nftables })).toBe(
        "reject at a (noEndpoints)",
      );
    }
    expect(ask(hostOf("a"), nodePort("a"), { endpoints: [] })).toBe("reject at a (noEndpoints)");
  });
});

describe("ipvs, modelled", () => {
  const local: Setting = { network: ipvs, external: "Local" };
  test("external Local is the node's endpoint for everybody, or else the whole cluster", () => {
    expect(ask(podOf("a"), vip, local)).toBe("at a: a kept");
    expect(ask(podOf("c"), vip, local)).toBe("at c: a b kept");
    expect(ask(client("c"), vip, local)).toBe("at c: [a] [b] kept");
    expect(ask(hostOf("c"), vip, local)).toBe("at c: [a] [b] kept");
    expect(ask(hostOf("c"), nodePort("c"), local)).toBe("at c: a b kept");
  });
  test("internal Local falls back where the Service has external addresses, and refuses where not", () => {
    const flowOf = (externallyReachable: boolean): Flow => {
      const made = flow(podOf("c"), clusterIP, { network: ipvs, internal: "Local" });
      return {
        ...made,
        service: { ...made.service, traffic: { ...made.service.traffic, externallyReachable } },
      };
    };
    expect(told(route(flowOf(true)))).toBe("at c: a b kept");
    expect(told(route(flowOf(false)))).toBe("reject at c (noLocalEndpoints)");
  });
  test("the answer says that it is not proved", () => {
    expect(route(flow(podOf("a"), vip, local)).assumption).toContain("not proved");
    expect(route(flow(podOf("a"), vip)).assumption).toBeUndefined();
    expect(
      route(flow(podOf("a"), vip, { network: { ...iptables, dataplane: "cilium" } })).assumption,
    ).toContain("cilium");
  });
});

test("a node that is not in the flow is refused with its path and the known ones", () => {
  expect(() => route(flow(podOf("z"), clusterIP))).toThrow(
    "source.node: z; wanted one of the nodes of the flow: a, b, c",
  );
  expect(() => route(flow(podOf("a"), nodePort("z")))).toThrow("destination.node: z");
});

test("the internal policy touches the cluster IP alone, the external policy everything else alone", () => {
  const policy = fc.constantFrom<TrafficPolicy>("Cluster", "Local");
  const sources = fc.constantFrom(
    podOf("a"),
    podOf("c"),
    hostOf("a"),
    hostOf("c"),
    localhostOf("a"),
    client("a"),
    client("c"),
  );
  const destinations = fc.constantFrom(clusterIP, nodePort("a"), nodePort("c"), vip, externalIP);
  const networks = fc.record({
    dataplane: fc.constantFrom("iptables" as const, "nftables" as const),
    localDetector: fc.constantFrom(...LOCAL_DETECTORS),
  });
  fc.assert(
    fc.property(
      sources,
      destinations,
      networks,
      policy,
      policy,
      policy,
      (source, destination, network, one, other, kept) => {
        const internal = destination.kind === "clusterIP";
        const first = internal ? { internal: kept, external: one } : { internal: one, external: kept };
        const second = internal ? { internal: kept, external: other } : { internal: other, external: kept };
        expect(route(flow(source, destination, { ...first, network }))).toEqual(
          route(flow(source, destination, { ...second, network })),
        );
      },
    ),
  );
});
