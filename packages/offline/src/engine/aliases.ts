import { nameOf, qualifiedTypeOf, STACK_TYPE, typeOf, urnOf, type Place } from "./urn";

/** An alias as a program gives it: a URN, or what differs from the resource as it is now. */
export type Alias =
  | { readonly urn: string }
  | {
      readonly name?: string;
      readonly type?: string;
      readonly stack?: string;
      readonly project?: string;
      /** Absent: the resource's own parent. `none`: at the top of the stack. */
      readonly parent?: string | { readonly none: true };
    };

export interface Aliased {
  readonly name: string;
  readonly type: string;
  readonly parent?: string;
}

/** The URN that an alias stands for (deploy/step_generator.go collapseAliasToUrn). */
function aliasUrn(place: Place, resource: Aliased, alias: Alias): string {
  if ("urn" in alias) return alias.urn;
  const parent =
    alias.parent === undefined
      ? resource.parent
      : typeof alias.parent === "string"
        ? alias.parent
        : undefined;
  return urnOf(
    { stack: alias.stack || place.stack, project: alias.project || place.project },
    parent !== undefined && qualifiedTypeOf(parent) === STACK_TYPE ? undefined : parent,
    alias.type || resource.type,
    alias.name || resource.name,
  );
}

/**
 * All URNs that a resource may have had: those of its own aliases, and for each alias of its parent what the resource was
 * called there. A name that starts with the parent's name follows the parent's old name (inheritedChildAlias). The engine
 * inherits only the one alias that its state confirms; without a state all count.
 */
export function aliasUrns(
  place: Place,
  resource: Aliased,
  aliases: readonly Alias[],
  parentAliases: readonly string[],
): readonly string[] {
  const own = aliases.map((alias) => aliasUrn(place, resource, alias));
  const { parent } = resource;
  if (parent === undefined) return unique(own);
  const inherited = parentAliases.flatMap((parentAlias) =>
    [resource, ...own.map((urn) => ({ name: nameOf(urn), type: typeOf(urn) }))].map(({ name, type }) =>
      urnOf(place, parentAlias, type, renamed(name, nameOf(parent), nameOf(parentAlias))),
    ),
  );
  return unique([...own, ...inherited]);
}

function renamed(name: string, parentName: string, oldParentName: string): string {
  return name.startsWith(parentName) ? oldParentName + name.slice(parentName.length) : name;
}

function unique(urns: readonly string[]): readonly string[] {
  return [...new Set(urns)];
}
