import { balancerOf } from "@evenkeel/core/balancers";
import { isUnknown, type Cluster, type Service } from "@evenkeel/core/model";
import { admits, familyOf, FAMILIES, type IpFamily } from "../ask/ranges";
import { webService } from "../examples";
import { notApplicable, ok, undecided, violated } from "../frame/outcome";
import { rule } from "../frame/rule";
import { KUBE_SOURCE_RANGES } from "../references";

export const sourceRangesAdmitClusterClients = rule({
  id: "source-ranges-admit-cluster-clients",
  subject: "exposure",
  severity: "medium",
  level: "mandatory",
  law: "Source ranges (loadBalancerSourceRanges) include the cluster's own pods and nodes if these call the load balancer's address.",
  why: "kube-proxy checks the ranges before it short-circuits in-cluster traffic, so clients in the cluster that are outside of the ranges are dropped",
  fix: "Add the pods' and the nodes' address ranges to loadBalancerSourceRanges, or let the clients use the Service's cluster IP.",
  facts: ["K8S-L6"],
  restsOn: "kube-proxy",
  refs: [KUBE_SOURCE_RANGES],
  *check({ service, fronts, cluster, wishes }) {
    if (!wishes?.inClusterClients) return yield notApplicable("no client inside the cluster is known");
    if (fronts.some((front) => (balancerOf(front)?.publishes(front) ?? "address") !== "address"))
      return yield notApplicable("kube-proxy owns no address of the load balancer");
    const ranges = service.loadBalancerSourceRanges;
    const at = { resource: service.ref, path: "spec.loadBalancerSourceRanges" };
    if (isUnknown(ranges))
      return yield undecided({
        facts: ["K8S-L6"],
        at,
        unknown: ranges,
        how: "set the ranges to plain values",
      });
    if (ranges.length === 0) return yield ok;
    const families = familiesOf(service, ranges);
    if (families.length === 0) return yield ok;
    const inside = ownBlocks(cluster).filter((block) =>
      families.some((family) => familyOf(block) === family),
    );
    if (inside.length === 0) {
      const unknown = {
        unknown: true as const,
        path: `the cluster's pod and node addresses${families.length === 1 ? ` (${families.join()})` : ""}`,
      };
      return yield undecided({ facts: ["K8S-L6"], at, unknown, how: { means: "describeNodes" } });
    }
    const outside = inside.filter((block) => !admits(ranges, block));
    yield outside.length === 0
      ? ok
      : violated({
          facts: ["K8S-L6"],
          at,
          seen: `${ranges.join(", ")}, which does not include all of ${outside.slice(0, 3).join(", ")}`,
          wanted: "ranges that include the pods and nodes",
        });
  },
  examples: () => ({
    bad: [
      {
        name: "clients inside the cluster, and ranges without them",
        objects: [calledFromInside(["198.51.100.0/24"]), node()],
        expect: {
          at: "Service shop/web spec.loadBalancerSourceRanges",
          seen: "198.51.100.0/24, which does not include all of 203.0.113.0/24, 192.0.2.1",
          wanted: "ranges that include the pods and nodes",
          fix: "Add the pods' and the nodes' address ranges to loadBalancerSourceRanges, or let the clients use the Service's cluster IP.",
          level: "mandatory",
        },
      },
      {
        name: "ranges that include only part of the pods' range",
        objects: [calledFromInside(["192.0.2.0/24", "203.0.113.0/26"]), node()],
        expect: {
          at: "Service shop/web spec.loadBalancerSourceRanges",
          seen: "192.0.2.0/24, 203.0.113.0/26, which does not include all of 203.0.113.0/24",
          wanted: "ranges that include the pods and nodes",
        },
      },
    ],
    good: [
      {
        name: "the pods' and nodes' ranges are included",
        objects: [calledFromInside(["198.51.100.0/24", "192.0.2.0/24", "203.0.113.0/24"]), node()],
      },
      {
        name: "an IPv4 Service on nodes that have both families",
        objects: [
          calledFromInside(["192.0.2.0/24", "203.0.113.0/24"]),
          node(["203.0.113.0/24", "2001:db8:0:1::/64"], ["192.0.2.1", "2001:db8::1"]),
        ],
      },
      { name: "no ranges", objects: [calledFromInside([]), node()] },
    ],
  }),
});

/** Families that the load balancer's address may have, and the ranges restrict. */
function familiesOf({ ipFamilies }: Service, ranges: readonly string[]): readonly IpFamily[] {
  const restricted = new Set(ranges.map(familyOf));
  const own = ipFamilies !== undefined && !isUnknown(ipFamilies) ? ipFamilies : FAMILIES;
  return FAMILIES.filter((family) => own.includes(family) && restricted.has(family));
}

/** The pods' ranges and the nodes' internal addresses. */
function ownBlocks({ nodes }: Cluster): readonly string[] {
  return nodes.flatMap(({ podCIDRs = [], addresses = [] }) => [
    ...podCIDRs,
    ...addresses.filter(({ type }) => type === "InternalIP").map(({ address }) => address),
  ]);
}

function calledFromInside(ranges: readonly string[]) {
  return webService({ loadBalancerSourceRanges: ranges }, { "evenkeel.io/in-cluster-clients": "true" });
}

function node(podCIDRs = ["203.0.113.0/24"], internal = ["192.0.2.1"]) {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "n1" },
    spec: { podCIDRs },
    status: {
      allocatable: { cpu: "4", memory: "16Gi", pods: "110" },
      addresses: internal.map((address) => ({ type: "InternalIP", address })),
    },
  };
}
