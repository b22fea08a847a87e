import { type Candidate, victimsFirst } from "@evenkeel/core/placement";
import fc from "fast-check";
import { operation } from "../operation";

interface Input {
  readonly now: number;
  readonly pods: readonly Candidate[];
  /** Nodes of active pods of other revisions. */
  readonly others: readonly string[];
}

const NOW = 1_000_000;
const nodes = fc.constantFrom("n1", "n2", "n3");
/** Of every order of magnitude, equal ones among them, and some that lie ahead. */
const second = fc.oneof(
  fc.nat({ max: 20 }).map((power) => NOW - 2 ** power),
  fc.integer({ min: NOW - 5, max: NOW + 2 }),
  fc.integer({ min: 1, max: NOW }),
);

const candidate: fc.Arbitrary<Omit<Candidate, "uid">> = fc
  .record({
    node: fc.option(nodes, { nil: undefined, freq: 8 }),
    phase: fc.constantFrom("Running" as const, "Running" as const, "Pending" as const, "Unknown" as const),
    ready: fc.boolean(),
    deletionCost: fc.constantFrom(0, 0, 0, 5, -1),
    readySince: fc.option(second, { nil: undefined, freq: 10 }),
    created: fc.option(second, { nil: undefined, freq: 10 }),
  })
  .map((pod) => (pod.ready ? pod : { ...pod, readySince: undefined }));

/** The order in which a shrinking ReplicaSet deletes its pods. Upstream: pkg/controller ActivePodsWithRanks. */
export const victims = operation<Input>({
  name: "victims",
  inputs: fc.record({
    now: fc.constant(NOW),
    // Pods that share a time fall to a rule further down, and the whole is then no order: sorting depends on the algorithm.
    pods: fc
      .uniqueArray(candidate, {
        maxLength: 7,
        comparator: (one, other) =>
          one.created === other.created || (one.ready && other.ready && one.readySince === other.readySince),
      })
      .map((list) => list.map((pod, index) => ({ uid: `u${(index * 5) % 7}`, ...pod }))),
    others: fc.array(nodes, { maxLength: 3 }),
  }),
  ours: ({ now, pods, others }) => {
    const all = [...pods.map(({ node }) => node), ...others];
    const together = (node: string | undefined): number => all.filter((other) => other === node).length;
    return victimsFirst(pods, together, now).map(({ uid }) => uid);
  },
});
