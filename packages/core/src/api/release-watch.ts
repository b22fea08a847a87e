import type { Release } from "./release";

type Trait = keyof Release;

/**
 * Works out an answer for each of several releases. A release is asked again only if an earlier one was asked for something in which
 * the two differ: all else that the answer rests on is the same.
 */
export function forEachRelease<T>(
  releases: readonly Release[],
  answer: (release: Release) => T,
): readonly { readonly release: Release; readonly answer: T }[] {
  const given: { readonly release: Release; readonly answer: T; readonly asked: readonly Trait[] }[] = [];
  return releases.map((release) => {
    const same = given.find((one) => one.asked.every((trait) => isSame(one.release[trait], release[trait])));
    if (same) return { release, answer: same.answer };
    const watch = watchOf(release);
    watch.asked.clear();
    const own = { release, answer: answer(watch.release), asked: [...watch.asked] };
    given.push(own);
    return own;
  });
}

/** A release that notes what it is asked for. */
interface Watch {
  readonly release: Release;
  readonly asked: Set<Trait>;
}

const WATCHES = new Map<string, Watch>();

function watchOf(release: Release): Watch {
  const known = WATCHES.get(release.version);
  if (known) return known;
  const asked = new Set<Trait>();
  // A release has no keys but its traits.
  const traits = Object.keys(release) as Trait[];
  const noting = traits.map((trait) => {
    const get = (): Release[Trait] => {
      asked.add(trait);
      return release[trait];
    };
    return [trait, { enumerable: true, get }] as const;
  });
  const watch = { release: Object.defineProperties({}, Object.fromEntries(noting)) as Release, asked };
  WATCHES.set(release.version, watch);
  return watch;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}
