import { isUnknown, type Knowable } from "../../model";
import { ifGiven, type Check } from "../answer/check";
import { forbidden, goString, invalid, required, type FieldError, type GoValue } from "../answer/field-error";
import type { ApiTraits } from "../../releases";
import {
  compare,
  isWhole,
  quantitySyntax,
  quantityText,
  readQuantity,
  wholeUnits,
  type ApiQuantity,
} from "./quantity";
import { isCounted, isHugePages, mayOvercommit, type NameChecks } from "./resource-names";
import type { QuantityMap, ResourcesObject } from "./workload-object";

type Known = Readonly<Record<string, Knowable<ApiQuantity>>>;

/** k/k validation.go validateResourceRequirements. The server meets the resources in no particular order. */
export function resourceChecks(
  { limits, requests }: ResourcesObject,
  path: string,
  nameChecks: NameChecks,
  release: ApiTraits,
): readonly Check[] {
  if (limits === undefined && requests === undefined) return [];
  return [
    ...amountChecks(limits, `${path}.limits`, nameChecks, release),
    ...amountChecks(requests, `${path}.requests`, nameChecks, release, { limits, path }),
    ...hugePagesAlone(limits, requests, path),
  ];
}

function amountChecks(
  amounts: QuantityMap | undefined,
  path: string,
  nameChecks: NameChecks,
  release: ApiTraits,
  beside?: { readonly limits: QuantityMap | undefined; readonly path: string },
): readonly Check[] {
  return ifGiven(amounts, path, (known) =>
    Object.entries(known).flatMap(([name, amount]) => {
      const at = `${path}[${name}]`;
      return [
        ...nameChecks(name, at, release),
        ...ifGiven(amount, at, (quantity) => [
          ...valueChecks(name, quantity, at, release),
          ...(beside ? againstLimit(name, quantity, beside.limits, beside.path) : []),
          ...hugePageChecks(name, comparedWith(beside?.limits, name, quantity), at),
        ]),
      ];
    }),
  );
}

/** Comparison with a limit that is no int64 turns the request into such a decimal, which overflows in another way. */
function comparedWith(limits: QuantityMap | undefined, name: string, request: ApiQuantity): ApiQuantity {
  if (limits === undefined || isUnknown(limits) || !Object.hasOwn(limits, name)) return request;
  const limit = limits[name];
  if (limit === undefined || isUnknown(limit) || limit.scale !== undefined) return request;
  return {
    nanos: request.nanos,
    format: request.format,
    ...(request.written && { written: request.written }),
  };
}

/** ValidateResourceQuantityValue */
function valueChecks(
  name: string,
  quantity: ApiQuantity,
  path: string,
  release: ApiTraits,
): readonly FieldError[] {
  const negative = quantity.nanos < 0n;
  return [
    ...(negative
      ? [invalid(path, goString(quantityText(quantity)), "must be greater than or equal to 0")]
      : []),
    ...(isWhole(quantity) || !isCounted(name, release)
      ? []
      : [invalid(path, goQuantity(quantity), "must be an integer")]),
  ];
}

/** The quantity itself, which older releases print with its Go fields, and behind a pointer an address. */
function goQuantity(quantity: ApiQuantity): GoValue {
  return { go: "struct", value: quantityText(quantity), syntax: quantitySyntax(quantity) };
}

function hugePageChecks(name: string, quantity: ApiQuantity, path: string): readonly FieldError[] {
  if (!isHugePages(name)) return [];
  const page = readQuantity(name.slice("hugepages-".length));
  const fits =
    !("problem" in page) &&
    page.nanos > 0n &&
    isWhole(page) &&
    wholeUnits(quantity) % wholeUnits(page) === 0n;
  if (fits) return [];
  const text = quantityText(quantity);
  return [invalid(path, goString(text), `${text} is not positive integer multiple of ${name}`)];
}

/** The path of the second is that of all requests, as the server has it. */
function againstLimit(
  name: string,
  request: ApiQuantity,
  limits: QuantityMap | undefined,
  path: string,
): readonly Check[] {
  return ifGiven(limits ?? {}, `${path}.limits`, (known: Known) => {
    const limit = Object.hasOwn(known, name) ? known[name] : undefined;
    const strict = !mayOvercommit(name);
    if (limit === undefined)
      return strict ? [required(`${path}.limits`, "Limit must be set for non overcommitable resources")] : [];
    return ifGiven(limit, `${path}.limits[${name}]`, (most) => {
      const order = compare(request, most);
      const bad = strict ? order !== 0 : order > 0;
      if (!bad) return [];
      const relation = strict ? "equal to" : "less than or equal to";
      return [
        invalid(
          `${path}.requests`,
          goString(quantityText(request)),
          `must be ${relation} ${name} limit of ${quantityText(most)}`,
        ),
      ];
    });
  });
}

function hugePagesAlone(
  limits: QuantityMap | undefined,
  requests: QuantityMap | undefined,
  path: string,
): readonly Check[] {
  if (isUnknown(limits) || isUnknown(requests)) return [];
  const names = [...Object.keys(limits ?? {}), ...Object.keys(requests ?? {})];
  const alone = names.some(isHugePages) && !names.some((name) => name === "cpu" || name === "memory");
  return alone ? [forbidden(path, "HugePages require cpu or memory")] : [];
}
