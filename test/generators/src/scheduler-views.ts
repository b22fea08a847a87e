import type { Labels, Node, Pod, PodSpec } from "@evenkeel/core";
import type { Namespace, PodOwner, SchedulerView } from "@evenkeel/core/placement";
import fc from "fast-check";
import { fewNodes, manyNodes } from "./clusters";
import { mostly } from "./mostly";
import { NAMESPACES } from "./pod-selectors";
import { OWNERS, podKinds, settledPods, type PodKind } from "./workloads";

/** A cluster and the pods that wait for a node in it. */
export interface PlacementCase extends SchedulerView {
  readonly services: NonNullable<SchedulerView["services"]>;
  readonly owners: readonly PodOwner[];
  readonly namespaces: readonly Namespace[];
  readonly pending: readonly Pod[];
}

const service = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  selector: fc.constantFrom<(Labels | undefined)[]>(
    { app: "web" },
    { app: "web", tier: "front" },
    { app: "db" },
    undefined,
  ),
});

const namespaces: fc.Arbitrary<readonly Namespace[]> = fc.constantFrom<readonly Namespace[]>(
  [
    { name: "shop", labels: { team: "a" } },
    { name: "ops", labels: { team: "b" } },
  ],
  [
    { name: "shop", labels: {} },
    { name: "ops", labels: { team: "a" } },
  ],
  // A namespace that the scheduler has not heard of yet.
  [{ name: "ops", labels: { team: "a" } }],
);

/** The owners that are there of those that the pods name. */
function ownersOf(kinds: readonly PodKind[]): readonly PodOwner[] {
  return NAMESPACES.flatMap((namespace) =>
    OWNERS.flatMap(({ kind, name, selector }) =>
      selector && kinds.some((pod) => pod.namespace === namespace && pod.owner?.name === name)
        ? [{ kind, namespace, name, selector }]
        : [],
    ),
  );
}

interface Next {
  readonly kind: number;
  readonly nodeName: string | undefined;
  /** Where the pod names its node: the node that its affinity asks for too, the same one or another. */
  readonly asked: string | undefined;
}

/** Pods of the kinds given, in some order; now and then one that names its node already. */
function waiting(kinds: readonly PodKind[], order: readonly Next[]): readonly Pod[] {
  return order.map(({ kind, nodeName, asked }, index) => {
    const like = kinds[kind % kinds.length]!;
    const name = `new-${index}`;
    if (nodeName === undefined) return { ...like, name };
    const spec = { ...like.spec, nodeName };
    return {
      ...like,
      name,
      spec: asked === undefined ? spec : { ...spec, affinity: affinityTo(asked, spec) },
    };
  });
}

function affinityTo(node: string, { affinity }: PodSpec): NonNullable<PodSpec["affinity"]> {
  const nodeSelectorTerms = [
    { matchFields: [{ key: "metadata.name", operator: "In" as const, values: [node] }] },
  ];
  return {
    ...affinity,
    nodeAffinity: {
      ...affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
    },
  };
}

function cases(
  nodes: fc.Arbitrary<readonly Node[]>,
  pods: number,
  pending: number,
): fc.Arbitrary<PlacementCase> {
  return nodes.chain((list) =>
    fc
      .record({
        nodes: fc.constant(list),
        pods: settledPods(list, pods),
        services: fc.array(service, { maxLength: 2 }),
        namespaces,
        kinds: podKinds,
        order: fc.array(
          fc.record({
            kind: fc.nat({ max: 2 }),
            nodeName: mostly<string | undefined>(
              fc.constant(undefined),
              fc.constantFrom("n1", "n2", "n99"),
              30,
            ),
            asked: fc.constantFrom(undefined, undefined, "n1", "n2"),
          }),
          { minLength: 1, maxLength: pending },
        ),
      })
      .map(({ kinds, order, ...view }) => ({
        ...view,
        owners: ownersOf(kinds),
        pending: waiting(kinds, order),
      })),
  );
}

/** One pod and a handful of nodes. */
export const scoreCases: fc.Arbitrary<PlacementCase> = cases(fewNodes, 12, 1);

/** Pods of up to three kinds, one after another; now and then among so many nodes that only a sample is looked at. */
export const scheduleCases: fc.Arbitrary<PlacementCase> = fc.oneof(
  { weight: 14, arbitrary: cases(fewNodes, 8, 14) },
  { weight: 1, arbitrary: cases(manyNodes, 8, 8) },
);
