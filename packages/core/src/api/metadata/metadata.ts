import { isUnknown, mapKnown, type Knowable } from "../../model";
import { isToBeAllocated } from "../allocation/allocated";
import { each, ifGiven, type Check } from "../answer/check";
import { forbidden, goPlain, goString, invalid, required, type FieldError } from "../answer/field-error";
import { exceeds, quote } from "../answer/go-text";
import {
  generatedName,
  wrongWithAnnotationKey,
  wrongWithLabel,
  wrongWithLabel1035,
  wrongWithLabelValue,
  wrongWithQualifiedName,
} from "./names";
import { ownerReferences } from "./owner-references";
import type { ApiTraits } from "../../releases";
import type { ObjectMeta, StringList, StringMap } from "../service/service-object";

/** Bytes of all keys and values of the annotations together. */
const ANNOTATIONS_LIMIT = 256 * 1024;
const STANDARD_FINALIZERS = ["kubernetes", "orphan", "foregroundDeletion"];

/** Metadata of a new Service (k/k validation.go ValidateObjectMeta over apimachinery's). Managed fields are not looked at. */
export function metadataOnCreate(metadata: ObjectMeta, release: ApiTraits): readonly Check[] {
  return namedOnCreate(metadata, (name) => wrongWithServiceName(name, release), release);
}

/** What the older rule takes, the relaxed one takes too. */
function wrongWithServiceName(name: string, release: ApiTraits): readonly string[] {
  const wrong = wrongWithLabel1035(name);
  return wrong.length > 0 && release.relaxedServiceNames ? wrongWithLabel(name) : wrong;
}

/** The same of an object of another kind, whose names have other rules. */
export function namedOnCreate(
  metadata: ObjectMeta,
  wrongWith: (name: string) => readonly string[],
  release: ApiTraits,
): readonly Check[] {
  const rule: NameRule = { whole: wrongWith, prefix: (prefix) => wrongWith(masked(prefix)) };
  return [...common(metadata, rule, release), ...qualifiedFinalizers(metadata.finalizers)];
}

/**
 * What holds for the metadata of every object, asked where nothing else was wrong (apiserver registry/rest/create.go
 * BeforeCreate). A name has stricter rules; a prefix is masked so that `a/-` passes for `aa` until here.
 */
export function prefixOnCreate({ generateName }: ObjectMeta): readonly Check[] {
  return prefixChecks(generateName, PATH_SEGMENT);
}

/**
 * Metadata on update: what holds for every object (apiserver registry/rest/update.go validateCommonFields), then the Service's
 * own. An error that comes twice is told once. Name and namespace say which Service is meant, so they are never changed.
 */
export function metadataOnUpdate(
  metadata: ObjectMeta,
  stored: ObjectMeta,
  release: ApiTraits,
): readonly Check[] {
  return [
    ...common(metadata, PATH_SEGMENT, release),
    ...newFinalizers(metadata, stored),
    ...qualifiedFinalizers(metadata.finalizers),
  ];
}

function common(metadata: ObjectMeta, wrong: NameRule, release: ApiTraits): readonly Check[] {
  const { name, generateName, namespace, generation } = metadata;
  return [
    ...prefixChecks(generateName, wrong),
    ...(name === undefined && generateName === undefined
      ? [required("metadata.name", "name or generateName is required")]
      : named(
          "metadata.name",
          isToBeAllocated(name) ? mapKnown(generateName, generatedName) : name,
          wrong.whole,
        )),
    // The namespace of the request is filled in where the manifest has none.
    ...named("metadata.namespace", namespace, wrongWithLabel),
    ...ifGiven(generation, "metadata.generation", (number) =>
      number < 0
        ? [invalid("metadata.generation", goPlain(number), "must be greater than or equal to 0")]
        : [],
    ),
    ...labels(metadata.labels, "metadata.labels", release),
    ...annotations(metadata.annotations, "metadata.annotations", release),
    ...ownerReferences(metadata.ownerReferences, release),
    ...finalizers(metadata.finalizers, release),
  ];
}

function prefixChecks(generateName: Knowable<string> | undefined, wrong: NameRule): readonly Check[] {
  return named("metadata.generateName", generateName, wrong.prefix);
}

function named(
  path: string,
  name: Knowable<string> | undefined,
  wrong: (name: string) => readonly string[],
): readonly Check[] {
  return ifGiven(name, path, (known) =>
    wrong(known).map((message) => invalid(path, goString(known), message)),
  );
}

/** A prefix may end in a dash: something is appended to it (apimachinery generic.go maskTrailingDash, which drops one more). */
function masked(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith("-") ? `${prefix.slice(0, -2)}a` : prefix;
}

/** What a name, and a prefix that a name is made of, may be. */
interface NameRule {
  readonly whole: (name: string) => readonly string[];
  readonly prefix: (prefix: string) => readonly string[];
}

/** apimachinery api/validate/content/path.go: a name is a part of a URL. */
const PATH_SEGMENT: NameRule = {
  whole: (name) => (name === "." || name === ".." ? [`may not be '${name}'`] : PATH_SEGMENT.prefix(name)),
  prefix: (prefix) =>
    ["/", "%"].filter((part) => prefix.includes(part)).map((part) => `may not contain '${part}'`),
};

/** Labels, and the selector of a Service. The server meets the pairs in no particular order. */
export function labels(pairs: StringMap | undefined, path: string, release: ApiTraits): readonly Check[] {
  return ifGiven(pairs, path, (known) =>
    Object.entries(known).flatMap(([key, value]) => [
      ...wrongWithQualifiedName(key, release).map((message) => invalid(path, goString(key), message)),
      ...ifGiven(value, `${path}[${key}]`, (text) =>
        wrongWithLabelValue(text, release).map((message) => invalid(path, goString(text), message)),
      ),
    ]),
  );
}

export function annotations(
  pairs: StringMap | undefined,
  path: string,
  release: ApiTraits,
): readonly Check[] {
  return ifGiven(pairs, path, (known) => {
    const keys = Object.keys(known);
    const texts = [...keys, ...Object.values(known)].filter((text): text is string => !isUnknown(text));
    return [
      ...keys.flatMap((key) =>
        wrongWithAnnotationKey(key, release).map((message) => invalid(path, goString(key), message)),
      ),
      ...(exceeds(texts, ANNOTATIONS_LIMIT) ? [tooLong(path, ANNOTATIONS_LIMIT, release)] : []),
    ];
  });
}

function tooLong(path: string, limit: number, release: ApiTraits): FieldError {
  return { path, kind: "TooLong", message: `${release.tooLong} ${limit} bytes` };
}

function finalizers(list: StringList | undefined, release: ApiTraits): readonly Check[] {
  const path = "metadata.finalizers";
  const both = ["orphan", "foregroundDeletion"];
  return [
    ...each(list, path, (finalizer) =>
      ifGiven(finalizer, path, (name) =>
        wrongWithQualifiedName(name, release).map((message) => invalid(path, goString(name), message)),
      ),
    ),
    ...ifGiven(list, path, (names) =>
      both.every((name) => names.includes(name))
        ? [
            invalid(
              path,
              { go: "list", of: "string", value: names.map((name) => (isUnknown(name) ? "" : name)) },
              `finalizer ${both.join(" and ")} cannot be both set`,
            ),
          ]
        : [],
    ),
  ];
}

/** k/k validation.go validateKubeFinalizerName */
function qualifiedFinalizers(list: StringList | undefined): readonly Check[] {
  return each(list, "metadata.finalizers", (finalizer, path) =>
    ifGiven(finalizer, path, (name) =>
      name.includes("/") || STANDARD_FINALIZERS.includes(name)
        ? []
        : [
            invalid(
              path,
              goString(name),
              "name is neither a standard finalizer name nor is it fully qualified",
            ),
          ],
    ),
  );
}

/** An object that is being deleted gets no more finalizers. */
function newFinalizers(metadata: ObjectMeta, stored: ObjectMeta): readonly Check[] {
  const path = "metadata.finalizers";
  if (stored.deletionTimestamp === undefined) return [];
  return ifGiven(metadata.finalizers, path, (names) =>
    ifGiven(stored.finalizers ?? [], path, (before) => {
      const added = names.filter((name): name is string => !isUnknown(name) && !before.includes(name));
      const list = [...new Set(added)].sort().map(quote).join(", ");
      const message = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
      return added.length > 0 ? [forbidden(path, message)] : [];
    }),
  );
}
