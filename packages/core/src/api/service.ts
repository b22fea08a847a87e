import { amended } from "./service/absent";
import { allocate } from "./allocation/allocation";
import { toBeAllocated } from "./allocation/allocated";
import {
  answer,
  judged,
  readingErrors,
  readingWarnings,
  type RequestOptions,
  type ServiceAnswer,
} from "./answer/answer";
import { failed, inStages, type Check } from "./answer/check";
import type { DecodeReport } from "./decode/decode";
import { withDefaults } from "./service/defaults";
import { metadataOnCreate, prefixOnCreate } from "./metadata/metadata";
import { isOn, releaseOf, type ApiTraits } from "../releases";
import { forEachRelease } from "./answer/release-watch";
import type { ServiceObject } from "./service/service-object";
import { decodeService } from "./decode/service-schema";
import { specChecks } from "./validation/spec-checks";
import { asRead } from "./service/stored";
import { warningsFor } from "./validation/warnings";

/**
 * A Service as the API server would store it, from a Service as written: JSON of any kind, with `Unknown` in place of any value.
 * Works on what it can read: fields of a wrong type are left out here and reported by `validateService`. Throws only for a version that is not modelled.
 *
 * Values that the server chooses (node ports, health-check node port, cluster addresses) are `ToBeAllocated`. A Service that was
 * read from a cluster comes back as it is.
 */
export function defaultService(written: unknown, options: RequestOptions = {}): ServiceObject {
  const { api } = releaseOf(options.kubernetesVersion);
  const { service } = remembered(written, requested(written));
  return asRead(prepared(allocate(service, options, api).service, api), options);
}

/**
 * What the API server answers to the creation of a Service: reading, defaults, allocation, validation, in its order and ending
 * where it ends. Throws only for a version that is not modelled.
 */
export function validateService(written: unknown, options: RequestOptions = {}): ServiceAnswer {
  const release = releaseOf(options.kubernetesVersion);
  const { service, report } = requested(written);
  const { stored, found } = created({ service: named(service), report }, options, release.api);
  const told = (options.fieldValidation ?? "Warn") === "Warn" ? readingWarnings(report) : [];
  return answer(
    asRead(stored, options),
    found,
    failed(found) ? told : [...told, ...warningsFor(stored, release.api)],
    release,
  );
}

/** What servers of one version say to the creation of a Service. */
export interface ServiceVerdict extends Pick<ServiceAnswer, "errors" | "undecided"> {
  /** Minor version: `1.36`. */
  readonly version: string;
}

/**
 * What servers of several versions refuse, in the order of the versions: the errors of `validateService` without what would be
 * stored and warned of. An object that `defaultService` has read is not read again, so it must not have changed since.
 * Throws only for a version that is not modelled.
 */
export function judgeService(
  written: unknown,
  versions: readonly string[],
  options: Omit<RequestOptions, "kubernetesVersion"> = {},
): readonly ServiceVerdict[] {
  const { service, report } = (isObject(written) && READ.get(written)) || requested(written);
  const request = { service: named(service), report };
  return forEachRelease(versions.map(releaseOf), (api) =>
    judged(created(request, options, api).found, api),
  ).map(({ release: { version }, answer: { errors, undecided } }) => ({ version, errors, undecided }));
}

/** A Service on its way into the server, read and defaulted, which is the same in all versions. */
interface Requested {
  readonly service: ServiceObject;
  readonly report: DecodeReport;
}

function requested(written: unknown): Requested {
  const { object, report } = decodeService(written);
  return { service: withDefaults(object), report };
}

/** By the object that was read. Whoever reads a Service asks next whether it is accepted. */
const READ = new WeakMap<object, Requested>();

function remembered(written: unknown, request: Requested): Requested {
  if (isObject(written)) READ.set(written, request);
  return request;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** What would be stored, and everything found on the way. */
function created(
  { service: defaulted, report }: Requested,
  options: RequestOptions,
  release: ApiTraits,
): { readonly stored: ServiceObject; readonly found: readonly Check[] } {
  const { service, checks } = allocate(defaulted, options, release);
  const stored = prepared({ ...service, status: {} }, release);
  const found = inStages(
    () => readingErrors(report, options.fieldValidation === "Strict"),
    () => checks,
    () => [...metadataOnCreate(stored.metadata, release), ...specChecks(stored, undefined, release)],
    () => prefixOnCreate(stored.metadata),
  );
  return { stored, found };
}

/** A name is made from the prefix, with five characters after it, unless there is one. */
function named(service: ServiceObject): ServiceObject {
  const { name, generateName } = service.metadata;
  if (name !== undefined || generateName === undefined) return service;
  return {
    ...service,
    metadata: amended(service.metadata, { name: toBeAllocated("metadata.name", service) }),
  };
}

/** Fields whose gate is off in this release (k/k pkg/registry/core/service/strategy.go dropServiceDisabledFields). */
export function prepared(service: ServiceObject, release: ApiTraits, stored?: ServiceObject): ServiceObject {
  if (service.spec.trafficDistribution === undefined) return service;
  const inUse = stored?.spec.trafficDistribution !== undefined;
  if (inUse || isOn(release.trafficGates, "ServiceTrafficDistribution")) return service;
  return { ...service, spec: amended(service.spec, { trafficDistribution: undefined }) };
}
