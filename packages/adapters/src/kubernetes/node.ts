import type { Node, NodeImage, Taint } from "@evenkeel/core/model";
import {
  dig,
  elements,
  flag,
  integer,
  isAbsent,
  member,
  oneOf,
  text,
  textMap,
  texts,
  type Field,
} from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";
import { conditionOf } from "./pod";
import { readResourceList } from "./resource-list";

/** A Node with what only `clusterFrom` needs. */
export interface ReadNode {
  readonly node: Node;
  /** `v1.34.2-eks-1a2b3c4`. */
  readonly kubeletVersion?: string;
}

export function readNode({ ref, field }: OpenObject): ReadNode {
  const spec = member(field, "spec");
  const status = member(field, "status");
  const annotations = dig(field, "metadata", "annotations");
  const images = elements(member(status, "images")).map(readImage);
  const addresses = elements(member(status, "addresses")).flatMap(readAddress);
  const node: Node = present({
    name: ref.name,
    labels: textMap(dig(field, "metadata", "labels")),
    annotations: isAbsent(annotations) ? undefined : textMap(annotations),
    taints: elements(member(spec, "taints")).flatMap(readTaint),
    unschedulable: flag(member(spec, "unschedulable")) ?? false,
    allocatable: readAllocatable(status),
    images: images.length > 0 ? images : undefined,
    ready: readinessOf(status),
    networkUnavailable: conditionOf(status, "NetworkUnavailable"),
    providerID: text(member(spec, "providerID")),
    addresses: addresses.length > 0 ? addresses : undefined,
    podCIDRs: isAbsent(member(spec, "podCIDRs")) ? undefined : texts(member(spec, "podCIDRs")),
  });
  return present({ node, kubeletVersion: text(dig(status, "nodeInfo", "kubeletVersion")) });
}

/**
 * Condition Ready. Where conditions are listed and this one is not, no controller takes the node as ready; without any status,
 * nothing is known.
 */
function readinessOf(status: Field): Node["ready"] {
  const conditions = member(status, "conditions");
  if (isAbsent(conditions)) return undefined;
  const ready = elements(conditions).find((entry) => member(entry, "type").value === "Ready");
  const state = ready && member(ready, "status").value;
  return state === "Unknown" ? "unknown" : state === "True";
}

/** The API server fills allocatable from capacity where the kubelet says nothing (k/k pkg/apis/core/v1/defaults.go). */
function readAllocatable(status: Field): Node["allocatable"] {
  const allocatable = member(status, "allocatable");
  return readResourceList(isAbsent(allocatable) ? member(status, "capacity") : allocatable);
}

const EFFECTS: readonly Taint["effect"][] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function readTaint(field: Field): readonly Taint[] {
  const key = text(member(field, "key"));
  const effect = oneOf(member(field, "effect"), EFFECTS);
  return key === undefined || effect === undefined
    ? []
    : [present({ key, value: text(member(field, "value")), effect })];
}

function readImage(field: Field): NodeImage {
  return { names: texts(member(field, "names")), sizeBytes: integer(member(field, "sizeBytes")) ?? 0 };
}

function readAddress(field: Field): readonly { readonly type: string; readonly address: string }[] {
  const address = text(member(field, "address"));
  return address === undefined ? [] : [{ type: text(member(field, "type")) ?? "", address }];
}
