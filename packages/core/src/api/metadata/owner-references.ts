import { isUnknown, type Knowable } from "../../model";
import { each, ifGiven, type Check } from "../answer/check";
import { goNamed, goString, invalid, required } from "../answer/field-error";
import type { ApiTraits } from "../../releases";
import type { OwnerReference } from "../service/service-object";

const PATH = "metadata.ownerReferences";

/** apimachinery api/validation/objectmeta.go ValidateOwnerReferences; up to 1.36 its paths have no index. */
export function ownerReferences(
  references: Knowable<readonly OwnerReference[]> | undefined,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...each(references, PATH, (reference, path) =>
      release.ownerReferences === "indexed"
        ? indexedReference(reference, path)
        : ownerReference(reference, release),
    ),
    ...ifGiven(references, PATH, secondController),
  ];
}

function ownerReference(reference: OwnerReference, release: ApiTraits): readonly Check[] {
  const { apiVersion = "", kind = "", name = "", uid = "" } = reference;
  const empty = (field: string) =>
    `${release.ownerReferences === "fields named" ? `${field} ` : ""}must not be empty`;
  const filled = (field: "kind" | "name" | "uid", value: Knowable<string>) =>
    ifGiven(value, `${PATH}.${field}`, (text) =>
      text === ""
        ? [invalid(`${PATH}.${field}`, (field === "uid" ? goNamed : goString)(text), empty(field))]
        : [],
    );
  return [
    ...ifGiven(apiVersion, `${PATH}.apiVersion`, (text) =>
      versionOf(text) === ""
        ? [invalid(`${PATH}.apiVersion`, goString(text), "version must not be empty")]
        : [],
    ),
    ...filled("kind", kind),
    ...filled("name", name),
    ...filled("uid", uid),
    ...bannedOwner(reference, PATH),
  ];
}

function indexedReference(reference: OwnerReference, path: string): readonly Check[] {
  const { apiVersion = "", kind = "", name = "", uid = "" } = reference;
  const filled = (
    field: string,
    value: Knowable<string>,
    more: (text: string) => readonly Check[] = () => [],
  ) =>
    ifGiven(value, `${path}.${field}`, (text) =>
      text === "" ? [required(`${path}.${field}`, "must not be empty")] : more(text),
    );
  return [
    ...filled("apiVersion", apiVersion, (text) =>
      versionOf(text) === ""
        ? [invalid(`${path}.apiVersion`, goString(text), "must be <group>/<version> or <version>")]
        : [],
    ),
    ...filled("kind", kind),
    ...filled("name", name),
    ...filled("uid", uid),
    ...bannedOwner(reference, path),
  ];
}

function bannedOwner(reference: OwnerReference, path: string): readonly Check[] {
  if (reference.apiVersion !== "v1" || reference.kind !== "Event") return [];
  const value = { go: "struct", value: plain(reference), syntax: "v1.OwnerReference{…}" } as const;
  return [invalid(path, value, "/v1, Kind=Event is disallowed from being an owner")];
}

/** `apps/v1` is v1; what has two slashes is nothing (apimachinery schema.ParseGroupVersion). */
function versionOf(apiVersion: string): string {
  const parts = apiVersion.split("/");
  return parts.length > 2 ? "" : (parts[parts.length - 1] ?? "");
}

function secondController(references: readonly OwnerReference[]): readonly Check[] {
  const [first, ...more] = references
    .filter(({ controller }) => controller === true)
    .map(({ kind = "", name = "" }) => (isUnknown(kind) || isUnknown(name) ? undefined : `${kind}/${name}`));
  const value = { go: "struct", value: references.map(plain), syntax: "[]v1.OwnerReference{…}" } as const;
  return more.map((other) =>
    invalid(
      PATH,
      value,
      `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${other}`,
    ),
  );
}

/** In the order of the Go struct, with what it prints although empty. */
function plain({
  apiVersion = "",
  kind = "",
  name = "",
  uid = "",
  controller,
  blockOwnerDeletion,
}: OwnerReference) {
  return { apiVersion, kind, name, uid, controller, blockOwnerDeletion };
}
