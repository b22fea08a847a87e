import { clusterFromShape } from "@evenkeel/adapters";
import type { Cluster } from "@evenkeel/core/model";
import { Failure } from "../failure";
import type { IO } from "../io";
import { inputFiles } from "./files";
import { objectsOf, saysOfTraffic, type PlacedObject } from "./objects";
import { parseText } from "./parse";
import { readSource } from "./source";

/** What `--cluster` names: either objects as kubectl prints them, or the short form. */
export interface ClusterFile {
  readonly cluster?: Cluster;
  readonly objects: readonly PlacedObject[];
}

/** @throws Failure where the file cannot be read, or its short form has mistakes */
export async function readCluster(path: string | undefined, io: IO): Promise<ClusterFile> {
  const [file] = path === undefined ? [] : await inputFiles([path]);
  if (!file) return { objects: [] };
  const source = await readSource(file, io.stdin);
  const parsed = typeof source === "string" ? parseText(source, file.name) : source;
  const objects = objectsOf(parsed, file.name);
  if (objects.length > 0) return { objects: objects.filter(saysOfTraffic) };
  const shape = clusterFromShape(parsed.documents[0]?.value);
  if (shape.problems.length > 0)
    throw new Failure(shape.problems.map((problem) => `${file.name}: ${problem}`).join("\n"));
  return { cluster: shape.cluster, objects: [] };
}
