import type { Endpoint, TrafficDistribution } from "@evenkeel/core";
import { isReady, withHints } from "@evenkeel/core/routing";
import { endpointLists } from "@evenkeel/test-generators";
import fc from "fast-check";
import { operation } from "../operation";
import { told } from "./told-hints";

interface Input {
  readonly trafficDistribution?: TrafficDistribution;
  readonly create: readonly Endpoint[];
  readonly update: readonly Endpoint[];
  readonly unchanged: readonly Endpoint[];
}

/** The controller always writes the condition; only slices made by others leave it unset, and those it does not hint. */
const written = endpointLists().map((list) =>
  list.map((endpoint) => ({ ...endpoint, ready: isReady(endpoint) })),
);

const inputs: fc.Arbitrary<Input> = fc.record({
  trafficDistribution: fc.constantFrom(
    "PreferClose" as const,
    "PreferSameZone" as const,
    "PreferSameNode" as const,
    undefined,
  ),
  create: written,
  update: written,
  unchanged: written,
});

/** Hints by `spec.trafficDistribution`. Upstream: k8s.io/endpointslice trafficdist. */
export const hints = operation<Input>({
  name: "hints",
  inputs,
  ours: ({ trafficDistribution, create, update, unchanged }) => {
    const hinted = (endpoints: readonly Endpoint[]) =>
      told(withHints(endpoints, [], { trafficDistribution }).endpoints);
    return { create: hinted(create), update: hinted(update), unchanged: hinted(unchanged) };
  },
});
