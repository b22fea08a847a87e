import type { ObjectRef } from "@evenkeel/core/model";

/**
 * How near two objects stand in the files: not at all, below a common folder (the deeper the nearer), in the same folder, in the same
 * file. Objects of other sources have no place, and are as near to one as to any other.
 */
export function nearness({ source: a }: ObjectRef, { source: b }: ObjectRef): number {
  if (!a || !b) return 0;
  if (a.file === b.file) return Number.POSITIVE_INFINITY;
  const [left, right] = [foldersOf(a.file), foldersOf(b.file)];
  const parting = left.findIndex((folder, index) => folder !== right[index]);
  const common = parting === -1 ? left.length : parting;
  const isSame = common === left.length && common === right.length;
  return 2 * common + (isSame ? 1 : 0);
}

function foldersOf(file: string): readonly string[] {
  return file.split(/[\\/]/).slice(0, -1);
}

/**
 * Overlays of one application (`dev/`, `prod/`) have objects of the same names. Of `all`, those that may belong to `own`: what stands
 * nearer to a rival, which is another object of its name, is the rival's; and of several with one name, the nearest counts.
 */
export function inOverlay<T>(
  all: readonly T[],
  refOf: (one: T) => ObjectRef,
  own: ObjectRef,
  rivals: readonly ObjectRef[],
): readonly T[] {
  const free = all.filter((one) =>
    rivals.every((rival) => nearness(refOf(one), rival) <= nearness(refOf(one), own)),
  );
  if (free.length < 2) return free;
  const nearest = new Map<string, number>();
  for (const one of free) {
    const key = nameKey(refOf(one));
    nearest.set(key, Math.max(nearest.get(key) ?? 0, nearness(refOf(one), own)));
  }
  return free.filter((one) => {
    const ref = refOf(one);
    return ref.source === undefined || nearness(ref, own) === nearest.get(nameKey(ref));
  });
}

/** Objects of the same kind, namespace and name in other files, by object. */
export function rivalsAmong(refs: readonly ObjectRef[]): (own: ObjectRef) => readonly ObjectRef[] {
  const byName = new Map<string, ObjectRef[]>();
  for (const ref of refs) {
    if (!ref.source) continue;
    const twins = byName.get(nameKey(ref));
    if (twins) twins.push(ref);
    else byName.set(nameKey(ref), [ref]);
  }
  return (own) =>
    own.source === undefined
      ? []
      : (byName.get(nameKey(own)) ?? []).filter(({ source }) => source?.file !== own.source?.file);
}

/** The name that people and references use, whatever the source. */
export function nameKey({ kind, namespace, name }: ObjectRef): string {
  return `${kind}/${namespace ?? ""}/${name}`;
}
