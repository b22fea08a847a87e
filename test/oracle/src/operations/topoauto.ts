import { type Endpoint, type Labels, type Node, ZONE_LABEL } from "@evenkeel/core";
import { autoHints, isReady } from "@evenkeel/core/routing";
import { endpointLists, PLACES } from "@evenkeel/test-generators";
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { operation } from "../operation";
import { told, type ToldHints } from "./told-hints";
import { attainable } from "./transfer-choices";

interface Input {
  readonly nodes: readonly Node[];
  readonly endpoints: readonly Endpoint[];
}

interface Output {
  readonly hints: readonly (ToldHints | null)[];
  readonly off?: string;
}

const ZONES = [...PLACES.zones, "zd"];
const CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
const MASTER = "node-role.kubernetes.io/master";

/** Mostly nodes that count; now and then one that is left out or spoils the whole. */
function nodesIn(zones: readonly string[]): fc.Arbitrary<Node[]> {
  const node = fc.record({
    zone: fc.option(fc.constantFrom(...zones), { nil: undefined, freq: 40 }),
    // Equal sizes give exact ties, odd ones fractions at the thresholds.
    cpu: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(1000, 2000, 4000, 8000) },
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 64_000 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, undefined) },
    ),
    role: fc.oneof(
      { weight: 10, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(CONTROL_PLANE, MASTER) },
    ),
    ready: fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(true, undefined) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
  });
  return fc.array(node, { maxLength: 8 }).map((made) =>
    made.map(({ zone, cpu, role, ready }, index): Node => ({
      name: `n${index + 1}`,
      labels: labelled({ [ZONE_LABEL]: zone, ...(role !== undefined && { [role]: "" }) }),
      taints: [],
      unschedulable: false,
      allocatable: cpu === undefined ? {} : { cpu },
      ready,
    })),
  );
}

/** Many ready endpoints where the nodes are, as shares need them, few elsewhere; or any list at all. */
function endpointsIn(zones: readonly string[]): fc.Arbitrary<Endpoint[]> {
  const endpoint = fc.record({
    zone: fc.oneof(
      { weight: 19, arbitrary: fc.constantFrom(...zones) },
      { weight: 1, arbitrary: fc.constant("zz") },
    ),
    ready: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  });
  const many = fc
    .array(endpoint, { minLength: 2, maxLength: 24, size: "max" })
    .map((made) => made.map((one, index): Endpoint => ({ ...one, addresses: [`10.244.2.${index + 1}`] })));
  const any = endpointLists().map((list) => list.map((one) => ({ ...one, ready: isReady(one) })));
  return fc.oneof({ weight: 4, arbitrary: many }, { weight: 1, arbitrary: any });
}

const inputs: fc.Arbitrary<Input> = fc
  .subarray(ZONES, { minLength: 1 })
  .chain((zones) => fc.record({ nodes: nodesIn(zones), endpoints: endpointsIn(zones) }));

function labelled(values: Readonly<Record<string, string | undefined>>): Labels {
  const labels: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) labels[key] = value;
  return labels;
}

/** Hints of topology-mode Auto. Upstream: k8s.io/endpointslice topologycache. */
export const topoauto = operation<Input>({
  name: "topoauto",
  inputs,
  ours: (input): Output => {
    const { endpoints: hinted, off } = autoHints(input.endpoints, input.nodes);
    return { hints: told(hinted), ...(off && { off: off.message }) };
  },
  // The controller breaks ties by the order of a Go map, at random: both answers must be among those it may give.
  differs: (input, ours, theirs) => {
    if (isDeepStrictEqual(ours, theirs)) return undefined;
    const [our, their] = [ours as Output, theirs as Output];
    if (our.off !== undefined || their.off !== undefined)
      return "one side gives no hints, or for another reason";
    if (!attainable(input, their.hints)) return "no order of the controller's choices gives its answer";
    return attainable(input, our.hints)
      ? undefined
      : "ours is not among the answers that the controller may give";
  },
});
