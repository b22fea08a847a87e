import { withoutAbsent } from "./absent";
import { withAllocations, type ApiServer } from "./allocation";
import { withDefaults } from "./defaults";
import { isOneOf } from "./truth";
import { decodeService } from "./service-schema";
import type { ServiceObject } from "./service-object";

export interface DefaultingOptions extends ApiServer {
  /** `1.36`, `1.36.3`. Defaulting is the same in all supported versions; validation is not. */
  readonly kubernetesVersion?: string;
}

/**
 * A Service as the API server would store it, from a Service as written: JSON of any kind, with `Unknown` in place of any value.
 * Works on what it can read: fields of a wrong type are left out here and told by `validateService`. Never throws.
 *
 * Values that the server chooses (node ports, health-check node port, cluster addresses) are `ToBeAllocated`. A Service that was
 * read from a cluster comes back as it is.
 */
export function defaultService(written: unknown, options: DefaultingOptions = {}): ServiceObject {
  return asRead(withAllocations(withDefaults(decodeService(written).object), options));
}

/** k/k pkg/registry/core/service/storage/storage.go defaultOnReadInternalTrafficPolicy */
function asRead(service: ServiceObject): ServiceObject {
  if (isOneOf(service.spec.type, "ExternalName") !== true) return service;
  return { ...service, spec: withoutAbsent({ ...service.spec, internalTrafficPolicy: undefined }) };
}
