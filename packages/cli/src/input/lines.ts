import type { Finding, SourcePlace } from "@evenkeel/core/model";
import { readFile } from "node:fs/promises";
import { STDIN } from "./files";
import { Positions } from "./positions";

/** Places of objects by `Kind/namespace/name`, as the findings name them. */
export type Places = ReadonlyMap<string, SourcePlace>;

export function placeKey({
  kind,
  namespace,
  name,
}: {
  kind: string;
  namespace?: string | null;
  name: string;
}): string {
  return `${kind}/${namespace ?? ""}/${name}`;
}

/**
 * Adds file and line to findings. Files are read again, with positions, only where a finding points into them; standard input is
 * gone by then and gets no lines.
 */
export async function withLines(findings: readonly Finding[], places: Places): Promise<readonly Finding[]> {
  const positions = new Map<string, Positions>();
  const located: Finding[] = [];
  for (const finding of findings) {
    const place = places.get(placeKey(finding.resource));
    if (!place || place.file === STDIN) {
      located.push(place ? { ...finding, file: place.file } : finding);
      continue;
    }
    const known = positions.get(place.file) ?? new Positions(await readFile(place.file, "utf8"));
    positions.set(place.file, known);
    const line = known.lineOf(place.document, finding.path, place.item);
    located.push({ ...finding, file: place.file, ...(line === undefined ? {} : { line }) });
  }
  return located;
}
