import type { LabelSelector, Node, Pod } from "@evenkeel/core";
import fc from "fast-check";
import { maybe } from "./endpoints";
import { mostly } from "./mostly";
import { podLabels } from "./pod-selectors";
import { podSpec, plainSpec } from "./pod-specs";

/** Owners whose selectors default spreading reads; the last one is not there when asked for. */
export const OWNERS = [
  {
    kind: "ReplicaSet",
    name: "web-h1",
    selector: { matchLabels: { app: "web", "pod-template-hash": "h1" } },
  },
  {
    kind: "StatefulSet",
    name: "db",
    selector: { matchExpressions: [{ key: "app", operator: "In", values: ["db", "web"] }] },
  },
  { kind: "ReplicationController", name: "old", selector: { matchLabels: { app: "web" } } },
  { kind: "ReplicaSet", name: "gone", selector: undefined },
] as const satisfies readonly { kind: string; name: string; selector: LabelSelector | undefined }[];

const owner = fc.constantFrom(...OWNERS).map(({ kind, name }) => ({ kind, name }));

/** A kind of pod; each has a namespace, labels, an owner or none, and a spec. */
export type PodKind = Pick<Pod, "namespace" | "labels" | "owner" | "spec">;

export const podKind: fc.Arbitrary<PodKind> = fc.record({
  namespace: mostly(fc.constant("shop"), fc.constant("ops"), 4),
  labels: podLabels,
  owner: maybe(owner),
  spec: fc.oneof({ weight: 2, arbitrary: podSpec }, { weight: 1, arbitrary: plainSpec }),
});

/** Kinds of pods in one cluster; now and then they differ in nothing but their owner. */
export const podKinds: fc.Arbitrary<readonly PodKind[]> = mostly(
  fc.array(podKind, { minLength: 1, maxLength: 3 }),
  fc
    .tuple(podKind, fc.uniqueArray(owner, { minLength: 2, maxLength: 3, selector: ({ name }) => name }))
    .map(([kind, owners]) => owners.map((one): PodKind => ({ ...kind, owner: one }))),
  5,
);

/** Pods that are there already, on nodes that are there, some on their way out. */
export function settledPods(nodes: readonly Node[], maxLength: number): fc.Arbitrary<readonly Pod[]> {
  const names = nodes.map(({ name }) => name);
  return fc
    .array(
      fc.record({
        kind: podKind,
        nodeName: fc.constantFrom(...names),
        terminating: mostly(fc.constant(false), fc.constant(true), 7),
      }),
      { maxLength },
    )
    .map((pods) =>
      pods.map(({ kind, nodeName, terminating }, index): Pod => ({
        ...kind,
        name: `there-${index}`,
        spec: { ...kind.spec, nodeName },
        terminating,
      })),
    );
}
