import { clusterFromShape, documentResources, problemText, readPulumi } from "@evenkeel/adapters";
import { DATAPLANES, type Cluster, type Exposure, type SourcePlace } from "@evenkeel/core/model";
import type { Material, SourceText } from "@evenkeel/rules";
import { Failure } from "../failure";
import type { IO } from "../io";
import type { ReadingOptions } from "../options";
import { progress } from "../progress";
import { filesOf, readInputs, STDIN } from "./files";
import { placeKey, type Places } from "./lines";
import { objectsOf, pulumiDocument, refOf, textsOf, type PlacedObject } from "./objects";
import { parseText } from "./parse";

/** Everything that was read, ready for rules and questions. */
export interface Loaded {
  readonly exposures: readonly Exposure[];
  readonly material: Material;
  readonly places: Places;
  /** What could not be used, each in one line. */
  readonly notes: readonly string[];
}

interface Collected {
  readonly objects: PlacedObject[];
  readonly texts: SourceText[];
  readonly states: Readonly<Record<string, unknown>>[];
}

/**
 * Reads paths (and what `--with` and `--cluster` add) and joins it all.
 * @throws Failure for what is not there or cannot be read
 */
export async function load(paths: readonly string[], options: ReadingOptions, io: IO): Promise<Loaded> {
  const own = await collect(paths, io);
  const joined = await collect(options.with ?? [], io);
  const { cluster, objects: clusterObjects } = await clusterOf(options);
  const places = new Map<string, SourcePlace>();
  for (const { object, source } of own.objects) places.set(placeKey(refOf(object, source)), source);
  const settings = {
    ...(cluster ? { cluster } : {}),
    ...(options.kubernetesVersion ? { kubernetesVersion: options.kubernetesVersion } : {}),
    ...dataplane(options.dataplane),
  };
  const { exposures, unjoined, resources, problems } = readPulumi(
    own.states.flatMap((state) => documentResources(state)),
    {
      ...settings,
      joinWith: joined.states.flatMap((state) => documentResources(state)),
      objects: [...own.objects, ...joined.objects, ...clusterObjects],
    },
  );
  // What was only brought in to join with is not itself the subject.
  const foreign = new Set(joined.objects.map(({ object, source }) => placeKey(refOf(object, source))));
  const subjects = exposures.filter(
    ({ service: { ref } }) => ref.urn !== undefined || !foreign.has(placeKey(ref)),
  );
  return {
    exposures: subjects,
    material: { exposures: subjects, unjoined, resources, texts: own.texts },
    places,
    notes: problems.map(problemText),
  };
}

async function collect(paths: readonly string[], io: IO): Promise<Collected> {
  const all: Collected = { objects: [], texts: [], states: [] };
  const files = (await Promise.all(paths.map((path) => (path === STDIN ? [STDIN] : filesOf(path))))).flat();
  const bar = progress(io, files.length, "reading");
  try {
    for await (const { name, text } of readInputs(files, io.stdin)) {
      const parsed = parseText(text, name);
      const state = pulumiDocument(parsed);
      if (state) all.states.push(state);
      else {
        all.objects.push(...objectsOf(parsed, name));
        all.texts.push(...textsOf(parsed, name));
      }
      bar.step();
    }
  } finally {
    bar.stop();
  }
  return all;
}

/** `--cluster`: either objects as kubectl prints them, or the short form. */
async function clusterOf({
  cluster: file,
}: ReadingOptions): Promise<{ cluster?: Cluster; objects: readonly PlacedObject[] }> {
  if (file === undefined) return { objects: [] };
  for await (const { name, text } of readInputs([file], process.stdin)) {
    const parsed = parseText(text, name);
    const objects = objectsOf(parsed, name);
    if (objects.length > 0) return { objects };
    const shape = clusterFromShape(parsed.documents[0]?.value);
    if (shape.problems.length > 0)
      throw new Failure(shape.problems.map((problem) => `${name}: ${problem}`).join("\n"));
    return { cluster: shape.cluster, objects: [] };
  }
  return { objects: [] };
}

function dataplane(name: string | undefined): { dataplane?: Cluster["dataplane"] } {
  const known = DATAPLANES.find((one) => one === name);
  return known ? { dataplane: known } : {};
}
