import { withoutAbsent } from "./absent";
import { allocate } from "./allocation";
import { toBeAllocated } from "./allocated";
import { answer, readingErrors, readingWarnings, type RequestOptions, type ServiceAnswer } from "./answer";
import { failed, inStages } from "./check";
import { withDefaults } from "./defaults";
import { metadataOnCreate, prefixOnCreate } from "./metadata";
import { releaseOf, type Release } from "./release";
import type { ServiceObject } from "./service-object";
import { decodeService } from "./service-schema";
import { specChecks } from "./spec-checks";
import { asRead } from "./stored";
import { warningsFor } from "./warnings";

/**
 * A Service as the API server would store it, from a Service as written: JSON of any kind, with `Unknown` in place of any value.
 * Works on what it can read: fields of a wrong type are left out here and told by `validateService`. Never throws.
 *
 * Values that the server chooses (node ports, health-check node port, cluster addresses) are `ToBeAllocated`. A Service that was
 * read from a cluster comes back as it is.
 */
export function defaultService(written: unknown, options: RequestOptions = {}): ServiceObject {
  const release = releaseOf(options.kubernetesVersion);
  const { object } = decodeService(written);
  return asRead(prepared(allocate(withDefaults(object), options, release).service, release), options);
}

/**
 * What the API server answers to the creation of a Service: reading, defaults, allocation, validation, in its order and ending
 * where it ends. Never throws.
 */
export function validateService(written: unknown, options: RequestOptions = {}): ServiceAnswer {
  const release = releaseOf(options.kubernetesVersion);
  const { fieldValidation = "Warn" } = options;
  const { object, report } = decodeService(written);
  const { service, checks } = allocate(withDefaults(named(object)), options, release);
  const stored = prepared({ ...service, status: {} }, release);
  const told = fieldValidation === "Warn" ? readingWarnings(report) : [];
  const found = inStages(
    () => readingErrors(report, fieldValidation === "Strict"),
    () => checks,
    () => [...metadataOnCreate(stored.metadata, release), ...specChecks(stored, undefined, release)],
    () => prefixOnCreate(stored.metadata),
  );
  return answer(
    asRead(stored, options),
    found,
    failed(found) ? told : [...told, ...warningsFor(stored, release)],
    release,
  );
}

/** A name is made from the prefix, with five characters after it, unless there is one. */
function named(service: ServiceObject): ServiceObject {
  const { name, generateName } = service.metadata;
  if (name !== undefined || generateName === undefined) return service;
  return { ...service, metadata: { ...service.metadata, name: toBeAllocated("metadata.name", service) } };
}

/** Fields whose gate is off in this release (k/k pkg/registry/core/service/strategy.go dropServiceDisabledFields). */
export function prepared(service: ServiceObject, release: Release, stored?: ServiceObject): ServiceObject {
  const inUse = stored?.spec.trafficDistribution !== undefined;
  if (!release.dropsTrafficDistribution || inUse) return service;
  return { ...service, spec: withoutAbsent({ ...service.spec, trafficDistribution: undefined }) };
}
