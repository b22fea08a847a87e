import { webService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { equalNodes, estimate, known } from "../../estimate";
import { isUnknown, type Exposure, type ResourceRecord, type Service } from "../../model";
import { serviceFrontsOn } from "../service-fronts";
import { leadershipOrder } from "./election";
import { contains, readRange, toBytes, toNumber } from "./ranges";
import { parseIP } from "../../api/ip/ip";

const record = (kind: string, name: string, spec: object, labels: object = {}): ResourceRecord => ({
  ref: { kind, name, namespace: "metallb-system" },
  properties: { metadata: { name, labels }, spec },
});

const pool = (addresses: readonly string[], name = "lan") => record("IPAddressPool", name, { addresses });
const layer2 = (spec: object = {}) => record("L2Advertisement", "l2", spec);
const bgp = (spec: object = {}) => record("BGPAdvertisement", "bgp", spec);

function frontsOf(service: Service, objects: readonly ResourceRecord[], services = [service]) {
  const kinds = [...new Set(objects.map(({ ref }) => ref.kind))];
  const byKind = Object.fromEntries(
    kinds.map((kind) => [kind, objects.filter(({ ref }) => ref.kind === kind)]),
  );
  return serviceFrontsOn({ services, nodes: [], workloads: [], objects: byKind, settings: {} })(service);
}

const local = (more: Partial<Service> = {}) =>
  webService({ externalTrafficPolicy: "Local", healthCheckNodePort: 31_000, ...more });

/** Pods on the nodes of a cluster, seen as they are. */
function external(service: Service, objects: readonly ResourceRecord[], pods: readonly number[]) {
  const nodes = equalNodes(pods.length, 1);
  const endpoints = pods.flatMap((count, node) =>
    Array.from({ length: count }, (_, pod) => ({
      addresses: [`198.51.100.${node * 10 + pod}`],
      nodeName: nodes[node]?.name ?? "",
    })),
  );
  const { fronts, missing } = frontsOf(service, objects);
  const exposure: Exposure = {
    service,
    fronts,
    missing,
    workloads: [],
    endpoints: { [service.ports[0]?.name ?? ""]: endpoints },
    cluster: { dataplane: "iptables", nodes, pods: [] },
  };
  const [found] = estimate(exposure);
  if (!found) throw new Error("no estimate");
  return found;
}

// MetalLB `speaker/layer2_controller_test.go` TestSortL2Candidates.
test.each([
  ["10.0.0.1", ["node-b", "node-a", "node-c"]],
  ["10.0.0.2", ["node-b", "node-c", "node-a"]],
])("the election for %s", (address, order) => {
  expect(leadershipOrder(["node-a", "node-b", "node-c"], address)).toEqual(order);
});

test("a preference comes before the hash", () => {
  const order = leadershipOrder(["node-a", "node-b", "node-c"], "10.0.0.1", new Map([["node-c", 1]]));
  expect(order).toEqual(["node-c", "node-b", "node-a"]);
});

test("the prefixes of a range hold exactly its addresses", () => {
  const number = fc.bigInt({ min: toNumber(parseIP("192.0.2.0")!), max: toNumber(parseIP("192.0.2.255")!) });
  const text = (value: bigint): string => toBytes(value).slice(12).join(".");
  fc.assert(
    fc.property(number, number, number, (a, b, asked) => {
      const [first, last] = a < b ? [a, b] : [b, a];
      const read = readRange(`${text(first)}-${text(last)}`);
      const cidrs = "cidrs" in read ? read.cidrs : [];
      expect(contains(cidrs, toBytes(asked))).toBe(first <= asked && asked <= last);
    }),
  );
});

describe("what MetalLB makes of a Service", () => {
  test("nothing without any sign of it", () => {
    expect(frontsOf(webService(), [])).toMatchObject({ fronts: [] });
  });

  test("a front for each port, by the pool that the input has", () => {
    const { fronts } = frontsOf(webService(), [pool(["192.0.2.0/24"]), layer2()]);
    expect(fronts).toMatchObject([
      { balancer: "metallb-l2", controller: { name: "metallb" }, servicePort: 80 },
    ]);
  });

  test("a Service of another class is not its own", () => {
    const other = webService({ loadBalancerClass: "example.com/other" });
    expect(frontsOf(other, [pool(["192.0.2.0/24"]), layer2()]).fronts).toEqual([]);
  });

  test("a pool that does not exist is refused with what there is", () => {
    const asking = webService({ annotations: { "metallb.io/address-pool": "lann" } });
    const { missing } = frontsOf(asking, [pool(["192.0.2.0/24"]), layer2()]);
    expect(missing[0]?.refused).toMatchObject({
      seen: "lann",
      wanted: expect.stringContaining("did you mean"),
    });
  });

  test("an address that a Local Service may not share is refused to the second", () => {
    const share = { "metallb.io/allow-shared-ip": "dns", "metallb.io/loadBalancerIPs": "192.0.2.10" };
    const one = local({ annotations: share, selector: { app: "a" } });
    const other = local({
      ref: { kind: "Service", namespace: "shop", name: "other" },
      annotations: share,
      selector: { app: "b" },
      ports: [{ name: "udp", protocol: "UDP", port: 80, targetPort: 80, nodePort: 30_099 }],
    });
    const objects = [pool(["192.0.2.0/24"]), layer2()];
    expect(frontsOf(one, objects, [one, other]).fronts).toHaveLength(1);
    expect(frontsOf(other, objects, [one, other]).missing[0]?.refused).toMatchObject({
      by: "metallb",
      facts: ["ML1"],
      seen: expect.stringContaining("address also in use by"),
    });
  });

  test.each<[string, readonly ResourceRecord[], string]>([
    ["no pool", [], "metallb-pool-unknown"],
    ["no advertisement", [pool(["192.0.2.0/24"])], "metallb-not-announced"],
    [
      "several pools",
      [pool(["192.0.2.0/25"]), pool(["192.0.2.128/25"], "b"), layer2()],
      "metallb-pool-unknown",
    ],
  ])("with %s, who announces is not known and figures are not either", (_, objects, code) => {
    const service = local({ annotations: { "metallb.io/allow-shared-ip": "x" } });
    const { dropped, shares, unknown, clientAddress } = external(service, objects, [1, 1, 0]);
    expect([isUnknown(dropped), isUnknown(shares), isUnknown(clientAddress)]).toEqual([true, true, true]);
    expect(unknown).toMatchObject([{ code }]);
  });
});

describe("who receives", () => {
  const addressed = [pool(["192.0.2.10/32"]), layer2()];

  test("layer 2 and Local: the pods of the leader alone, by the election among the nodes with a pod", () => {
    const [leader] = leadershipOrder(["node-1", "node-2"], "192.0.2.10");
    const { shares, nodesServing, dropped, hottest, clientAddress } = external(local(), addressed, [1, 2, 0]);
    if (isUnknown(shares)) throw new Error("the shares are known");
    for (const { node, share } of shares) expect(share > 0).toBe(node === leader);
    expect([known(nodesServing)?.worst, isUnknown(dropped) || dropped.worst]).toEqual([1, 0]);
    expect(isUnknown(hottest) || hottest?.worst).toBe(leader === "node-1" ? 3 : 1.5);
    expect(clientAddress).toEqual({ sees: "client", via: "peer" });
  });

  test("layer 2 with an address that is not known: each of the candidates may lead", () => {
    const { hottest, dropped } = external(local(), [pool(["192.0.2.0/24"]), layer2()], [1, 2, 0]);
    // All to one pod, or half of all to each of two: three and one and a half times the fair share.
    expect(hottest).toEqual({ mean: 2.25, p95: 3, worst: 3 });
    expect(dropped).toEqual({ mean: 0, p95: 0, worst: 0 });
  });

  test("layer 2 and Cluster: every pod alike, through one node", () => {
    const { hottest, clientAddress, nodesServing } = external(webService(), addressed, [1, 2, 0]);
    expect(hottest).toMatchObject({ worst: expect.closeTo(1, 9) });
    expect([clientAddress, known(nodesServing)?.worst]).toEqual([{ sees: "node", via: "peer" }, 2]);
  });

  // Usage page of MetalLB: two pods on one node and one on another receive 25, 25 and 50 %.
  test("BGP and Local: each announcing node alike", () => {
    const { shares } = external(local(), [pool(["192.0.2.0/24"]), bgp()], [2, 1, 0]);
    expect(isUnknown(shares) || shares.map(({ share }) => share)).toEqual([0.25, 0.25, 0.5]);
  });

  test("node selectors of the advertisement and of the peers both restrict", () => {
    const only = (name: string) => ({ nodeSelectors: [{ matchLabels: { "kubernetes.io/hostname": name } }] });
    const objects = [pool(["192.0.2.0/24"]), bgp(only("node-1")), record("BGPPeer", "tor", only("node-2"))];
    expect(external(local(), objects, [1, 1, 0]).dropped).toMatchObject({ worst: 1 });
    const there = [pool(["192.0.2.0/24"]), bgp(only("node-1")), record("BGPPeer", "tor", only("node-1"))];
    const { shares } = external(local(), there, [1, 1, 0]);
    expect(isUnknown(shares) || shares.map(({ share }) => share)).toEqual([1, 0]);
  });
});
