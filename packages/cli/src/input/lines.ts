import type { Finding, SourcePlace } from "@evenkeel/core/model";
import { STDIN } from "./files";
import { Positions } from "./positions";
import { isSmallFile, textOfFile } from "./source";

/** Places of objects by `placeKey`: an object of one name may stand in several files, one for each overlay. */
export type Places = ReadonlyMap<string, SourcePlace>;

interface Named {
  readonly kind: string;
  readonly namespace?: string | null;
  readonly name: string;
}

/** `Service/default/web`; an object that names no namespace is in `default`, as findings have it. */
export function objectKey({ kind, namespace, name }: Named): string {
  return `${kind}/${namespace ?? "default"}/${name}`;
}

export function placeKey(file: string, named: Named): string {
  return `${file}\n${objectKey(named)}`;
}

/**
 * Adds lines to findings that say their file and no line. Files are read again, with positions, only where a finding points into them; standard
 * input is gone by then and gets no lines.
 */
export function withLines(findings: readonly Finding[], places: Places): readonly Finding[] {
  const positions = new Map<string, Positions>();
  const located: Finding[] = [];
  for (const finding of findings) {
    const { file, line: told } = finding;
    const place = file === undefined ? undefined : places.get(placeKey(file, finding.resource));
    if (!place || place.file === STDIN || told !== undefined) {
      located.push(finding);
      continue;
    }
    const known = positions.get(place.file) ?? positionsOf(place.file);
    positions.set(place.file, known);
    const line = known.lineOf(place.document, finding.path, place.item);
    located.push(line === undefined ? finding : { ...finding, line });
  }
  return located;
}

/** A file that was a pipe is gone like standard input: nothing in it has a line. Nor is a very large one read for lines. */
function positionsOf(file: string): Positions {
  try {
    if (!isSmallFile(file)) return new Positions("");
    return new Positions(textOfFile(file));
  } catch {
    return new Positions("");
  }
}
