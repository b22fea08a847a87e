import { documentResources, problemText, readPulumi } from "@evenkeel/adapters";
import {
  DATAPLANES,
  releaseAssumptionText,
  type Cluster,
  type Exposure,
  type Inventory,
  type ObjectRef,
  type SourcePlace,
} from "@evenkeel/core/model";
import { Failure } from "../failure";
import { note, type IO } from "../io";
import type { ReadingOptions } from "../options";
import { readCluster } from "./cluster";
import { collect } from "./collect";
import { inputFiles } from "./files";
import { objectKey, placeKey, type Places } from "./lines";
import { refOf, type PlacedObject } from "./objects";

/** Everything that was read, ready for rules and questions. */
export interface Loaded {
  readonly exposures: readonly Exposure[];
  readonly inventory: Inventory;
  readonly places: Places;
  /** What could not be used, each in one line. */
  readonly notes: readonly string[];
  /** Files of folders that could not be read, each in one line. */
  readonly unread: readonly string[];
}

/**
 * Reads paths (and what `--with` and `--cluster` add) and joins it all.
 * @throws Failure for what is not there or cannot be read
 */
export async function load(paths: readonly string[], options: ReadingOptions, io: IO): Promise<Loaded> {
  const files = await inputFiles(paths);
  const own = await collect(files, io);
  if (!own.found) note(io, nothingFound(paths, files.length));
  const isOwn = (real: string): boolean => files.some((file) => file.real === real);
  const joined = await collect(
    (await inputFiles(options.with ?? [])).filter(({ real }) => !isOwn(real)),
    io,
  );
  const { cluster, objects: clusterObjects } = await readCluster(options.cluster, io);
  const serverVersion = own.serverVersion ?? joined.serverVersion;
  const { exposures, workloads, unjoined, resources, objects, problems, version } = readPulumi(
    own.states.flatMap((state) => documentResources(state)),
    {
      ...(cluster ? { cluster } : {}),
      ...(options.kubernetesVersion ? { kubernetesVersion: options.kubernetesVersion } : {}),
      ...(serverVersion === undefined ? {} : { serverVersion }),
      ...dataplane(options.dataplane),
      joinWith: joined.states.flatMap((state) => documentResources(state)),
      haproxy: [...own.haproxy, ...joined.haproxy],
      objects: [...own.objects, ...besides(own.objects, [...joined.objects, ...clusterObjects])],
    },
  );
  if (version?.assumption) note(io, `note: ${releaseAssumptionText(version.assumption)}`);
  // What was only brought in to join with is not itself the subject.
  const names = new Set(files.map(({ name }) => name));
  const isOwnFile = ({ source }: ObjectRef): boolean => source !== undefined && names.has(source.file);
  const isSubject = (ref: ObjectRef): boolean =>
    ref.urn !== undefined || ref.source === undefined || isOwnFile(ref);
  const subjects = exposures.filter(
    ({ service: { ref }, fronts }) => isSubject(ref) || fronts.some(({ resource }) => isOwnFile(resource)),
  );
  const bindings = resources.targetGroupBinding?.filter(({ ref }) => isSubject(ref));
  return {
    exposures: subjects,
    inventory: {
      exposures: subjects,
      workloads: workloads.filter(({ workload: { ref } }) => isSubject(ref)),
      unjoined: unjoined.filter(({ ref }) => isSubject(ref)),
      resources: { ...resources, ...(bindings ? { targetGroupBinding: bindings } : {}) },
      objects,
      texts: own.texts,
    },
    places: placesOf(own.objects),
    notes: problems.map(problemText),
    unread: [...own.unread, ...joined.unread],
  };
}

/**
 * Said last, when everything else has been reported.
 * @throws Failure with a line for each object that was `refused`, and for each file of a folder that could not be read
 */
export function refuseUnread({ unread }: Loaded, refused: readonly string[] = []): void {
  const lines = [...refused, ...unread];
  if (lines.length > 0) throw new Failure(lines.join("\n"));
}

function nothingFound(paths: readonly string[], files: number): string {
  const read = `${files} ${files === 1 ? "file" : "files"} read`;
  return `note: nothing to look at in ${paths.join(", ")}: ${read}, no Kubernetes object, no Pulumi state or preview and no configuration of HAProxy among them`;
}

/** The others without those that stand among our own: what is to be counts for more than what is. */
function besides(own: readonly PlacedObject[], others: readonly PlacedObject[]): readonly PlacedObject[] {
  const keys = new Set(own.map(keyOf));
  return others.filter((one) => !keys.has(keyOf(one)));
}

function keyOf({ object, source }: PlacedObject): string {
  return objectKey(refOf(object, source));
}

function placesOf(objects: readonly PlacedObject[]): Places {
  return new Map<string, SourcePlace>(
    objects.map(({ object, source }) => [placeKey(source.file, refOf(object, source)), source]),
  );
}

function dataplane(name: string | undefined): { dataplane?: Cluster["dataplane"] } {
  const known = DATAPLANES.find((one) => one === name);
  return known ? { dataplane: known } : {};
}
