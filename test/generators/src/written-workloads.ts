import fc from "fast-check";
import { placed, type Twist } from "./twist";
import { FIELDS } from "./workload-fields";
import { jsonOfAnyType } from "./written-text";

/** A Deployment, StatefulSet, DaemonSet or ReplicaSet as somebody writes it: JSON, right or wrong. */
export interface WrittenWorkload {
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet";
  readonly [field: string]: unknown;
}

const kinds = fc.constantFrom<WrittenWorkload["kind"][]>(
  "Deployment",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
);

/** Workloads that the API server takes, with something in every list, for a twist to have where to go. */
export const goodWorkload: fc.Arbitrary<WrittenWorkload> = kinds.map((kind) => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: "web", namespace: "shop" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [
          { name: "web", image: "registry.example/web:1", ports: [{ containerPort: 8080 }] },
          { name: "proxy", image: "registry.example/proxy:1" },
        ],
      },
    },
  },
}));

/** One field, wherever it is, set to something right or wrong. */
const fieldTwist: fc.Arbitrary<Twist> = fc
  .constantFrom(...FIELDS)
  .chain(({ path, values }) => values.map((value) => placed(path, value)));

/** One field set to the JSON of any type. */
const typeTwist: fc.Arbitrary<Twist> = fc
  .tuple(
    // What a probe says is not read.
    fc.constantFrom(...FIELDS.filter(({ path }) => !path.endsWith("Probe"))),
    fc.oneof(jsonOfAnyType, fc.constantFrom<unknown>("1Gi", "+5", " 5 ", "0.5m", "1e3")),
  )
  .map(([{ path }, value]) => placed(path, value));

const twist = fc.oneof({ weight: 9, arbitrary: fieldTwist }, { weight: 1, arbitrary: typeTwist });

/** Mostly a few fields set, right or wrong. */
export const writtenWorkload: fc.Arbitrary<WrittenWorkload> = fc
  .tuple(goodWorkload, fc.array(twist, { maxLength: 5 }))
  .map(
    ([workload, twists]) =>
      JSON.parse(
        JSON.stringify(twists.reduce((found, change) => change(found), workload as object)),
      ) as WrittenWorkload,
  );
