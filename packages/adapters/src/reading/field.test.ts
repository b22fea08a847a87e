import { unknownAt } from "@evenkeel/core/model";
import { anything } from "@evenkeel/test-generators";
import fc from "fast-check";
import {
  dig,
  elements,
  entries,
  flag,
  integer,
  integerOrText,
  knowable,
  member,
  notes,
  oneOf,
  rootField,
  text,
  textMap,
  texts,
  type Field,
} from "./field";

function open(value: unknown) {
  const into = notes();
  return { field: rootField(value, into), into };
}

test("a path names keys that are no plain words in brackets", () => {
  const { field } = open({ metadata: { annotations: { "a.b/c": 1 } } });
  expect(dig(field, "metadata", "annotations", "a.b/c").path).toBe('metadata.annotations["a.b/c"]');
});

test("null is absent and no mistake", () => {
  const { field, into } = open({ name: null, ports: null, labels: null });
  expect(text(member(field, "name"))).toBeUndefined();
  expect(elements(member(field, "ports"))).toEqual([]);
  expect(textMap(member(field, "labels"))).toEqual({});
  expect(into.misread).toEqual([]);
});

test("what is inherited is not there", () => {
  const { field } = open({});
  expect(member(field, "constructor").value).toBeUndefined();
  expect(member(field, "__proto__").value).toBeUndefined();
});

test("a wrong type is noted with its kind and never its value", () => {
  const { field, into } = open({ ports: "hunter2", name: ["hunter2"], on: "hunter2", count: 1.5 });
  elements(member(field, "ports"));
  text(member(field, "name"));
  flag(member(field, "on"));
  integer(member(field, "count"));
  expect(into.misread).toEqual([
    { path: "ports", seen: "other text", wanted: "a list" },
    { path: "name", seen: "a list", wanted: "text" },
    { path: "on", seen: "other text", wanted: "true or false" },
    { path: "count", seen: "a number", wanted: "a whole number" },
  ]);
});

test("below an unknown everything is unknown, at its own path", () => {
  const origin = { resource: "urn" };
  const { field, into } = open({ spec: unknownAt("spec", origin) });
  const deep = dig(field, "spec", "template", "spec");
  expect(knowable(deep, text)).toEqual(unknownAt("spec.template.spec", origin));
  expect(text(deep)).toBeUndefined();
  expect(into.unknown).toEqual([unknownAt("spec.template.spec", origin)]);
});

const READERS: readonly ((field: Field) => unknown)[] = [
  elements,
  entries,
  text,
  flag,
  integer,
  integerOrText,
  textMap,
  texts,
  (field) => oneOf(field, ["a", "b"]),
  (field) => knowable(field, text),
  (field) => dig(field, "a", "b"),
];

test("every reader returns, whatever it reads", () => {
  fc.assert(
    fc.property(anything, (value) => {
      for (const read of READERS) {
        const { field } = open({ a: value });
        read(field);
        read(member(field, "a"));
      }
    }),
    { numRuns: 500 },
  );
});
