import { judged, readingErrors, refusalOf, type Refusal } from "../answer/answer";
import { toBeAllocated } from "../allocation/allocated";
import { inStages, type Check, type Undecided } from "../answer/check";
import type { DecodeReport } from "../decode/decode";
import type { ApiError } from "../answer/field-error";
import { namedOnCreate, prefixOnCreate } from "../metadata/metadata";
import { wrongWithLabel, wrongWithSubdomain } from "../metadata/names";
import { isCompared, releaseOf, type ApiTraits } from "../../releases";
import { forEachRelease } from "../answer/release-watch";
import { SPEC_CHECKS } from "./workload-checks";
import type { WorkloadObject } from "./workload-object";
import { decodeWorkload, WORKLOAD_KINDS, type WorkloadKind } from "./workload-schema";

/** What the API server makes of a workload. */
export interface WorkloadAnswer {
  /** Minor version that answers: `1.36`. */
  readonly version: string;
  /** Whether this version's own code was compared with this model; otherwise the answer rests on its sources. */
  readonly proved: boolean;
  /** Every error of the refusal, each once. None: accepted in what is read here, unless something is undecided. */
  readonly errors: readonly ApiError[];
  readonly refusal?: Refusal;
  /** Checks that wait for a value, one for each unknown. */
  readonly undecided: readonly Undecided[];
}

export interface WorkloadRequest {
  /** `1.36`, `1.36.3`. Absent: the newest supported version. */
  readonly kubernetesVersion?: string;
}

/** The kind of an object of `apps/v1` that keeps pods; undefined for everything else. */
export function workloadKindOf(written: unknown): WorkloadKind | undefined {
  if (typeof written !== "object" || written === null) return undefined;
  const { apiVersion, kind } = written as Readonly<Record<string, unknown>>;
  return apiVersion === "apps/v1" ? WORKLOAD_KINDS.find((known) => known === kind) : undefined;
}

/**
 * What the API server answers to the creation of a Deployment, StatefulSet, DaemonSet or ReplicaSet of `apps/v1`: of its metadata,
 * its numbers, selector and strategy, and of everything in its pod template that decides where pods run, how much they ask for and
 * how they stop. Volumes, environment, probes, security contexts and other fields that nothing here reads are assumed to be valid. Any
 * value may be `Unknown`. Undefined for an object of another kind. Throws only for a version that is not modelled.
 */
export function validateWorkload(
  written: unknown,
  { kubernetesVersion }: WorkloadRequest = {},
): WorkloadAnswer | undefined {
  const kind = workloadKindOf(written);
  if (kind === undefined) return undefined;
  const release = releaseOf(kubernetesVersion);
  const request = requested(kind, written);
  const { errors, undecided } = judged(created(request, release.api), release.api);
  const refusal = refusalOf(errors, request.workload, `${kind}.apps`);
  return {
    version: release.version,
    proved: isCompared(release),
    errors,
    ...(refusal && { refusal }),
    undecided,
  };
}

/** What servers of one version say to the creation of a workload. */
export type WorkloadVerdict = Pick<WorkloadAnswer, "version" | "errors" | "undecided">;

/** What servers of several versions refuse, in the order of the versions; none for an object of another kind. */
export function judgeWorkload(written: unknown, versions: readonly string[]): readonly WorkloadVerdict[] {
  const kind = workloadKindOf(written);
  if (kind === undefined) return [];
  const request = requested(kind, written);
  return forEachRelease(versions.map(releaseOf), (api) => judged(created(request, api), api)).map(
    ({ release: { version }, answer: { errors, undecided } }) => ({ version, errors, undecided }),
  );
}

/** A workload on its way into the server. */
interface Requested {
  readonly kind: WorkloadKind;
  readonly workload: WorkloadObject;
  readonly report: DecodeReport;
}

function requested(kind: WorkloadKind, written: unknown): Requested {
  const { object, report } = decodeWorkload(kind, written);
  return { kind, workload: named(object, kind), report };
}

function created({ kind, workload, report }: Requested, release: ApiTraits): readonly Check[] {
  const { metadata = {}, spec = {} } = workload;
  return inStages(
    () => readingErrors(ofKnownFields(report, release), false, kind),
    () => [
      ...namedOnCreate(metadata, kind === "StatefulSet" ? wrongWithLabel : wrongWithSubdomain, release),
      ...SPEC_CHECKS[kind](spec, release),
    ],
    () => prefixOnCreate(metadata),
  );
}

const POD_RESOURCES = /^spec\.template\.spec\.resources(\.|$)/;

/** What an older server does not know as a field, it does not read either. */
function ofKnownFields(report: DecodeReport, release: ApiTraits): DecodeReport {
  const isLater = ({ path }: DecodeReport["typeErrors"][number]): boolean => POD_RESOURCES.test(path);
  if (!report.typeErrors.some(isLater) || release.knowsPodLevelResources) return report;
  return { ...report, typeErrors: report.typeErrors.filter((error) => !isLater(error)) };
}

/** A name is made from the prefix, with five characters after it, unless there is one. */
function named(workload: WorkloadObject, kind: WorkloadKind): WorkloadObject {
  const { metadata = {} } = workload;
  const { name, generateName } = metadata;
  if (name !== undefined || generateName === undefined) return workload;
  return {
    ...workload,
    metadata: { ...metadata, name: toBeAllocated("metadata.name", { metadata }, kind) },
  };
}
