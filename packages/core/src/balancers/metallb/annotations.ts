import { isUnknown, type Knowable, type Place, type Service } from "../../model";
import type { AnnotationKeys } from "../controller";

/** Prefixes of its annotations; the second is deprecated since 0.14.9 and still read. */
const PREFIXES = ["metallb.io/", "metallb.universe.tf/"] as const;

const NAMES = ["address-pool", "allow-shared-ip", "loadBalancerIPs"] as const;
export type AnnotationName = (typeof NAMES)[number];

/** Written by MetalLB itself. */
const WRITTEN = ["ip-allocated-from-pool"];

const KNOWN = PREFIXES.flatMap((prefix) => [...NAMES, ...WRITTEN].map((name) => prefix + name));

/** MetalLB `controller/service.go`. */
export const METALLB_KEYS: AnnotationKeys = {
  prefixes: PREFIXES,
  known: KNOWN,
  reads: (key) => KNOWN.includes(key),
};

export function hasMetallbAnnotation({ annotations }: Service): boolean {
  return Object.keys(annotations).some((key) => PREFIXES.some((prefix) => key.startsWith(prefix)));
}

/** The value of an annotation with the place it is written at, under its present key or else the older one. */
export function annotationOf(
  { annotations, ref }: Service,
  name: AnnotationName,
): { readonly value: Knowable<string>; readonly at: Place } | undefined {
  const key = PREFIXES.map((prefix) => prefix + name).find((one) => Object.hasOwn(annotations, one));
  const value = key === undefined ? undefined : annotations[key];
  return key === undefined || value === undefined
    ? undefined
    : { value, at: { resource: ref, path: `metadata.annotations["${key}"]` } };
}

/** The same, where it is known. */
export function knownAnnotation(service: Service, name: AnnotationName): string | undefined {
  const found = annotationOf(service, name);
  return found && !isUnknown(found.value) ? found.value : undefined;
}
