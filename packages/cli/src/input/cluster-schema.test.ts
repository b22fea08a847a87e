import { clusterFromShape, type ClusterShape } from "@evenkeel/adapters";
import Ajv from "ajv";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const schema: object = JSON.parse(readFileSync(join(__dirname, "../../schema/cluster.v1.json"), "utf8"));
const accepts = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

/** What the schema does not say: the order of `min`, `count` and `max`, and the versions that this release of the product supports. */
const BEYOND_SCHEMA =
  /^(nodes\[\d+\]\.(min|count): \d+; wanted (at most max|from min), |kubernetesVersion: .*; wanted a supported version: )/s;

const text = fc.oneof(fc.constantFrom("", "a", "1.36", "4", "m", "16Gi", "-1"), fc.string());
const odd = fc.oneof(
  text,
  fc.double(),
  fc.integer({ min: -2, max: 200 }),
  fc.constantFrom(null, true, [], {}, [1], [""], { a: 1 }),
);
const mostly = <T>(usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });

const digits = fc.stringMatching(/^[0-9]{1,4}$/);
const quantity = fc.oneof(
  fc.stringMatching(/^[+-]?[0-9]{0,3}\.?[0-9]{0,3}([eE][+-]?[0-9]{0,4}|[numkMGTPEi]{0,2})$/),
  fc.double({ min: -1, noNaN: true }),
  fc.constantFrom("500m", "16Gi", 4, "1e3", "15.5Gi"),
);
const version = fc.oneof(
  fc.constantFrom("1.36", "1.30", "v1.34.2-eks-1", "1.29", "2.0", " 1.36 ", 1.36),
  fc
    .tuple(fc.constantFrom("", "v"), digits, digits, fc.constantFrom("", ".1", "+k3s1", "x", "-\n"))
    .map(([v, major, minor, rest]) => `${v}${major}.${minor}${rest}`),
);
const count = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(15_001, 1.5, -1));
const taint = fc.record(
  {
    key: mostly(fc.constantFrom("gpu", "spot")),
    value: mostly(fc.constantFrom("yes", "")),
    effect: mostly(fc.constantFrom("NoSchedule", "PreferNoSchedule", "NoExecute")),
    extra: fc.constant(1),
  },
  { requiredKeys: ["key", "effect"] },
);
const group = fc.record(
  {
    name: mostly(fc.constant("spot")),
    count: mostly(count),
    min: mostly(count),
    max: mostly(count),
    zones: mostly(fc.array(mostly(fc.constantFrom("a", "b")), { maxLength: 3 })),
    cpu: mostly(quantity),
    memory: mostly(quantity),
    pods: mostly(fc.integer({ min: 0, max: 10_001 })),
    load: mostly(fc.double({ min: 0, max: 1.1, noNaN: true })),
    labels: mostly(fc.dictionary(fc.string(), mostly(fc.string()), { maxKeys: 2 })),
    taints: mostly(fc.array(mostly(taint), { maxLength: 2 })),
    zone: fc.constant("a"),
  },
  { requiredKeys: [] },
);
// Keys that are hardly ever right would leave nothing that both accept.
const likely = group.map(({ zone, ...rest }) =>
  zone !== undefined && rest.pods === 7 ? { zone, ...rest } : rest,
);
const shape = fc.record(
  {
    $schema: mostly(fc.constant("./schema.json")),
    kubernetesVersion: mostly(version),
    dataplane: mostly(fc.constantFrom("iptables", "nftables", "other")),
    nodes: mostly(fc.array(mostly(likely), { maxLength: 3 })),
  },
  { requiredKeys: ["nodes"] },
);

test("the schema accepts what the reader accepts, and nothing else but for their order and the supported versions", () => {
  const told = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(fc.oneof(shape, mostly(shape)), (written) => {
      // As it would come from a file.
      const value: unknown = JSON.parse(JSON.stringify(written));
      const { problems } = clusterFromShape(value);
      const others = problems.filter((problem) => !BEYOND_SCHEMA.test(problem));
      const isValid = accepts(value);
      told[isValid ? "accepted" : "refused"] += 1;
      expect([value, others, isValid]).toEqual([value, others, others.length === 0]);
    }),
    { numRuns: 1500 },
  );
  // Neither side is a rare case.
  expect(Math.min(told.accepted, told.refused)).toBeGreaterThan(200);
});

test("as many nodes as there may be", () => {
  for (const [count, wanted] of [
    [15_000, true],
    [15_001, false],
  ] as const) {
    const written = { nodes: [{ count }] };
    expect([accepts(written), clusterFromShape(written).problems.length === 0]).toEqual([wanted, wanted]);
  }
});

test("the example in the schema and the type itself are accepted", () => {
  const { definitions } = JSON.parse(JSON.stringify(schema)) as {
    definitions: { ClusterShape: { examples: unknown[] } };
  };
  for (const example of definitions.ClusterShape.examples) {
    expect(accepts(example)).toBe(true);
    expect(clusterFromShape(example).problems).toEqual([]);
  }
  const typed: ClusterShape = { nodes: [{ count: 3 }, { min: 1, max: 4, zones: ["a"] }] };
  expect(accepts(typed)).toBe(true);
  // @ts-expect-error neither a count nor a range
  const neither: ClusterShape = { nodes: [{ min: 1 }] };
  expect(accepts(neither)).toBe(false);
  expect(clusterFromShape(neither).problems).toHaveLength(1);
});
