import { aliasUrns } from "./aliases";
import { isProviderType, nameOf, packageOf, qualifiedTypeOf, typeOf, urnOf } from "./urn";

const place = { stack: "dev", project: "acme" };
const root = "urn:pulumi:dev::acme::pulumi:pulumi:Stack::acme-dev";
const box = "urn:pulumi:dev::acme::acme:index:Outer$acme:index:Box::box";

test("a URN carries the types of all parents but the stack", () => {
  expect(urnOf(place, undefined, "a:b:C", "x")).toBe("urn:pulumi:dev::acme::a:b:C::x");
  expect(urnOf(place, root, "a:b:C", "x")).toBe("urn:pulumi:dev::acme::a:b:C::x");
  expect(urnOf(place, box, "a:b:C", "x::y")).toBe(
    "urn:pulumi:dev::acme::acme:index:Outer$acme:index:Box$a:b:C::x::y",
  );
});

test("its parts are read back, also of a name that holds the delimiter", () => {
  const urn = urnOf(place, box, "kubernetes:core/v1:Service", "x::y");
  expect([qualifiedTypeOf(urn), typeOf(urn), nameOf(urn)]).toEqual([
    "acme:index:Outer$acme:index:Box$kubernetes:core/v1:Service",
    "kubernetes:core/v1:Service",
    "x::y",
  ]);
});

test("packages of types and of providers", () => {
  expect(packageOf("aws:lb/targetGroup:TargetGroup")).toBe("aws");
  expect(packageOf("pulumi:providers:aws")).toBe("aws");
  expect(isProviderType("pulumi:pulumi:Stack")).toBe(false);
});

// Cases of pulumi/pulumi pkg/resource/deploy collapseAliasToUrn and inheritedChildAlias.
test.each([
  ["a URN", [{ urn: "urn:pulumi:x::y::z::w" }], [], ["urn:pulumi:x::y::z::w"]],
  ["a name", [{ name: "old" }], [], ["urn:pulumi:dev::acme::acme:index:Outer$acme:index:Box$a:b:C::old"]],
  [
    "a type",
    [{ type: "a:b:Old" }],
    [],
    ["urn:pulumi:dev::acme::acme:index:Outer$acme:index:Box$a:b:Old::box-web"],
  ],
  ["no parent", [{ parent: { none: true } as const }], [], ["urn:pulumi:dev::acme::a:b:C::box-web"]],
  ["the stack as parent", [{ parent: root }], [], ["urn:pulumi:dev::acme::a:b:C::box-web"]],
  [
    "another stack and project",
    [{ stack: "s", project: "p", parent: root }],
    [],
    ["urn:pulumi:s::p::a:b:C::box-web"],
  ],
  [
    "nothing, under an aliased parent: the name follows",
    [],
    ["urn:pulumi:dev::acme::acme:index:Box::crate"],
    ["urn:pulumi:dev::acme::acme:index:Box$a:b:C::crate-web"],
  ],
  [
    "a name, under an aliased parent",
    [{ name: "own" }],
    ["urn:pulumi:dev::acme::acme:index:Box::box"],
    [
      "urn:pulumi:dev::acme::acme:index:Outer$acme:index:Box$a:b:C::own",
      "urn:pulumi:dev::acme::acme:index:Box$a:b:C::box-web",
      "urn:pulumi:dev::acme::acme:index:Box$a:b:C::own",
    ],
  ],
])("alias by %s", (_what, aliases, parentAliases, expected) => {
  expect(aliasUrns(place, { name: "box-web", type: "a:b:C", parent: box }, aliases, parentAliases)).toEqual(
    expected,
  );
});
