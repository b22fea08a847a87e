import {
  decode,
  integer,
  intOrString,
  member,
  pointer,
  string,
  struct,
  type Decoder,
  type DecodeReport,
} from "../decode/decode";
import { objectMeta } from "../decode/service-schema";
import type { Knowable } from "../../model";
import { labelSelector, template } from "./pod-schema";
import type { RollingUpdateObject, StrategyObject, WorkloadObject, WorkloadSpec } from "./workload-object";

// The four kinds of apps/v1 with their Go types (k8s.io/api apps/v1/types.go).

/** Kinds of `apps/v1` that make pods and keep them. */
export const WORKLOAD_KINDS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** `*intstr.IntOrString`: null is absent, and zero is not. */
const maybeIntOrString: Decoder<Knowable<number | string>> = (value, at) =>
  value === null ? undefined : intOrString(value, at);

type Part<T, K extends keyof T> = Pick<T, K>;

const rollingUpdate = (kind: string) =>
  struct<Part<RollingUpdateObject, "maxUnavailable" | "maxSurge">>(`RollingUpdate${kind}`, {
    maxUnavailable: maybeIntOrString,
    maxSurge: maybeIntOrString,
  });

const rollingStatefulSet = struct<Part<RollingUpdateObject, "maxUnavailable" | "partition">>(
  "RollingUpdateStatefulSetStrategy",
  { partition: integer("int32", true), maxUnavailable: maybeIntOrString },
);

const strategy = (goName: string, rolling: Decoder<Knowable<RollingUpdateObject>>) =>
  member(struct<StrategyObject>(goName, { type: string(`v1.${goName}Type`), rollingUpdate: rolling }));

const every = {
  selector: pointer(labelSelector),
  template: member(template),
  minReadySeconds: integer("int32"),
} as const;
const counted = { replicas: integer("int32", true) } as const;
const revised = { revisionHistoryLimit: integer("int32", true) } as const;

const SPECS: Readonly<Record<WorkloadKind, Decoder<WorkloadSpec>>> = {
  Deployment: member(
    struct<Omit<WorkloadSpec, "podManagementPolicy" | "updateStrategy">>("DeploymentSpec", {
      ...every,
      ...counted,
      ...revised,
      progressDeadlineSeconds: integer("int32", true),
      strategy: strategy("DeploymentStrategy", pointer(rollingUpdate("Deployment"))),
    }),
  ),
  StatefulSet: member(
    struct<Omit<WorkloadSpec, "strategy" | "progressDeadlineSeconds">>("StatefulSetSpec", {
      ...every,
      ...counted,
      ...revised,
      podManagementPolicy: string("v1.PodManagementPolicyType"),
      updateStrategy: strategy("StatefulSetUpdateStrategy", pointer(rollingStatefulSet)),
    }),
  ),
  DaemonSet: member(
    struct<Part<WorkloadSpec, keyof typeof every | "revisionHistoryLimit" | "updateStrategy">>(
      "DaemonSetSpec",
      {
        ...every,
        ...revised,
        updateStrategy: strategy("DaemonSetUpdateStrategy", pointer(rollingUpdate("DaemonSet"))),
      },
    ),
  ),
  ReplicaSet: member(
    struct<Part<WorkloadSpec, keyof typeof every | "replicas">>("ReplicaSetSpec", { ...every, ...counted }),
  ),
};

const workload = (kind: WorkloadKind) =>
  member(struct<WorkloadObject>(kind, { metadata: member(objectMeta), spec: SPECS[kind] }));

const DECODERS: Readonly<Record<WorkloadKind, Decoder<WorkloadObject>>> = {
  Deployment: workload("Deployment"),
  StatefulSet: workload("StatefulSet"),
  DaemonSet: workload("DaemonSet"),
  ReplicaSet: workload("ReplicaSet"),
};

/** Reads any JSON as a workload of the kind; what could not be read is in the report. Never throws. */
export function decodeWorkload(
  kind: WorkloadKind,
  written: unknown,
): { object: WorkloadObject; report: DecodeReport } {
  const { value, report } = decode(DECODERS[kind], written);
  return { object: value ?? {}, report };
}
