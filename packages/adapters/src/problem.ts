import { displayName, type ObjectRef } from "@evenkeel/core/model";
import type { Notes } from "./reading/field";

/** Something in the input that could not be used. Reading goes on without it. */
export interface Problem {
  readonly resource: ObjectRef;
  /** `spec.ports[0].port`; empty for the object itself. */
  readonly path: string;
  /** Kind of what stands there (`a list`), never the value, which may be a secret. */
  readonly seen: string;
  readonly wanted: string;
}

/** `prod/web.yaml: Service shop/web spec.ports: a map; wanted a list`; without a file where it was read from none. */
export function problemText({ resource, path, seen, wanted }: Problem): string {
  const file = resource.source ? `${resource.source.file}: ` : "";
  return `${file}${displayName(resource)}${path === "" ? "" : ` ${path}`}: ${seen}; wanted ${wanted}`;
}

/** The notes of one object as problems, each place once. */
export function problemsOf(resource: ObjectRef, { misread }: Notes): readonly Problem[] {
  const seen = new Set<string>();
  return misread.flatMap((note) => {
    if (seen.has(note.path)) return [];
    seen.add(note.path);
    return [{ resource, ...note }];
  });
}
