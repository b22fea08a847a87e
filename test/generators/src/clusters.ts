import {
  HOSTNAME_LABEL,
  LEGACY_ZONE_LABEL,
  REGION_LABEL,
  ZONE_LABEL,
  type Node,
  type NodeImage,
  type Taint,
} from "@evenkeel/core";
import fc from "fast-check";
import { maybe } from "./endpoints";

const GIB = 2 ** 30;

/** The entries that have a value. */
export function given<T>(entries: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

/** Labels that selectors, affinities and constraints are drawn over as well: few, so that they meet. */
export const NODE_LABEL_VALUES = {
  [ZONE_LABEL]: ["za", "zb", "zc", ""],
  disk: ["ssd", "hdd"],
  generation: ["1", "3", "10", "old"],
  rack: ["r1", "r2"],
} as const;

export const TAINT_KEYS = ["dedicated", "spot", "node.kubernetes.io/unschedulable"] as const;
export const TAINT_VALUES = ["batch", ""] as const;
export const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
export const IMAGES = ["registry:5000/web", "db:1.2", "tool@sha256:0123"] as const;

export const taint: fc.Arbitrary<Taint> = fc.record({
  key: fc.constantFrom(...TAINT_KEYS),
  value: fc.constantFrom(...TAINT_VALUES),
  effect: fc.constantFrom(...TAINT_EFFECTS),
});

/** Sizes around the thresholds of image locality: 23 MiB, 1000 MiB a container. */
const image: fc.Arbitrary<NodeImage> = fc.record({
  names: fc
    .constantFrom(...IMAGES)
    .map((name) => [name.includes(":", name.indexOf("/")) ? name : `${name}:latest`]),
  sizeBytes: fc.oneof(
    fc.integer({ min: 0, max: 3_000_000_000 }),
    fc.constantFrom(23 * 2 ** 20, 23 * 2 ** 20 + 1, 1000 * 2 ** 20, 5 * GIB),
  ),
});

/** CPU in millicores and memory in bytes: common sizes, odd ones, none at all, and more bytes than 2^53 / 100. */
const cpu = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(2000, 4000, 3920) },
  { weight: 2, arbitrary: fc.integer({ min: 100, max: 9000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 300) },
);
const memory = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(4 * GIB, 16 * GIB, 16_374_444_032) },
  { weight: 2, arbitrary: fc.integer({ min: 2 ** 28, max: 2 ** 36 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2 ** 28, 1_000_000_000_000_007) },
);

const allocatable = fc
  .record({
    cpu,
    memory,
    pods: fc.oneof(
      { weight: 6, arbitrary: fc.constant(110) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 }) },
    ),
    "ephemeral-storage": fc.constantFrom(0, 10 * GIB, 100 * GIB),
    "example.com/gpu": fc.constantFrom(undefined, 0, 1, 4),
    "hugepages-2Mi": fc.constantFrom(undefined, 0, 2 ** 22),
  })
  .map(given);

const labels = fc.record({
  [ZONE_LABEL]: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("za", "zb", "zc") },
    { weight: 1, arbitrary: fc.constantFrom("", undefined) },
  ),
  [REGION_LABEL]: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom("ra", "rb") },
  ),
  [LEGACY_ZONE_LABEL]: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom("za", "zl") },
  ),
  disk: maybe(fc.constantFrom(...NODE_LABEL_VALUES.disk)),
  generation: maybe(fc.constantFrom(...NODE_LABEL_VALUES.generation)),
  rack: maybe(fc.constantFrom(...NODE_LABEL_VALUES.rack)),
  // Nodes have one and only one host name, unless somebody meddled.
  hostname: fc.oneof(
    { weight: 12, arbitrary: fc.constant("own" as const) },
    { weight: 1, arbitrary: fc.constantFrom("none" as const, "shared" as const) },
  ),
});

/** Everything of a node but its name. */
type NodeShape = Omit<Node, "name" | "labels"> & {
  readonly places: Readonly<Record<string, string | undefined>>;
  readonly hostname: "own" | "none" | "shared";
};

const shape: fc.Arbitrary<NodeShape> = fc
  .record({
    places: labels,
    taints: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.uniqueArray(taint, { maxLength: 2, selector: ({ key, effect }) => `${key}${effect}` }),
      },
    ),
    unschedulable: fc.oneof(
      { weight: 12, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    allocatable,
    images: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(image, { maxLength: 3 }) },
    ),
  })
  .map(({ places: { hostname, ...places }, ...rest }) => ({ ...rest, places, hostname }));

/** Nodes that are all alike but for their zones: where spreading and ties decide. */
const evenShapes: fc.Arbitrary<readonly NodeShape[]> = fc
  .record({
    allocatable: fc.constant({ cpu: 4000, memory: 16 * GIB, pods: 110 }),
    zones: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ allocatable: amounts, zones }) =>
    ["za", "zb", "zc"].slice(0, zones).map((zone): NodeShape => ({
      places: { [ZONE_LABEL]: zone },
      hostname: "own",
      taints: [],
      unschedulable: false,
      allocatable: amounts,
    })),
  );

function named({ places, hostname, ...rest }: NodeShape, index: number): Node {
  const name = `n${index + 1}`;
  const host = { own: name, none: undefined, shared: "shared" }[hostname];
  return { name, labels: given({ ...places, [HOSTNAME_LABEL]: host }), ...rest };
}

/** `count` nodes that take their shapes in turn. */
function inTurn(shapes: readonly NodeShape[], count: number): readonly Node[] {
  return Array.from({ length: count }, (_, index) => named(shapes[index % shapes.length]!, index));
}

/** A handful of nodes, every one different or all alike. */
export const fewNodes: fc.Arbitrary<readonly Node[]> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(shape, { minLength: 1, maxLength: 9 }).map((shapes) => shapes.map(named)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(evenShapes, fc.integer({ min: 1, max: 12 }))
      .map(([shapes, count]) => inTurn(shapes, count)),
  },
);

/** So many nodes that the scheduler looks only at a sample. */
export const manyNodes: fc.Arbitrary<readonly Node[]> = fc
  .tuple(
    fc.oneof(evenShapes, fc.array(shape, { minLength: 1, maxLength: 5 })),
    fc.integer({ min: 98, max: 260 }),
  )
  .map(([shapes, count]) => inTurn(shapes, count));
