import type { Endpoint, ObjectRef } from "@evenkeel/core/model";
import { dig, elements, flag, isAbsent, member, oneOf, text, texts, type Field } from "../reading/field";
import { present } from "../reading/present";
import type { OpenObject } from "./object";

const ADDRESS_TYPES = ["IPv4", "IPv6", "FQDN"] as const;

/** One EndpointSlice: the same endpoints for each of its ports. */
export interface ReadSlice {
  readonly ref: ObjectRef;
  readonly namespace: string;
  /** Label `kubernetes.io/service-name`. */
  readonly service: string;
  readonly addressType: (typeof ADDRESS_TYPES)[number];
  /** Names of the Service ports that it serves; the only port of a Service has none. */
  readonly ports: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

/** Undefined for a slice of no Service. */
export function readEndpointSlice({ ref, field }: OpenObject): ReadSlice | undefined {
  const service = text(dig(field, "metadata", "labels", "kubernetes.io/service-name"));
  const addressType = oneOf(member(field, "addressType"), ADDRESS_TYPES);
  if (service === undefined || addressType === undefined) return undefined;
  return {
    ref,
    namespace: ref.namespace ?? "",
    service,
    addressType,
    ports: elements(member(field, "ports")).map((port) => text(member(port, "name")) ?? ""),
    endpoints: elements(member(field, "endpoints")).map(readEndpoint),
  };
}

function readEndpoint(field: Field): Endpoint {
  const conditions = member(field, "conditions");
  const target = member(field, "targetRef");
  return present({
    addresses: texts(member(field, "addresses")),
    nodeName: text(member(field, "nodeName")),
    zone: text(member(field, "zone")),
    ready: flag(member(conditions, "ready")),
    serving: flag(member(conditions, "serving")),
    terminating: flag(member(conditions, "terminating")),
    hints: readHints(member(field, "hints")),
    pod: member(target, "kind").value === "Pod" ? text(member(target, "name")) : undefined,
  });
}

function readHints(field: Field): Endpoint["hints"] {
  const names = (key: string) => {
    const list = member(field, key);
    return isAbsent(list) ? undefined : elements(list).flatMap((entry) => text(member(entry, "name")) ?? []);
  };
  const hints = present({ forZones: names("forZones"), forNodes: names("forNodes") });
  return Object.keys(hints).length > 0 ? hints : undefined;
}
