import type { Pod, SourcePlace } from "@evenkeel/core/model";
import { dig, elements, isAbsent, member, oneOf, text, type Field } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";
import { readController } from "./owner";
import { readPodTemplate } from "./pod-template";

const PHASES: readonly NonNullable<Pod["phase"]>[] = ["Pending", "Running", "Succeeded", "Failed", "Unknown"];

/** A Pod and, if nothing owns it, where it is written: one that somebody wrote belongs to the Service beside it. */
export interface ReadPod extends Pod {
  readonly source?: SourcePlace;
}

export function readPod({ ref, field }: OpenObject): ReadPod {
  const owner = readController(field);
  const status = member(field, "status");
  const ips = elements(member(status, "podIPs")).flatMap((entry) => text(member(entry, "ip")) ?? []);
  return present({
    ...readPodTemplate(field),
    namespace: ref.namespace ?? "",
    name: ref.name,
    owner,
    source: owner ? undefined : ref.source,
    phase: oneOf(member(status, "phase"), PHASES),
    ready: conditionOf(status, "Ready"),
    terminating: isAbsent(dig(field, "metadata", "deletionTimestamp")) ? undefined : true,
    creationTimestamp: text(dig(field, "metadata", "creationTimestamp")),
    podIPs: ips.length > 0 ? ips : undefined,
  });
}

/** `status.conditions[type]`, true only for the text `True`; undefined where the condition is not there. */
export function conditionOf(status: Field, type: string): boolean | undefined {
  const condition = elements(member(status, "conditions")).find(
    (entry) => member(entry, "type").value === type,
  );
  return condition && member(condition, "status").value === "True";
}
