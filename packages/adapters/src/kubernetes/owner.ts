import type { OwnerReference } from "@evenkeel/core/model";
import { dig, elements, flag, member, text, type Field } from "../reading/field";
import { present } from "../reading/present";

/** The owner that controls the object: the one marked so. */
export function readController(object: Field): OwnerReference | undefined {
  return elements(dig(object, "metadata", "ownerReferences"))
    .map((field): OwnerReference =>
      present({
        kind: text(member(field, "kind")) ?? "",
        name: text(member(field, "name")) ?? "",
        uid: text(member(field, "uid")),
        controller: flag(member(field, "controller")),
      }),
    )
    .find(({ controller }) => controller === true);
}
