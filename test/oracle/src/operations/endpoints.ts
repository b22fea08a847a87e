import {
  type Endpoint,
  type Labels,
  type Node,
  type Pod,
  type Service,
  type TrafficDistribution,
  ZONE_LABEL,
} from "@evenkeel/core";
import {
  DEPRECATED_TOPOLOGY_ANNOTATION,
  effectiveDistribution,
  enablesTopology,
  hintsFor,
  podEndpoints,
  TOPOLOGY_MODE_ANNOTATION,
  topologyAnnotationOf,
} from "@evenkeel/core/routing";
import { maybe, PLACES, storedService } from "@evenkeel/test-generators";
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { operation } from "../operation";
import { told, type ToldHints } from "./told-hints";

interface Input {
  readonly service: Omit<Service, "annotations" | "trafficDistribution" | "publishNotReadyAddresses"> & {
    readonly annotations: Labels;
    readonly trafficDistribution?: TrafficDistribution;
    readonly publishNotReadyAddresses: boolean;
  };
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
}

interface Output {
  readonly endpoints: readonly (Readonly<Record<string, unknown>> & { readonly hints: ToldHints | null })[];
  readonly off?: string;
}

const topologyMode = fc.constantFrom("Auto", "auto", "AUTO", "Disabled", "");
const annotations: fc.Arbitrary<Labels> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  fc.record(
    { [TOPOLOGY_MODE_ANNOTATION]: topologyMode, [DEPRECATED_TOPOLOGY_ANNOTATION]: topologyMode },
    { requiredKeys: [] },
  ),
);

const nodes: fc.Arbitrary<Node[]> = fc.subarray([...PLACES.nodes], { minLength: 2 }).chain((names) =>
  fc
    .array(fc.option(fc.constantFrom(...PLACES.zones), { nil: "", freq: 30 }), {
      minLength: names.length,
      maxLength: names.length,
    })
    .map((zones) =>
      names.map((name, index): Node => ({
        name,
        labels: zones[index] ? { [ZONE_LABEL]: zones[index] } : {},
        taints: [],
        unschedulable: false,
        allocatable: { cpu: 4000 },
      })),
    ),
);

/** Pods in every state, most of them running; on nodes that are there, that are not, and on none yet. */
const pods: fc.Arbitrary<Pod[]> = fc
  .array(
    fc.record({
      nodeName: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...PLACES.nodes) },
        fc.constantFrom("n9", undefined),
      ),
      phase: fc.oneof(
        { weight: 8, arbitrary: fc.constant("Running" as const) },
        fc.constantFrom("Pending" as const, "Succeeded" as const, "Failed" as const, "Unknown" as const),
      ),
      ready: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
      terminating: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
      families: fc.oneof({ weight: 8, arbitrary: fc.constant("4") }, fc.constantFrom("", "6", "46", "64")),
    }),
    { maxLength: 10 },
  )
  .map((made) =>
    made.map(({ nodeName, families, ...state }, index): Pod => ({
      namespace: "shop",
      name: `web-${index}`,
      labels: {},
      podIPs: [...families].map((family) =>
        family === "4" ? `10.244.3.${index + 1}` : `fd00:244::${index + 1}`,
      ),
      spec: { nodeName, containers: [] },
      ...state,
    })),
  );

/** From pods to endpoints with hints. Upstream: k8s.io/endpointslice reconciler.go. */
export const endpoints = operation<Input>({
  name: "endpoints",
  inputs: fc.record({
    service: fc
      .record({
        stored: storedService,
        annotations,
        trafficDistribution: maybe(
          fc.constantFrom("PreferClose" as const, "PreferSameZone" as const, "PreferSameNode" as const),
        ),
        publishNotReadyAddresses: fc.boolean(),
      })
      .map(({ stored, ...spec }) => ({ ...stored, ...spec })),
    pods,
    nodes,
  }),
  ours: ({ service, pods: matched, nodes: all }): Output => {
    const { possible } = effectiveDistribution({ ...service, headless: false, sessionAffinity: "None" });
    const made = podEndpoints(matched, all, service.publishNotReadyAddresses);
    const hinted = hintsFor(possible[0] ?? "none", made, all);
    return { endpoints: toldEndpoints(hinted.endpoints), ...(hinted.off && { off: hinted.off.message }) };
  },
  // Slices hold their endpoints in the order of a Go map, and topology-mode Auto goes by it: which endpoint moves is left to
  // the operation `topoauto`, which keeps the order.
  differs: ({ service }, ours, theirs) => {
    const mode = topologyAnnotationOf(service.annotations)?.value;
    const auto = typeof mode === "string" && enablesTopology(mode);
    const [our, their] = [ours, theirs].map((output) => (auto ? unplaced(output as Output) : output));
    return isDeepStrictEqual(our, their) ? undefined : "the answers are not equal";
  },
});

function toldEndpoints(list: readonly Endpoint[]): Output["endpoints"] {
  const hints = told(list);
  return list
    .map(({ pod = "", addresses, nodeName = "", zone = "", ready, serving, terminating }, index) => ({
      pod,
      addresses,
      nodeName,
      zone,
      ready,
      serving,
      terminating,
      hints: hints[index] ?? null,
    }))
    .sort((a, b) => (a.pod < b.pod ? -1 : 1));
}

/** With the number of zones that an endpoint is hinted for, in place of the zones. */
function unplaced({ endpoints: list, off }: Output): unknown {
  return { list: list.map(({ hints, ...rest }) => ({ ...rest, zones: hints?.forZones.length ?? 0 })), off };
}
