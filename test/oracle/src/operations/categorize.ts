import {
  type Endpoint,
  isUnknown,
  LEGACY_ZONE_LABEL,
  type Labels,
  type Node,
  type Service,
  ZONE_LABEL,
} from "@evenkeel/core";
import {
  categorizeEndpoints,
  type IpFamily,
  localReadyEndpoints,
  nodeView,
  serviceTraffic,
} from "@evenkeel/core/routing";
import { endpointLists, PLACES, storedService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { operation } from "../operation";

interface Input {
  readonly service: Service;
  readonly family: IpFamily;
  readonly node: Node;
  readonly endpoints: readonly Endpoint[];
}

/** The node that is asked: one that endpoints are on, or another; with a zone, without, with an empty or a legacy label. */
const asked: fc.Arbitrary<Node> = fc
  .record({
    name: fc.constantFrom(...PLACES.nodes, "n9"),
    labels: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...PLACES.zones).map(labelled) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Labels>({}, labelled(""), labelled("zz"), { [LEGACY_ZONE_LABEL]: "za" }),
      },
    ),
  })
  .map((node) => ({ ...node, taints: [], unschedulable: false, allocatable: {} }));

function labelled(zone: string): Labels {
  return { [ZONE_LABEL]: zone };
}

const inputs: fc.Arbitrary<Input> = fc
  .oneof(
    { weight: 5, arbitrary: fc.constant("IPv4" as const) },
    { weight: 1, arbitrary: fc.constant("IPv6" as const) },
  )
  .chain((family) =>
    fc.record({
      service: storedService,
      family: fc.constant(family),
      node: asked,
      endpoints: endpointLists(family),
    }),
  );

/** Endpoint choice on one node, from the Service as stored. Upstream: pkg/proxy serviceport.go, topology.go. */
export const categorize = operation<Input>({
  name: "categorize",
  inputs,
  ours: ({ service, family, node, endpoints }) => {
    const [port] = service.ports;
    const traffic = port && serviceTraffic(service, port, family);
    if (!traffic || isUnknown(traffic)) throw new Error("generated Services are known and have a port");
    const view = nodeView(node);
    const sets = categorizeEndpoints(endpoints, traffic, view);
    return {
      cluster: addresses(sets.cluster),
      local: addresses(sets.local),
      allReachable: addresses(sets.allReachable),
      hasAny: sets.hasAny,
      localReady: localReadyEndpoints(endpoints, node.name),
    };
  },
});

function addresses(endpoints: readonly Endpoint[]): readonly string[] {
  return endpoints.map(({ addresses: [first = ""] }) => first).sort();
}
